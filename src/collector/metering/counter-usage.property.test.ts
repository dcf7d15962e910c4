import fc from 'fast-check';
import type { Hour } from '../../domain/hours';
import { expectExactUsage } from '../../testing/expect-exact-usage';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { noise, randomMeter, type RandomMeter } from '../../testing/random-usage';
import { startPrometheus } from '../../testing/prometheus-server';
import { startVictoriaMetrics } from '../../testing/victoria-metrics-server';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const METERS = Number(process.env.CHARGEBACK_TEST_RUNS ?? 24);
const START = Date.parse('2026-02-27T00:00:00Z');
const LOOKBACKS = [1, 5, 24];

const meters = fc.sample(randomMeter(START), { numRuns: METERS, seed: SEED }).map((make, index) => make(`m${index}`));
const lookbackOf = (index: number) => LOOKBACKS[index % LOOKBACKS.length] ?? 24;

/** Makes the collections in their order; what was interrupted is made again at the end. */
async function collectAll(ledger: TestLedger, meter: RandomMeter, random: () => number): Promise<void> {
  let begun: Array<Promise<void>> = [];
  const again: Array<{ from: Hour; to: Hour }> = [];
  for (const { from, to, manner } of meter.collections) {
    if (manner !== 'together') {
      await Promise.all(begun);
      begun = [];
    }
    if (manner === 'interrupted') {
      again.push({ from, to });
      await ledger.collectInterrupted(random() * 80, from, to, meter.metric);
    } else {
      begun.push(ledger.collect(from, to, meter.metric));
    }
  }
  await Promise.all(begun);
  for (const { from, to } of again) {
    await ledger.collect(from, to, meter.metric);
  }
}

describe.each([
  ['Prometheus', startPrometheus],
  ['VictoriaMetrics', startVictoriaMetrics],
] as const)('%s', (_name, start) => {
  let server: LocalServer;
  const ledgers: TestLedger[] = [];

  beforeAll(async () => {
    // A series with another direction, which the meters' selectors leave out.
    const others = meters.map(({ series }) => ({
      ...series[0],
      labels: { ...series[0]?.labels, direction: 'consume' },
      samples: series[0]?.samples ?? [],
    }));
    server = await start([
      ...meters.flatMap(({ series, up, processStart }) => [...series, ...up, ...processStart]),
      ...others,
    ]);
    for (const [index, lookbackHours] of LOOKBACKS.entries()) {
      ledgers.push(
        await createLedger({
          prometheusUrl: server.url,
          lookbackHours,
          meters: meters
            .filter((_meter, number) => number % LOOKBACKS.length === index)
            .map(({ metric }) => ({
              slug: metric,
              unit: 'byte',
              counter: `${metric}{direction="produce"}`,
              dimensions: { topic: 'topic', principal: 'principal' },
              labels: ['operation'],
            })),
        }),
      );
    }
  });
  afterAll(async () => {
    await Promise.all(ledgers.map((ledger) => ledger.drop()));
    await server?.stop();
  });

  test.each(meters.map((meter, index) => [`meter ${index} of seed ${SEED}`, meter, index] as const))(
    'usage is what the samples say: %s',
    async (_title, meter, index) => {
      const ledger = ledgers[index % LOOKBACKS.length];
      if (!ledger) {
        throw new Error('no ledger');
      }
      await collectAll(ledger, meter, noise(SEED + index));
      await expectExactUsage(ledger, meter, lookbackOf(index));
    },
  );
});
