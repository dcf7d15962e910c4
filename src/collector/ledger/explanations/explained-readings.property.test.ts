import fc from 'fast-check';
import type { ExplainedReadings } from '../../../api/explanations';
import { Decimal, formatDecimal } from '../../../domain/decimal';
import { HOUR, hoursBetween, isoHour, type Hour } from '../../../domain/hours';
import { createLedger, type TestLedger } from '../../../testing/ledger';
import type { LocalServer } from '../../../testing/local-server';
import { startPrometheus } from '../../../testing/prometheus-server';
import { noise, randomMeter, type RandomMeter } from '../../../testing/random-usage';
import { owner, referenceCounter, valueOf } from '../../../testing/reference-metering';
import type { SampleSeries } from '../../../testing/sample-set';
import { inSnapshot } from '../../db/snapshot';
import { explainedMeters } from './explained-question';
import { readExplainedReadings } from './explained-readings';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const METERS = Number(process.env.CHARGEBACK_TEST_RUNS ?? 10);
const START = Date.parse('2026-02-27T00:00:00Z');
const LOOKBACK = 24;

const counters = fc.sample(randomMeter(START), { numRuns: METERS, seed: SEED }).map((make, index) => make(`m${index}`));
/** Series that share a resource, with values whose unit-seconds do not divide by 3600. */
const gauges = fc
  .sample(fc.record({ seed: fc.nat(), series: fc.integer({ min: 2, max: 7 }) }), { numRuns: 3, seed: SEED })
  .map(({ seed, series }, index) => {
    const next = noise(seed);
    return {
      metric: `g${index}`,
      series: Array.from({ length: series }, (_, pod): SampleSeries => ({
        labels: { __name__: `g${index}`, pod: `p${pod}`, topic: `t${pod % 2}` },
        samples: hoursBetween(START, START + 4 * HOUR)
          .flatMap((hour) =>
            [7, 14, 21].flatMap((second) =>
              next() < 0.3
                ? []
                : [[hour + second * 1000, (Math.floor(next() * 2000) / 1000 - 0.5).toFixed(3)] as const],
            ),
          )
          .map(([at, value]) => [at, value]),
      })),
    };
  });

let prometheus: LocalServer;
let ledger: TestLedger;
beforeAll(async () => {
  prometheus = await startPrometheus([
    ...counters.flatMap(({ series, up, processStart }) => [...series, ...up, ...processStart]),
    ...gauges.flatMap(({ series }) => series),
  ]);
  const dimensions = { topic: 'topic', principal: 'principal' };
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    lookbackHours: LOOKBACK,
    timezone: 'Asia/Kolkata',
    meters: [
      ...counters.map(({ metric }) => ({
        slug: metric,
        unit: 'byte',
        counter: metric,
        dimensions,
        labels: ['operation'],
      })),
      ...gauges.map(({ metric }) => ({ slug: metric, unit: 'hour', gauge: metric, interval: '7s', dimensions })),
      { slug: 'level', unit: 'byte', expression: 'g0 * 3', dimensions },
    ],
    directory: {
      rules: [
        { match: { topic: 'orders' }, set: { workspace: 'payments' } },
        { match: { topic: 'refunds' }, set: { workspace: 'returns' }, valid_from: isoHour(START + 9 * HOUR) },
        { match: { topic: 't1' }, set: { workspace: 'payments' } },
      ],
    },
  });
});
afterAll(async () => {
  await ledger?.drop();
  await prometheus?.stop();
});

/** Page after page of the readings of an hour, of one workspace or of all. */
async function readings(meter: string, hour: Hour, workspace?: string): Promise<ExplainedReadings> {
  return inSnapshot(ledger.database.pool, async (db) => {
    const found = (await explainedMeters(db)).find(({ slug }) => slug === meter);
    if (!found) {
      throw new Error(`no meter ${meter}`);
    }
    const filters = workspace === undefined ? {} : { workspace: [workspace] };
    const question = { meter: found, currency: 'USD', filters, timezone: 'Asia/Kolkata' };
    const whole = await readExplainedReadings(db, db, question, { hour, limit: 3, offset: 0 });
    for (let offset = 3; offset < whole.found; offset += 3) {
      whole.data.push(...(await readExplainedReadings(db, db, question, { hour, limit: 3, offset })).data);
    }
    return whole;
  });
}

