import fc from 'fast-check';
import { contiguousRuns, hoursBetween } from '../../domain/hours';
import { expectExactUsage } from '../../testing/expect-exact-usage';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { noise, randomMeter } from '../../testing/random-usage';
import type { SampleSeries } from '../../testing/sample-set';
import { addSamples, startVictoriaMetrics } from '../../testing/victoria-metrics-server';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const METERS = Number(process.env.CHARGEBACK_TEST_RUNS ?? 10);
const START = Date.parse('2026-02-27T00:00:00Z');
const LOOKBACK_HOURS = 6;

const meters = fc.sample(randomMeter(START), { numRuns: METERS, seed: SEED }).map((make, index) => make(`l${index}`));
const random = noise(SEED);

/** Divides samples into those that are there at once and those that come late: single ones, whole stretches, whole series. */
function divide(series: SampleSeries[]): { early: SampleSeries[]; late: SampleSeries[] } {
  const parts = series.map(({ labels, samples }) => {
    const all = random() < 0.15;
    let isLate = all;
    const late = samples.map(() => all || (isLate = random() < 0.05 ? !isLate : isLate));
    return {
      early: { labels, samples: samples.filter((_sample, index) => !late[index]) },
      late: { labels, samples: samples.filter((_sample, index) => late[index]) },
    };
  });
  return { early: parts.map(({ early }) => early), late: parts.map(({ late }) => late) };
}

const divided = meters.map(({ series, up, processStart }) => divide([...series, ...up, ...processStart]));
let victoria: LocalServer;
let ledger: TestLedger;

beforeAll(async () => {
  victoria = await startVictoriaMetrics(divided.flatMap(({ early }) => early));
  ledger = await createLedger({
    prometheusUrl: victoria.url,
    lookbackHours: LOOKBACK_HOURS,
    meters: meters.map(({ metric }) => ({
      slug: metric,
      unit: 'byte',
      counter: `${metric}{direction="produce"}`,
      dimensions: { topic: 'topic', principal: 'principal' },
      labels: ['operation'],
    })),
  });
  for (const { metric, collections } of meters) {
    for (const { from, to } of collections) {
      await ledger.collect(from, to, metric);
    }
  }
  await addSamples(
    victoria.url,
    divided.flatMap(({ late }) => late),
  );
});
afterAll(async () => {
  await ledger?.drop();
  await victoria?.stop();
});

test.each(meters.map((meter, index) => [`meter ${index} of seed ${SEED}`, meter] as const))(
  'collected again, late samples are as if they had been there: %s',
  async (_title, meter) => {
    // In small pieces and in any order: what was read before must not stay where it is wrong by now.
    const hours = meter.collections.flatMap(({ from, to }) => hoursBetween(from, to));
    const pieces = contiguousRuns(hours, 1 + Math.floor(random() * 5)).map((run) => ({ run, place: random() }));
    for (const { run } of pieces.sort((a, b) => a.place - b.place)) {
      await ledger.collect(run.from, run.to, meter.metric);
    }
    await expectExactUsage(ledger, meter, LOOKBACK_HOURS);
  },
);
