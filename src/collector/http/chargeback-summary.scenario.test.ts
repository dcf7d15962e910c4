import type { ChargebackDays, ChargebackLines, ChargebackSummary } from '../../api/chargeback';
import { GRAFANA_KEY, startApi, type ApiServer } from '../../testing/api-server';
import { createDatabase, type TestDatabase } from '../../testing/database';
import type { UsageFixture } from '../../testing/facts';
import { createPricedLedger, KAFKA_RATES } from '../../testing/priced-ledger';

const GB = 1_073_741_824n;
const at = (time: string) => Date.parse(`2026-${time}:00:00Z`);
const ingress = (time: string, gigabytes: bigint, resource: UsageFixture['resource']): UsageFixture => ({
  hour: at(time),
  meter: 'kafka_ingress_bytes',
  resource,
  quantity: String(gigabytes * GB),
});
const checkout = { workspace: 'payments', application: 'checkout', environment: 'prod', topic: 'orders' };
const search = { workspace: 'shop', application: 'search', environment: 'stage', topic: 'queries' };

/** Collected from the beginning of February up to 10:00 on the 20th of March. */
const usage: UsageFixture[] = [
  ingress('02-01T00', 1n, checkout),
  ingress('02-10T12', 4n, checkout),
  ingress('02-20T09', 2n, checkout),
  ingress('02-20T10', 100n, checkout),
  ingress('03-05T05', 1n, { topic: 'nobody.knows' }),
  ingress('03-05T05', 2n, { topic: 'nobody.cares' }),
  ingress('03-06T05', 50n, search),
  ingress('03-20T09', 30n, checkout),
  { hour: at('02-01T00'), meter: 'kafka_requests', resource: checkout, quantity: '7' },
  { hour: at('03-20T09'), meter: 'kafka_requests', resource: checkout, quantity: '12' },
  { hour: at('03-20T09'), meter: 'kafka_requests', resource: { ...search, workspace: 'idle' }, quantity: '0' },
];
const EUROS = `
  - name: shop in euros
    currency: EUR
    workspace: shop
    valid_from: 2026-03-06T06:00:00Z
    prices: { kafka_ingress_bytes: { unit_price: "1" } }
`;

let database: TestDatabase;
let api: ApiServer;
let strict: ApiServer;
beforeAll(async () => {
  database = await createPricedLedger({
    rates: KAFKA_RATES + EUROS,
    usage: [...usage, ingress('03-06T06', 1n, search)],
  });
  api = await startApi(database.url);
  strict = await startApi(database.url, { CHARGEBACK_DEFAULT_ACCESS: 'none' });
});
afterAll(async () => {
  await strict.close();
  await api.close();
  await database.drop();
});

const summary = async (query: string, headers?: Record<string, string>) =>
  (
    await (headers
      ? api.ask(`/v1/chargeback/summary?${query}`, { headers })
      : api.asAdmin(`/v1/chargeback/summary?${query}`))
  ).json as ChargebackSummary;

test('the running month is compared with February up to the 20th at 10:00', async () => {
  const { totals, previous, watermark, lines, workspaces, confidence } = await summary('period=2026-03');
  expect(watermark).toBe('2026-03-20T10:00:00.000Z');
  expect(totals).toMatchObject({ ingress_bytes: String(83n * GB), ingress_cost: '8.3', total_cost: '8.3' });
  expect(previous).toMatchObject({
    start: '2026-02-01T00:00:00.000Z',
    end: '2026-02-20T10:00:00.000Z',
    complete: true,
    totals: { ingress_bytes: String(7n * GB), ingress_cost: '0.7', other_cost: '0', total_cost: '0.7' },
  });
  expect([lines, workspaces, confidence]).toEqual([3, 3, 1]);
});

