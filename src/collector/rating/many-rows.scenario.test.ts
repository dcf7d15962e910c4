import type { Chargeback } from '../../api/chargeback';
import type { Costs } from '../../api/costs';
import { Decimal, formatDecimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { hourlyCounter } from '../../testing/hourly-counter';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { noise } from '../../testing/random-usage';
import { referenceRating, type RatedUsage } from '../../testing/reference-rating';
import { startApi, type TestApi } from '../../testing/test-api';

const START = Date.parse('2026-03-30T20:00:00Z');
const TOPICS = 400;
const HOURS = 30;
const ROWS = TOPICS * HOURS;
const GB = '1073741824';

const next = noise(20260330);
const growths = Array.from({ length: TOPICS }, () =>
  Array.from({ length: HOURS }, () => 1 + Math.floor(next() * 3e10)),
);
const workspaceOf = (topic: number) => `w${topic % 7}`;
const reference: RatedUsage[] = growths.flatMap((hours, topic) =>
  hours.map((quantity, hour) => ({
    workspace: workspaceOf(topic),
    meter: 'kafka_ingress_bytes',
    hour: START + hour * HOUR,
    resource: `t${topic}`,
    quantity: new Decimal(quantity),
  })),
);
const cells = referenceRating(
  reference,
  [
    {
      card: 'c',
      workspace: '',
      meter: 'kafka_ingress_bytes',
      validFrom: 0,
      per: GB,
      tiers: [
        { from: '0', unit_price: '0.1003' },
        { from: '9000000000000', unit_price: '0.0777' },
      ],
    },
  ],
  'UTC',
);
const costOf = (choose: (cell: (typeof cells)[number]) => boolean) =>
  cells.filter(choose).reduce((sum, { cost }) => sum.plus(cost ?? 0), new Decimal(0));
const inMarch = (hour: number) => hour < Date.parse('2026-04-01T00:00:00Z');
const TOTAL = costOf(({ hour }) => inMarch(hour)).toFixed();
const range = `from_ts=${new Date(START).toISOString()}&to_ts=${new Date(START + HOURS * HOUR).toISOString()}`;

let prometheus: LocalServer;
let ledger: TestLedger;
let api: TestApi;

beforeAll(async () => {
  prometheus = await startPrometheus(
    growths.map((hours, topic) => hourlyCounter({ __name__: 'bytes_total', topic: `t${topic}` }, START, hours)),
  );
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [{ slug: 'kafka_ingress_bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } }],
    directory: {
      rules: [
        ...growths.map((_hours, topic) => ({ match: { topic: `t${topic}` }, set: { workspace: workspaceOf(topic) } })),
        { match: { topic: 't*' }, set: { application: 'app-${1}', environment: 'prod' } },
      ],
    },
    rates: {
      rate_cards: [
        {
          name: 'c',
          valid_from: '2026-01-01',
          prices: {
            kafka_ingress_bytes: {
              per: GB,
              tiers: [
                { from: 0, unit_price: '0.1003' },
                { from: '9000000000000', unit_price: '0.0777' },
              ],
            },
          },
        },
      ],
    },
  });
  await ledger.collect(START, START + HOURS * HOUR);
  api = await startApi(ledger);
});
afterAll(async () => {
  await api?.stop();
  await ledger?.drop();
  await prometheus?.stop();
});

const sum = (values: string[]) => values.reduce((total, value) => total.plus(value), new Decimal(0));

/** All pages of /v1/costs. */
async function allCosts(query: string): Promise<Costs['data']> {
  const rows: Costs['data'] = [];
  let cursor: string | null = null;
  do {
    const answer = await api.get(
      `/v1/costs?${range}&${query}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    if (answer.status !== 200) {
      throw new Error(answer.text);
    }
    const page = answer.json<Costs>();
    rows.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return rows;
}

test('there are more rows than the 10,000 at which the old system stopped', () => {
  expect(ROWS).toBeGreaterThan(10_000);
});

test('views: every row is there, and hours, days and the reference agree', async () => {
  const { rows } = await ledger.database.pool.query<{ facts: string; usage: string; cost: string; days: string }>(
    `select (select count(*) from chargeback.hourly_cost_facts) as facts, (select count(*) from chargeback.hourly_usage) as usage,
       (select sum(cost) from chargeback.hourly_cost_facts where hour < '2026-04-01Z') as cost,
       (select sum(cost) from chargeback.daily_cost_facts where day < '2026-04-01') as days`,
  );
  expect(rows[0]).toMatchObject({ facts: String(ROWS), usage: String(ROWS) });
  expect(formatDecimal(rows[0]?.cost ?? '0')).toBe(TOTAL);
  expect(formatDecimal(rows[0]?.days ?? '0')).toBe(TOTAL);
});

test.each([999, 5000])('API: every hour of every topic, with a cursor, %s at a time', async (limit) => {
  const rows = await allCosts(`granularity=hour&group_by=topic,workspace&limit=${limit}`);
  expect(rows).toHaveLength(ROWS);
  expect(new Set(rows.map(({ start, topic }) => `${start} ${topic}`)).size).toBe(ROWS);
  expect(sum(rows.filter(({ start }) => inMarch(Date.parse(String(start)))).map(({ cost }) => cost)).toFixed()).toBe(
    TOTAL,
  );
  expect(sum(rows.map(({ quantity }) => quantity ?? '0')).toFixed()).toBe(
    sum(reference.map(({ quantity }) => quantity.toFixed())).toFixed(),
  );
});

test('API: the same total by any grouping and granularity', async () => {
  const all = costOf(() => true).toFixed();
  for (const query of [
    'granularity=total',
    'granularity=day&group_by=workspace',
    'granularity=month&group_by=charge_type',
    'group_by=application,environment',
    'granularity=hour&group_by=team',
  ]) {
    expect(sum((await allCosts(`${query}&limit=100`)).map(({ cost }) => cost)).toFixed()).toBe(all);
  }
  const byWorkspace = await allCosts('granularity=total&group_by=workspace');
  for (const { workspace, cost } of byWorkspace) {
    expect(cost).toBe(costOf((cell) => cell.workspace === workspace).toFixed());
  }
  expect(byWorkspace).toHaveLength(7);
});

test('chargeback by API and CLI: a line for every application, sorted, summing to the total', async () => {
  const answer = (await api.get('/v1/chargeback?period=2026-03')).json<Chargeback>();
  expect(answer.lines).toHaveLength(TOPICS);
  expect(answer.totals.total_cost).toBe(TOTAL);
  expect(sum(answer.lines.map(({ total_cost: cost }) => cost)).toFixed()).toBe(TOTAL);
  const costs = answer.lines.map(({ total_cost: cost }) => new Decimal(cost));
  expect(costs.every((cost, index) => index === 0 || cost.lte(costs[index - 1] ?? cost))).toBe(true);
  expect(JSON.parse(await ledger.run('billing', '--period', '2026-03', '--json'))).toEqual(answer);
  const one = (await api.get('/v1/chargeback?period=2026-03&workspace=w3')).json<Chargeback>();
  expect(one.totals.total_cost).toBe(costOf(({ hour, workspace }) => workspace === 'w3' && inMarch(hour)).toFixed());
});

test('CSV by API and CLI: every line, and a total that is their sum', async () => {
  const csv = (await api.get('/v1/chargeback.csv?period=2026-03')).text;
  const lines = csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  expect(lines).toHaveLength(TOPICS + 2);
  const total = (lines[0] ?? []).indexOf('Total Cost');
  expect(lines.at(-1)?.[0]).toBe('TOTAL');
  expect(lines.at(-1)?.[total]).toBe(TOTAL);
  expect(sum(lines.slice(1, -1).map((cells) => cells[total] ?? '0')).toFixed()).toBe(TOTAL);
  expect(await ledger.run('export', 'csv', '--period', '2026-03')).toBe(csv);
});

test('FOCUS: the costs of every day and resource sum to the total', async () => {
  const lines = (await ledger.run('export', 'focus', '--period', '2026-03')).trim().split(/\r?\n/);
  const header = (lines[0] ?? '').split(',');
  const cost = header.indexOf('BilledCost');
  expect(cost).toBeGreaterThanOrEqual(0);
  // Two days of March have usage of every topic. No field of these has a comma in it.
  expect(lines).toHaveLength(1 + TOPICS * 2);
  expect(sum(lines.slice(1).map((line) => line.split(',')[cost]?.replaceAll('"', '') ?? '0')).toFixed()).toBe(TOTAL);
});

test('/metrics: the cost of the last complete hour, by workspace', async () => {
  const text = (await api.get('/metrics')).text;
  const found = new Map(
    [...text.matchAll(/^chargeback_cost_hourly\{(.*)\} (\S+)$/gm)].map(([, labels, value]) => [
      /workspace="([^"]*)"/.exec(labels ?? '')?.[1],
      Number(value),
    ]),
  );
  const last = START + (HOURS - 1) * HOUR;
  const expected = new Map(
    Array.from({ length: 7 }, (_, index) => [
      `w${index}`,
      costOf(({ hour, workspace }) => hour === last && workspace === `w${index}`).toNumber(),
    ]),
  );
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
});
