import { formatDecimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import type { Sample, SampleSeries } from '../../testing/sample-set';
import { startVictoriaMetrics } from '../../testing/victoria-metrics-server';

const MINUTE = 60_000;
const START = Date.parse('2026-03-10T08:00:00Z');
const at = (hours: number, minutes: number, value: number | string): Sample => [
  START + hours * HOUR + minutes * MINUTE,
  String(value),
];
const series = (name: string, labels: Record<string, string>, ...samples: Sample[]): SampleSeries => ({
  labels: { __name__: name, ...labels },
  samples,
});

/** A target that is scraped every 15 minutes from `from` (hours after START) on, whose process began at `began`. */
function target(job: string, from: number, began: number): SampleSeries[] {
  const times = Array.from({ length: 40 }, (_, index) => START + from * HOUR + index * 15 * MINUTE);
  return [
    { labels: { __name__: 'up', job, instance: 'a:1' }, samples: times.map((time): Sample => [time, '1']) },
    {
      labels: { __name__: 'process_start_time_seconds', job, instance: 'a:1' },
      samples: times.map((time): Sample => [time, String((START + began * HOUR) / 1000)]),
    },
  ];
}

/** One meter a situation; an old series keeps the meter's first hour before START. */
const old = (name: string) => series(name, { topic: 'old' }, at(-2, 30, 5), at(10, 30, 5));
const samples: SampleSeries[] = [
  // Restarted between 08:20 and 08:30, and beyond its old value by 08:40: first and last sample alone do not show it.
  series(
    'restarted_total',
    { topic: 't' },
    at(-1, 50, 100),
    at(0, 10, 110),
    at(0, 20, 120),
    at(0, 30, 15),
    at(0, 40, 300),
    at(0, 60, 310),
    at(1, 30, 320),
  ),
  // Restarted over the hour's end.
  series('over_the_hour_total', { topic: 't' }, at(-1, 50, 100), at(0, 60, 150), at(1, 1, 7), at(1, 30, 9)),
  // Restarted on both sides of a sample that lies exactly on the hour.
  series('on_the_hour_total', { topic: 't' }, at(-1, 50, 100), at(0, 59, 150), at(0, 60, 4), at(1, 1, 2)),
  // Two pods of one topic, one of them restarting: summed only after each was metered.
  series('two_pods_total', { topic: 't', pod: 'a' }, at(-1, 50, 1000), at(0, 30, 1010)),
  series('two_pods_total', { topic: 't', pod: 'b' }, at(-1, 50, 2000), at(0, 30, 30)),
  // A rolling deployment: the pod's name changes, the new one counts from zero.
  old('rollout_total'),
  series('rollout_total', { topic: 't', pod: 'a' }, at(-1, 50, 100), at(0, 20, 140)),
  series('rollout_total', { topic: 't', pod: 'b' }, at(0, 40, 3), at(0, 55, 8)),
  // A process that ran for days before it was first scraped, at 10:05.
  old('late_total'),
  series('late_total', { topic: 't', job: 'late', instance: 'a:1' }, at(2, 5, 5_000_000), at(2, 35, 5_000_100)),
  ...target('late', 2 + 5 / 60, -90),
  // A process that began at 10:02 and was first scraped at 10:05.
  old('fresh_total'),
  series('fresh_total', { topic: 't', job: 'fresh', instance: 'a:1' }, at(2, 5, 40), at(2, 35, 50)),
  ...target('fresh', 2 + 5 / 60, 2 + 2 / 60),
  // A process that was scraped all day, and at 10:05 shows a topic for the first time.
  old('new_topic_total'),
  series('new_topic_total', { topic: 't', job: 'known', instance: 'a:1' }, at(2, 5, 40), at(2, 35, 50)),
  ...target('known', -5, -90),
  // A series that is away for two hours and comes back where it was.
  series('returning_total', { topic: 't' }, at(-1, 50, 100), at(0, 30, 110), at(3, 30, 140), at(3, 45, 141)),
];
const METERS = [
  'restarted',
  'over_the_hour',
  'on_the_hour',
  'two_pods',
  'rollout',
  'late',
  'fresh',
  'new_topic',
  'returning',
];

describe.each([
  ['Prometheus', startPrometheus],
  ['VictoriaMetrics', startVictoriaMetrics],
] as const)('%s', (_name, start) => {
  let server: LocalServer;
  let ledger: TestLedger;
  beforeAll(async () => {
    server = await start(samples);
    ledger = await createLedger({
      prometheusUrl: server.url,
      meters: METERS.map((slug) => ({ slug, unit: 'byte', counter: `${slug}_total`, dimensions: { topic: 'topic' } })),
    });
    await ledger.collect(START, START + 5 * HOUR);
  });
  afterAll(async () => {
    await ledger?.drop();
    await server?.stop();
  });

  /** Usage of topic t by hour after START, `~` where estimated. */
  async function usage(meter: string): Promise<string[]> {
    const { rows } = await ledger.database.pool.query<{ hour: Date; quantity: string; estimated: boolean }>(
      `select hour, quantity, estimated from chargeback.hourly_usage where meter = $1 and topic = 't' and quantity <> 0 order by hour`,
      [meter],
    );
    return rows.map(
      ({ hour, quantity, estimated }) =>
        `${(hour.getTime() - START) / HOUR}: ${formatDecimal(quantity)}${estimated ? '~' : ''}`,
    );
  }
  async function notCounted(meter: string): Promise<string[]> {
    const { rows } = await ledger.database.pool.query<{ hour: Date; not_counted: string }>(
      'select hour, not_counted from chargeback.collection_status where meter = $1 and not_counted <> 0',
      [meter],
    );
    return rows.map((row) => `${(row.hour.getTime() - START) / HOUR}: ${formatDecimal(row.not_counted)}`);
  }

  test('a pod restart that passes its old value within the hour is seen', async () => {
    // 10 + 10 + 15 (from zero) + 285 + 10
    expect(await usage('restarted')).toEqual(['0: 330', '1: 10']);
  });

  test('a restart over the end of an hour counts from zero in the hour of the later sample', async () => {
    expect(await usage('over_the_hour')).toEqual(['0: 50', '1: 9']);
  });

  test('a restart at a sample exactly on the hour counts in the hour that the sample closes', async () => {
    expect(await usage('on_the_hour')).toEqual(['0: 54', '1: 2']);
  });

  test('pods are metered one by one and summed afterwards', async () => {
    expect(await usage('two_pods')).toEqual(['0: 40']);
  });

  test('a new pod of a rolling deployment counts from zero', async () => {
    expect(await usage('rollout')).toEqual(['0: 48']);
  });

  test('a process that ran long before its first scrape is not charged for that time, and the amount is told', async () => {
    expect(await usage('late')).toEqual(['2: 100']);
    expect(await notCounted('late')).toEqual(['2: 5000000']);
  });

  test('a process that began in the hour of its first scrape counts from zero', async () => {
    expect(await usage('fresh')).toEqual(['2: 50']);
    expect(await notCounted('fresh')).toEqual([]);
  });

  test('a new series of a process that was scraped before counts from zero', async () => {
    expect(await usage('new_topic')).toEqual(['2: 50']);
    expect(await notCounted('new_topic')).toEqual([]);
  });

  test('what grew while there were no samples is spread over those hours, marked estimated, to the last digit', async () => {
    expect(await usage('returning')).toEqual(['0: 10', '1: 10~', '2: 10~', '3: 11~']);
  });

  test('collected again, hour by hour and backwards, nothing changes', async () => {
    const all = async () => Promise.all(METERS.map((meter) => usage(meter)));
    const before = await all();
    for (const hour of [4, 2, 3, 0, 1]) {
      await ledger.collect(START + hour * HOUR, START + (hour + 1) * HOUR);
    }
    expect(await all()).toEqual(before);
  });
});