test('environments come in the order of their cost; what has no owner, no price or another currency is told', async () => {
  const { environments, unallocated, unrated, other_currencies, rates } = await summary('period=2026-03');
  expect(environments.map(({ environment, total_cost }) => [environment, total_cost])).toEqual([
    ['stage', '5'],
    ['prod', '3'],
    ['', '0.3'],
  ]);
  expect(unallocated).toEqual({ cost: '0.3', resources: 2 });
  expect(unrated).toEqual([{ meter: 'kafka_requests', quantity: '12', unit: 'request' }]);
  expect(other_currencies).toEqual(['EUR']);
  expect(rates.map(({ currency }) => currency)).toContain('EUR');
  const euros = await summary('period=2026-03&currency=EUR');
  expect([euros.totals.total_cost, euros.lines, euros.other_currencies]).toEqual([String(GB), 1, ['USD']]);
});

test('filters leave what they name, in every figure', async () => {
  const { totals, lines, workspaces, unallocated, unrated, environments, previous } = await summary(
    'period=2026-03&topic=queries&topic=nobody.cares',
  );
  expect([totals.total_cost, lines, workspaces]).toEqual(['5.2', 2, 2]);
  expect(unallocated).toEqual({ cost: '0.2', resources: 1 });
  expect(unrated).toEqual([]);
  expect(environments.map(({ environment }) => environment)).toEqual(['stage', '']);
  expect(previous?.totals.total_cost).toBe('0');
});

test('a range is compared with the one of its length just before, up to where it was collected', async () => {
  const range = async (from: string, to: string) =>
    (await summary(`from_ts=2026-${from}:00:00Z&to_ts=2026-${to}:00:00Z`)).previous;
  expect(await range('02-08T00', '02-15T00')).toMatchObject({
    start: '2026-02-01T00:00:00.000Z',
    end: '2026-02-08T00:00:00.000Z',
    complete: true,
    totals: { total_cost: '0.1' },
  });
  expect(await range('03-20T08', '03-21T08')).toMatchObject({
    start: '2026-03-19T08:00:00.000Z',
    end: '2026-03-19T10:00:00.000Z',
    complete: true,
  });
  expect(await range('02-01T06', '02-01T18')).toMatchObject({ start: '2026-01-31T18:00:00.000Z', complete: false });
  expect(await range('02-01T00', '02-03T00')).toBeNull();
});

test('nothing is compared with a month that was not collected, and nothing in one that has not begun', async () => {
  expect((await summary('period=2026-02')).previous).toBeNull();
  expect((await summary('period=2026-05')).previous).toBeNull();
});

test('an hour that is missing in the month before makes the comparison incomplete', async () => {
  const missing = `meter_id = (select id from chargeback_data.meter where slug = 'kafka_requests') and hour = '2026-02-07T03:00Z'`;
  await database.pool.query(
    `update chargeback_data.collection set collected_at = null, error = 'away' where ${missing}`,
  );
  expect((await summary('period=2026-03')).previous?.complete).toBe(false);
  await database.pool.query(`update chargeback_data.meter set active = false where slug = 'kafka_requests'`);
  expect((await summary('period=2026-03')).previous?.complete).toBe(true);
  await database.pool.query(`update chargeback_data.meter set active = true where slug = 'kafka_requests'`);
  await database.pool.query(
    `update chargeback_data.collection set collected_at = now(), error = null where ${missing}`,
  );
});

test('a member sees the own workspace in every figure, and is told when asking for another', async () => {
  const headers = await api.token('viewer', 'shop');
  const own = await summary('period=2026-03', headers);
  expect(own).toMatchObject({
    totals: { total_cost: '5' },
    lines: 1,
    workspaces: 1,
    environments: [{ environment: 'stage', total_cost: '5' }],
    unallocated: { cost: '0', resources: 0 },
    unrated: [],
    other_currencies: ['EUR'],
    previous: { totals: { total_cost: '0' } },
  });
  const payments = await summary('period=2026-03', await api.token('viewer', 'payments'));
  expect([payments.other_currencies, payments.rates.map(({ workspace }) => workspace).filter(Boolean)]).toEqual([
    [],
    [],
  ]);
  const days = (await api.ask('/v1/chargeback/days?period=2026-03', { headers })).json as ChargebackDays;
  expect(days.series.map(({ value, total }) => [value, total])).toEqual([['shop', '5']]);
  const lines = (await api.ask('/v1/chargeback/lines?period=2026-03&search=e', { headers })).json as ChargebackLines;
  expect([lines.all.lines, lines.lines.map(({ workspace }) => workspace)]).toEqual([1, ['shop']]);
  for (const path of ['', '.csv', '/lines', '/summary', '/days']) {
    expect(
      (await api.ask(`/v1/chargeback${path}?period=2026-03&workspace=shop&workspace=payments`, { headers })).status,
    ).toBe(403);
    expect((await api.ask(`/v1/chargeback${path}?period=2026-03&workspace=`, { headers })).status).toBe(403);
  }
});