const sum = (parts: Array<{ usage: string }>) =>
  formatDecimal(parts.reduce((total, { usage }) => total.plus(usage), new Decimal(0)));

/** Every hour with facts: its quantity, of all and by workspace. */
async function factHours(meter: string): Promise<Array<{ hour: Date; workspace: string | null; quantity: string }>> {
  const { rows } = await ledger.database.pool.query<{ hour: Date; workspace: string | null; quantity: string }>(
    `select hour, workspace, sum(quantity)::text as quantity from chargeback.hourly_usage where meter = $1
     group by grouping sets ((hour), (hour, workspace)) order by hour`,
    [meter],
  );
  return rows;
}

async function expectExplained(meter: string): Promise<void> {
  for (const { hour, workspace, quantity } of await factHours(meter)) {
    const answer = await readings(meter, hour.getTime(), workspace ?? undefined);
    expect([isoHour(hour.getTime()), workspace, sum(answer.data), answer.total.quantity, answer.unexplained]).toEqual([
      isoHour(hour.getTime()),
      workspace,
      formatDecimal(quantity),
      formatDecimal(quantity),
      null,
    ]);
    expect(answer.data).toHaveLength(answer.found);
    for (const { usage, link, growth, spread } of meter.startsWith('m') ? answer.data : []) {
      expect(sum([{ usage: link?.amount ?? '0' }, { usage: spread?.part ?? '0' }, { usage: growth ?? '0' }])).toBe(
        usage,
      );
    }
  }
}

const name = ({ __name__: _metric, ...labels }: Record<string, string>) =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What each series used in each hour, by the reference. */
function reference(meter: RandomMeter): Map<string, string> {
  const collected = meter.collections.flatMap(({ from, to }) => hoursBetween(from, to));
  const { usage } = referenceCounter({ ...meter, collected, lookbackHours: LOOKBACK });
  return new Map(
    usage
      .filter(({ quantity }) => !quantity.isZero())
      .map((one) => [`${isoHour(one.hour)} ${name(one.labels)}`, one.quantity.toFixed()]),
  );
}

test.each(counters.map((meter, index) => [`meter ${index} of seed ${SEED}`, meter] as const))(
  'the readings of an hour sum to its facts, and each series contributes what its samples say: %s',
  async (_title, meter) => {
    for (const { from, to } of meter.collections) {
      await ledger.collect(from, to, meter.metric);
    }
    await expectExplained(meter.metric);
    const hours = new Set((await factHours(meter.metric)).map(({ hour }) => hour.getTime()));
    const found = new Map<string, string>();
    for (const hour of hours) {
      for (const { labels, usage } of (await readings(meter.metric, hour)).data) {
        if (usage !== '0') {
          found.set(`${isoHour(hour)} ${name(labels)}`, usage);
        }
      }
    }
    expect(new Map([...found].sort())).toEqual(new Map([...reference(meter)].sort()));
  },
);

test.each(gauges.map((gauge, index) => [`gauge ${index} of seed ${SEED}`, gauge] as const))(
  "a gauge's series share the rounded usage of their resource to the last digit: %s",
  async (_title, { metric, series }) => {
    await ledger.collect(START, START + 4 * HOUR, metric);
    await expectExplained(metric);
    for (const hour of hoursBetween(START, START + 4 * HOUR)) {
      for (const { labels, usage } of (await readings(metric, hour)).data) {
        const exact = series
          .filter(({ labels: { pod } }) => pod === labels.pod)
          .flatMap(({ samples }) => samples.filter(([at]) => owner(at) === hour))
          .reduce((total, sample) => total.plus(valueOf(sample).times(7)), new Decimal(0))
          .div(3600);
        expect(exact.minus(usage).abs().lt('0.000000000001')).toBe(true);
      }
    }
  },
);

test('of an expression the readings are its values', async () => {
  await ledger.collect(START, START + 4 * HOUR, 'level');
  await expectExplained('level');
});
