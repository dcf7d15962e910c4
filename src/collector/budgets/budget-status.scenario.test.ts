import { createBudgetLedger, type BudgetLedger } from '../../testing/budget-ledger';

let ledger: BudgetLedger;
const begin = async (timezone?: string) => (ledger = await createBudgetLedger(timezone));
afterEach(() => ledger.drop());

/** The view as Grafana reads it, without what every budget has. */
async function view(from: BudgetLedger, columns: string) {
  const { rows } = await from.database.pool.query<Record<string, unknown>>(
    `select ${columns} from chargeback.budget_status order by budget, budget_status.threshold`,
  );
  return rows;
}

test('spend 0: a budget has a row for each threshold before anything was spent', async () => {
  const { create, budget } = await begin();
  const { rows } = await ledger.database.pool.query<{ month: string }>(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM') as month`,
  );
  await create({ valid_from: rows[0]?.month ?? '', thresholds: [50, '90.5', 100] });
  expect(
    await view(
      ledger,
      'threshold::text, spent::text, used_percent::text, elapsed_percent::text, burn_ratio, reached, crossed_at',
    ),
  ).toEqual(
    ['50', '90.5', '100'].map((threshold) => ({
      threshold,
      spent: '0',
      used_percent: '0.000000',
      elapsed_percent: '0.0000',
      burn_ratio: null,
      reached: false,
      crossed_at: null,
    })),
  );
  expect((await budget()).status).toMatchObject({ spent: '0', remaining: '100', used_percent: '0', burn_ratio: null });
});

test('a budget that begins later has no status and no rows yet', async () => {
  const { create, spend, budget } = await begin();
  await spend(['2026-03-31T23:00Z', '70']);
  await create({ valid_from: '2026-04' });
  expect((await budget()).status).toBeNull();
  expect(await view(ledger, '*')).toEqual([]);
  await spend(['2026-04-01T00:00Z', '1']);
  expect((await budget()).status).toMatchObject({ period: { start: '2026-04', end: '2026-05' }, spent: '1' });
});

test('month turn: the period is that of the last complete hour, and begins with what it cost itself', async () => {
  const { create, spend, budget } = await begin();
  await create({});
  await spend(['2026-03-01T00:00Z', '10'], ['2026-03-31T23:00Z', '30']);
  expect((await budget()).status).toEqual({
    period: { start: '2026-03', end: '2026-04' },
    spent: '40',
    remaining: '60',
    used_percent: '40',
    elapsed_percent: '100',
    burn_ratio: '0.4',
    thresholds: ['50', '90', '100'].map((percent) => ({ percent, reached: false, crossed_at: null })),
  });
  await spend(['2026-04-01T00:00Z', '0.5']);
  expect((await budget()).status).toMatchObject({
    period: { start: '2026-04', end: '2026-05' },
    spent: '0.5',
    // An hour of 720.
    elapsed_percent: '0.1389',
    burn_ratio: '3.6',
  });
});

test('a meter that is behind holds the period back, and what others cost in it counts', async () => {
  const { create, spend, budget, database } = await begin();
  await create({});
  await spend(['2026-03-31T22:00Z', '10'], ['2026-04-01T00:00Z', '20']);
  await database.pool.query(
    `insert into chargeback_data.meter (slug, unit, kind, query) values ('late', 'unit', 'counter', 'late')`,
  );
  await database.pool.query(
    `insert into chargeback_data.collection (meter_id, hour, collected_at)
     select id, '2026-03-31T20:00Z', now() from chargeback_data.meter where slug = 'late'`,
  );
  expect((await budget()).status).toMatchObject({ period: { start: '2026-03' }, spent: '10' });
});

test('a quarter that begins in an odd month has its three months, and only those', async () => {
  const { create, spend, budget } = await begin();
  await create({ interval: 'quarter', valid_from: '2025-11' });
  await spend(
    ['2026-01-31T23:00Z', '7'],
    ['2026-02-01T00:00Z', '20'],
    ['2026-04-30T23:00Z', '31'],
    ['2026-03-15T12:00Z', '1'],
  );
  expect((await budget()).status).toMatchObject({
    period: { start: '2026-02', end: '2026-05' },
    spent: '52',
    elapsed_percent: '100',
  });
  expect(
    await view(ledger, 'distinct on (budget) budget, period, interval, period_start::text, period_end::text'),
  ).toEqual([
    {
      budget: 'budget',
      period: '2026-02 to 2026-04',
      interval: 'quarter',
      period_start: '2026-02-01',
      period_end: '2026-05-01',
    },
  ]);
});

test('a year from April: March belongs to the year before', async () => {
  const { create, spend, budget } = await begin();
  await create({ interval: 'year', valid_from: '2024-04', amount: '1000' });
  await spend(['2026-03-31T23:00Z', '600'], ['2026-04-01T00:00Z', '90']);
  expect((await budget()).status).toMatchObject({ period: { start: '2026-04', end: '2027-04' }, spent: '90' });
  const { rows } = await ledger.database.pool.query(
    'select period, spent::text, used_percent::text, complete from chargeback.budget_history order by period_start',
  );
  expect(rows).toEqual([
    { period: '2024-04 to 2025-03', spent: '0', used_percent: '0.000000', complete: true },
    { period: '2025-04 to 2026-03', spent: '600.000000000000', used_percent: '60.000000', complete: true },
    { period: '2026-04 to 2027-03', spent: '90.000000000000', used_percent: '9.000000', complete: false },
  ]);
});