test('whom nothing was granted sees nothing, and no error', async () => {
  const headers = { 'x-chargeback-key': GRAFANA_KEY, 'x-grafana-user': 'newcomer' };
  const ask = (path: string) => strict.ask(`/v1/chargeback${path}?period=2026-03`, { headers });
  expect((await ask('/summary')).json).toMatchObject({
    totals: { total_cost: '0' },
    lines: 0,
    workspaces: 0,
    unallocated: { cost: '0', resources: 0 },
    unrated: [],
    other_currencies: [],
    environments: [],
  });
  expect((await ask('/lines')).json).toMatchObject({ lines: [], all: { lines: 0 } });
  expect((await ask('/days')).json).toMatchObject({ series: [] });
  const file = await ask('.csv');
  expect([file.status, file.text.split('\n').length]).toEqual([200, 3]);
  expect(file.headers['content-disposition']).toContain('"kafka-chargeback-0-workspaces-2026-03-01-to-2026-03-31.csv"');
});

test.each(['', '.csv', '/lines', '/summary', '/days'])(
  'a month before the first price, or an empty ledger, is an error and not zero (chargeback%s)',
  async (path) => {
    const early = await api.asAdmin(`/v1/chargeback${path}?period=2025-12`);
    expect([early.status, (early.json as { code: string }).code]).toEqual([409, 'NO_RATE_FOR_PERIOD']);
    const empty = await createDatabase();
    const other = await startApi(empty.url);
    const answer = await other.asAdmin(`/v1/chargeback${path}?period=2026-03`);
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('no rate card gives one yet')]);
    await other.close();
    await empty.drop();
  },
);

test('prices without any usage: zeros everywhere', async () => {
  const priced = await createPricedLedger({ rates: KAFKA_RATES, usage: [] });
  const other = await startApi(priced.url);
  const ask = async <T>(path: string) => (await other.asAdmin(`/v1/chargeback${path}?period=2026-03`)).json as T;
  expect(await ask<ChargebackSummary>('/summary')).toMatchObject({
    watermark: null,
    totals: { ingress_bytes: '0', total_cost: '0' },
    confidence: 1,
    lines: 0,
    previous: null,
    environments: [],
    unallocated: { cost: '0', resources: 0 },
  });
  expect(await ask<ChargebackLines>('/lines')).toMatchObject({
    lines: [],
    found: { lines: 0, totals: { total_cost: '0' } },
  });
  expect(await ask<ChargebackDays>('/days')).toMatchObject({ series: [] });
  expect((await ask<ChargebackDays>('/days')).days).toHaveLength(31);
  await other.close();
  await priced.drop();
});

test('a month that was closed says so, and its figures stay', async () => {
  const before = await summary('period=2026-02');
  await database.pool.query(
    `insert into chargeback_data.period (month, starts_at, ends_at, closed_by) values ('2026-02-01', '2026-02-01Z', '2026-03-01Z', 'test')`,
  );
  expect(await summary('period=2026-02')).toEqual({ ...before, period: { ...before.period, status: 'closed' } });
  const lines = (await api.asAdmin('/v1/chargeback/lines?period=2026-02')).json as ChargebackLines;
  expect([lines.period.status, lines.found.totals]).toEqual(['closed', before.totals]);
});
