import { readFileSync } from 'node:fs';
import { HOUR } from '../domain/hours';
import { createLedger, type TestLedger } from './ledger';
import type { LocalServer } from './local-server';
import { startPrometheus } from './prometheus-server';
import type { Sample, SampleSeries } from './sample-set';

/*
 * The worked numbers of docs/model.md, read from its tables: the samples go into a Prometheus, and what the collector
 * makes of them must be what the page says.
 */
const DAY = '2026-01-10';
const START = Date.parse(`${DAY}T10:00:00Z`);
const PAGE = readFileSync('docs/model.md', 'utf8');
const at = (time: string) => Date.parse(`${DAY}T${time}:00Z`);
const clock = (hour: Date) => hour.toISOString().slice(11, 16);

/** The rows of the table that follows the comment `table: name`, without its head. */
function table(name: string): string[][] {
  const [, after = ''] = PAGE.split(`<!-- table: ${name} -->\n`);
  const lines = after.slice(0, after.indexOf('\n\n')).split('\n').slice(2);
  expect(lines.length).toBeGreaterThan(2);
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const samplesOf = (name: string): Sample[] => table(name).map(([time = '', value = '']) => [at(time), value]);
const where = {
  virtual_cluster: 'vc-payments',
  service_account: 'checkout',
  direction: 'produce',
  job: 'gateway',
  instance: 'a:9093',
};
const TOPICS = ['captures', 'orders', 'refunds'];

/** One counter a topic that grows, in each hour of the rating table, by a third of the workspace's usage. */
function messages(): SampleSeries[] {
  return TOPICS.map((topic) => {
    let value = 0;
    const samples: Sample[] = [[START, '0']];
    for (const [hour = '', quantity] of table('rating')) {
      value += Number(quantity) / TOPICS.length;
      samples.push([at(hour) + HOUR / 2, String(value)]);
    }
    return { labels: { __name__: 'bifrost_messages_total', topic, ...where }, samples };
  });
}

let prometheus: LocalServer;
let ledger: TestLedger;

beforeAll(async () => {
  prometheus = await startPrometheus([
    { labels: { __name__: 'bifrost_bytes_total', topic: 'orders', ...where }, samples: samplesOf('samples') },
    { labels: { __name__: 'bifrost_active_connections', virtual_cluster: 'vc-payments' }, samples: samplesOf('gauge') },
    ...messages(),
  ]);
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [
      {
        slug: 'bytes',
        unit: 'byte',
        counter: 'bifrost_bytes_total',
        dimensions: { cluster: 'virtual_cluster', topic: 'topic' },
      },
      {
        slug: 'messages',
        unit: 'message',
        counter: 'bifrost_messages_total',
        dimensions: { cluster: 'virtual_cluster', topic: 'topic' },
      },
      {
        slug: 'connections',
        unit: 'hour',
        gauge: 'bifrost_active_connections',
        interval: '15m',
        dimensions: { cluster: 'virtual_cluster' },
      },
    ],
    directory: { rules: [{ match: { cluster: 'vc-*' }, set: { workspace: '${1}' } }] },
    rates: {
      rate_cards: [
        {
          name: 'model',
          valid_from: '2026-01-01',
          prices: {
            messages: {
              per: 1_000_000,
              tiers: [
                { from: 0, unit_price: '0' },
                { from: 10_000_000, unit_price: '0.01' },
              ],
            },
          },
        },
      ],
    },
  });
  await ledger.collect(START, START + 5 * HOUR);
});
afterAll(async () => {
  await ledger?.drop();
  await prometheus?.stop();
});

const query = async <T extends object>(sql: string): Promise<T[]> => (await ledger.database.pool.query<T>(sql)).rows;

test('readings', async () => {
  const rows = await query<{ hour: Date; first: string; last: string; growth: string; samples: number }>(
    `select r.hour, r.first::text, r.last::text, coalesce(r.growth, r.last - r.first)::text as growth, r.samples
     from chargeback_data.reading r join chargeback_data.series s on s.id = r.series_id join chargeback_data.meter m on m.id = s.meter_id
     where m.slug = 'bytes' and r.samples > 0 order by r.hour`,
  );
  expect(
    rows.map(({ hour, first, last, growth, samples }) => [clock(hour), first, last, growth, String(samples)]),
  ).toEqual(table('readings'));
});

test('usage, with the growth over a gap spread', async () => {
  const rows = await query<{ hour: Date; quantity: string; estimated: boolean }>(
    `select hour, trim_scale(quantity)::text as quantity, estimated from chargeback.hourly_usage where meter = 'bytes' order by hour`,
  );
  const expected = table('usage').map(([hour, quantity, , estimated]) => [hour, quantity, estimated === 'yes']);
  expect(rows.map(({ hour, quantity, estimated }) => [clock(hour), quantity, estimated])).toEqual(expected);
  expect(
    await query(
      `select sum(quantity)::numeric(10, 0)::text as total from chargeback.hourly_usage where meter = 'bytes'`,
    ),
  ).toEqual([{ total: /The sum is (\d+):/.exec(PAGE)?.[1] }]);
});

test('a gauge in unit-hours', async () => {
  const [row] = await query<{ quantity: string; coverage: string }>(
    `select trim_scale(quantity)::text as quantity, trim_scale(coverage)::text as coverage from chargeback.hourly_usage where meter = 'connections'`,
  );
  expect(PAGE).toContain(`= **${row?.quantity}** connection-hours, with a coverage of ${row?.coverage}.`);
});

test('tiers, and cost shared out to the topics', async () => {
  const rows = await query<{
    hour: Date;
    quantity: string;
    after: string;
    above: string;
    cost: string;
    parts: string[];
  }>(
    `select hour, trim_scale(sum(quantity))::text as quantity, trim_scale(sum(sum(quantity)) over month)::text as after,
       trim_scale(least(sum(quantity), greatest(sum(sum(quantity)) over month - 10000000, 0)))::text as above,
       trim_scale(sum(cost))::text as cost, array_agg(trim_scale(cost)::text order by cost desc) as parts
     from chargeback.hourly_cost_facts where charge_type = 'messages' and quantity > 0 group by hour window month as (order by hour) order by hour`,
  );
  const lines = rows.map(({ hour, quantity, after, above, cost, parts }) => [
    clock(hour),
    quantity,
    after,
    above,
    cost,
    parts.join(', '),
  ]);
  expect(lines).toEqual(table('rating'));
});