test('each scope counts what lies within it: the platform, nobody, a team in a cluster', async () => {
  const { create, spend, budget } = await begin();
  await create({ name: 'all' });
  await create({ name: 'nobody', scope: { workspace: '' } });
  await create({ name: 'orders', scope: { workspace: 'orders' } });
  await create({ name: 'team in cluster', scope: { cluster: 'vc-1', team: 'web' } });
  await create({ name: "o'brien & sons", scope: { business_unit: "o'brien", environment: '' } });
  await spend(
    [
      '2026-03-02T00:00Z',
      '1',
      { workspace: 'orders', team: 'web', cluster: 'vc-1', environment: 'prod', business_unit: "o'brien" },
    ],
    ['2026-03-02T00:00Z', '2', { workspace: 'orders', team: 'web', cluster: 'vc-2', business_unit: "o'brien" }],
    ['2026-03-02T00:00Z', '4', { team: 'web', cluster: 'vc-1', application: 'shop' }],
    ['2026-03-02T00:00Z', '8', { cluster: 'vc-1' }],
    ['2026-03-02T00:00Z', '16', { workspace: 'Orders' }],
  );
  const spent = async (name: string) => (await budget(name)).status?.spent;
  expect(await spent('all')).toBe('31');
  expect(await spent('nobody')).toBe('12');
  expect(await spent('orders')).toBe('3');
  expect(await spent('team in cluster')).toBe('5');
  expect(await spent("o'brien & sons")).toBe('2');
  expect(
    await view(ledger, 'distinct on (budget) budget, scope, workspace, team, cluster, business_unit, environment'),
  ).toEqual([
    {
      budget: 'all',
      scope: 'whole platform',
      workspace: null,
      team: null,
      cluster: null,
      business_unit: null,
      environment: null,
    },
    {
      budget: 'nobody',
      scope: 'workspace: Unallocated',
      workspace: '',
      team: null,
      cluster: null,
      business_unit: null,
      environment: null,
    },
    {
      budget: "o'brien & sons",
      scope: "business unit: o'brien, environment: Unallocated",
      workspace: null,
      team: null,
      cluster: null,
      business_unit: "o'brien",
      environment: '',
    },
    {
      budget: 'orders',
      scope: 'workspace: orders',
      workspace: 'orders',
      team: null,
      cluster: null,
      business_unit: null,
      environment: null,
    },
    {
      budget: 'team in cluster',
      scope: 'team: web, cluster: vc-1',
      workspace: null,
      team: 'web',
      cluster: 'vc-1',
      business_unit: null,
      environment: null,
    },
  ]);
});

test('costs of another currency do not count', async () => {
  const { create, spend, budget } = await begin();
  await create({ name: 'dollars' });
  await create({ name: 'euros', currency: 'EUR' });
  await spend(['2026-03-02T00:00Z', '10'], ['2026-03-02T00:00Z', '7', { workspace: 'abroad' }]);
  expect((await budget('dollars')).status?.spent).toBe('10');
  expect((await budget('euros')).status?.spent).toBe('7');
});

test('a zone with a clock change: March is an hour short in Berlin, and begins and ends at its midnights', async () => {
  const { create, spend, budget } = await begin('Europe/Berlin');
  await create({ valid_from: '2026-03' });
  await spend(['2026-02-28T22:00Z', '1'], ['2026-02-28T23:00Z', '2'], ['2026-03-16T12:00Z', '4']);
  expect((await budget()).status).toMatchObject({
    spent: '6',
    // 374 hours of 743.
    elapsed_percent: '50.3365',
    burn_ratio: '0.1192',
  });
  await spend(['2026-03-31T21:00Z', '8']);
  expect((await budget()).status).toMatchObject({ spent: '14', elapsed_percent: '100' });
  await spend(['2026-03-31T22:00Z', '16']);
  expect((await budget()).status).toMatchObject({ period: { start: '2026-04', end: '2026-05' }, spent: '16' });
  const { rows } = await ledger.database.pool.query(
    `select day::text, cost::text from chargeback.budget_days where budget = 'budget' and day >= '2026-03-16' order by day`,
  );
  expect(rows).toEqual([
    { day: '2026-03-16', cost: '4.000000000000' },
    { day: '2026-03-31', cost: '8.000000000000' },
    { day: '2026-04-01', cost: '16.000000000000' },
  ]);
});

test('a zone at half past: the hour over the month turn belongs to the month in which it begins', async () => {
  const { create, spend, budget } = await begin('Asia/Kolkata');
  await create({});
  await spend(['2026-03-31T18:00Z', '5']);
  expect((await budget()).status).toMatchObject({ period: { start: '2026-03' }, spent: '5', elapsed_percent: '100' });
});
