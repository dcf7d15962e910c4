import fc from 'fast-check';
import { formatDecimal, Decimal } from '../../domain/decimal';
import { HOUR, hoursBetween, isoHour, type Hour } from '../../domain/hours';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { noise } from '../../testing/random-usage';
import { owner, referenceGauge, valueOf } from '../../testing/reference-metering';
import type { Sample, SampleSeries } from '../../testing/sample-set';
import { startVictoriaMetrics } from '../../testing/victoria-metrics-server';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const METERS = Number(process.env.CHARGEBACK_TEST_RUNS ?? 10);
const START = Date.parse('2026-01-31T12:00:00Z');
const HOURS = 26;

interface RandomGauge {
  metric: string;
  interval: string;
  intervalMs: number;
  series: SampleSeries[];
  /** Ranges of hours after START, in the order in which they are collected. */
  ranges: Array<[number, number]>;
}

const gauge = fc.noBias(
  fc
    .record({
      seed: fc.nat(),
      interval: fc.constantFrom<[string, number]>(
        ['15s', 15_000],
        ['1m', 60_000],
        ['7s', 7_000],
        ['5m', 300_000],
        ['1500ms', 1_500],
      ),
      style: fc.constantFrom('whole', 'tenths', 'millionths'),
      series: fc.integer({ min: 1, max: 5 }),
      ranges: fc.array(fc.tuple(fc.integer({ min: 0, max: HOURS - 1 }), fc.integer({ min: 1, max: 9 })), {
        minLength: 1,
        maxLength: 4,
      }),
    })
    .map(({ seed, interval: [interval, intervalMs], style, series, ranges }) => (metric: string): RandomGauge => {
      const next = noise(seed);
      const decimals = { whole: 0, tenths: 1, millionths: 6 }[style];
      const one = (index: number): SampleSeries => {
        // Scrapes every so often of those the interval promises, so that a day stays small; some hours are empty, some full.
        const samples: Sample[] = [];
        for (const hour of hoursBetween(START, START + HOURS * HOUR)) {
          const scrapes = next() < 0.15 ? 0 : next() < 0.1 ? HOUR / intervalMs : Math.floor(next() * 40);
          for (let scrape = 1; scrape <= Math.min(scrapes, HOUR / intervalMs, 240); scrape += 1) {
            const value = Math.floor(next() * 10 ** (decimals + 3)) / 10 ** decimals;
            samples.push([hour + scrape * intervalMs, value.toFixed(decimals)]);
          }
        }
        return { labels: { __name__: metric, pod: `p${index}`, cluster: `c${index % 3}` }, samples };
      };
      return { metric, interval, intervalMs, series: Array.from({ length: series }, (_, index) => one(index)), ranges };
    }),
);

const gauges = fc.sample(gauge, { numRuns: METERS, seed: SEED }).map((make, index) => make(`g${index}`));
const values: SampleSeries[] = ['a', 'b'].map((topic) => ({
  labels: { __name__: 'stored_bytes', topic, replica: '1' },
  samples: hoursBetween(START, START + HOURS * HOUR).flatMap((hour, index): Sample[] => [
    [hour + 600_000, String(index)],
    ...(index % 5 === 0 ? [] : [[hour + HOUR - (topic === 'a' ? 0 : 60_000), `${index}.25`] as Sample]),
  ]),
}));

const line = (hour: Hour, who: string, quantity: string) => `${isoHour(hour)} ${who} = ${quantity}`;

async function usageOf(ledger: TestLedger, meter: string, field: 'cluster' | 'topic'): Promise<string[]> {
  const { rows } = await ledger.database.pool.query<{ hour: Date; who: string; quantity: string }>(
    `select hour, ${field} as who, quantity from chargeback.hourly_usage where meter = $1 and quantity <> 0`,
    [meter],
  );
  return rows.map((row) => line(row.hour.getTime(), row.who, formatDecimal(row.quantity))).sort();
}

describe.each([
  ['Prometheus', startPrometheus],
  ['VictoriaMetrics', startVictoriaMetrics],
] as const)('%s', (_name, start) => {
  let server: LocalServer;
  let ledger: TestLedger;
  beforeAll(async () => {
    server = await start([...gauges.flatMap(({ series }) => series), ...values]);
    ledger = await createLedger({
      prometheusUrl: server.url,
      meters: [
        ...gauges.map(({ metric, interval }) => ({
          slug: metric,
          unit: 'hour',
          gauge: metric,
          interval,
          dimensions: { cluster: 'cluster' },
        })),
        {
          slug: 'stored',
          unit: 'byte',
          expression: 'sum by (topic) (last_over_time(stored_bytes[1h])) * 4',
          dimensions: { topic: 'topic' },
        },
      ],
    });
  });
  afterAll(async () => {
    await ledger?.drop();
    await server?.stop();
  });

  test.each(gauges.map((meter, index) => [`gauge ${index} of seed ${SEED}`, meter] as const))(
    'unit-hours are the sum of the samples: %s',
    async (_title, meter) => {
      const collected = new Set<Hour>();
      for (const [from, length] of meter.ranges) {
        const [first, end] = [START + from * HOUR, START + (from + length) * HOUR];
        hoursBetween(first, end).forEach((hour) => collected.add(hour));
        await ledger.collect(first, end, meter.metric);
      }
      const clusters = [...new Set(meter.series.map(({ labels }) => labels.cluster ?? ''))];
      const expected = [...collected].flatMap((hour) =>
        clusters.flatMap((cluster) => {
          const quantity = referenceGauge(
            meter.series.filter(({ labels }) => labels.cluster === cluster),
            hour,
            meter.intervalMs,
          );
          return quantity.isZero() ? [] : [line(hour, cluster, quantity.toFixed())];
        }),
      );
      expect(await usageOf(ledger, meter.metric, 'cluster')).toEqual(expected.sort());
    },
  );

  test('coverage is samples x interval of the hour', async () => {
    // Clusters of one series, so that there is nothing to average.
    for (const meter of gauges.filter(({ series }) => series.length <= 3)) {
      const { rows } = await ledger.database.pool.query<{ hour: Date; cluster: string; coverage: string }>(
        'select hour, cluster, coverage from chargeback.hourly_usage where meter = $1 and quantity <> 0',
        [meter.metric],
      );
      for (const { hour, cluster, coverage } of rows) {
        const samples = meter.series.find(({ labels }) => labels.cluster === cluster)?.samples ?? [];
        const seen = samples.filter(([at]) => owner(at) === hour.getTime()).length;
        const right = Decimal.min(1, new Decimal(seen * meter.intervalMs).div(HOUR));
        expect(new Decimal(coverage).minus(right).abs().toNumber()).toBeLessThanOrEqual(0.0001);
      }
    }
  });

  test("an expression's usage is its value at the hour's end", async () => {
    await ledger.collect(START + 9 * HOUR, START + HOURS * HOUR, 'stored');
    await ledger.collect(START, START + 12 * HOUR, 'stored');
    const expected = hoursBetween(START, START + HOURS * HOUR).flatMap((hour) =>
      values.flatMap(({ labels, samples }) => {
        const last = samples.filter(([at]) => owner(at) === hour).at(-1);
        return last && !valueOf(last).isZero()
          ? [line(hour, labels.topic ?? '', valueOf(last).times(4).toFixed())]
          : [];
      }),
    );
    expect(await usageOf(ledger, 'stored', 'topic')).toEqual(expected.sort());
  });
});
