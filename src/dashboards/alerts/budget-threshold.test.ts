import { DateTime } from 'luxon';
import { Decimal } from '../../domain/decimal';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import type { TestDatabase } from '../../testing/database';
import { alertSql, firing, readAlert } from '../../testing/firing-alerts';
import { budgetThreshold } from './budget-threshold';

const ZONE = 'America/New_York';
const month = DateTime.now().setZone(ZONE).startOf('month');
const SPENT = new Decimal('1234.567890123457');

const fact = (hours: number, workspace: string, cost: Decimal, currency = 'USD'): PlainFact => ({
  hour: month.plus({ hours }).toJSDate(),
  meter: 'kafka_ingress_bytes',
  resource: { workspace, team: 'web' },
  quantity: '1',
  cost: cost.toFixed(),
  currency,
  estimated: false,
});

let ledger: TestDatabase;
beforeAll(async () => {
  ledger = await createDashboardLedger(ZONE, [
    // The last hour of the month before, and the first of this one, in the billing time zone.
    fact(-1, 'app', SPENT.times(10)),
    fact(0, 'app', SPENT),
    fact(0, 'other', SPENT),
    fact(1, 'app', SPENT.times(100), 'EUR'),
  ]);
});
afterAll(() => ledger.drop());
afterEach(() => ledger.pool.query('delete from chargeback_data.budget'));

async function budget(
  amount: Decimal,
  thresholds: string[],
  {
    name = 'app',
    scope = { workspace: 'app' },
    owner = 'ann',
    contact = [],
    from = month,
  }: { name?: string; scope?: Record<string, string>; owner?: string; contact?: string[]; from?: DateTime } = {},
): Promise<string> {
  const { rows } = await ledger.pool.query<{ id: number }>(
    `insert into chargeback_data.budget (name, scope, amount, currency, interval, thresholds, owner, contact, valid_from, created_by, updated_by)
     values ($1, $2, $3, 'USD', 'month', $4, $5, $6, $7, 'test', 'test') returning id`,
    [name, scope, amount.toFixed(12), thresholds, owner, contact, from.toISODate()],
  );
  return `budget:${rows[0]?.id}`;
}

async function allFiring() {
  return {
    info: await firing(ledger.pool, budgetThreshold, 'info'),
    warning: await firing(ledger.pool, budgetThreshold, 'warning'),
    critical: await firing(ledger.pool, budgetThreshold, 'critical'),
  };
}

test.each(['50', '90', '100'])(
  'a budget fires at exactly %s %%, and not a fraction of a cent before',
  async (percent) => {
    // The cost is that percentage of the amount exactly, then the smallest amount of money less.
    const amount = SPENT.times(900);
    const id = await budget(amount, [percent]);
    const spend = (cost: Decimal) =>
      ledger.pool.query(
        `update chargeback_data.monthly_fact f set cost = $1 from chargeback_data.resource r, chargeback_data.rate_card c
       where r.id = f.resource_id and r.workspace = 'app' and c.id = f.rate_card_id and c.currency = 'USD' and f.month = $2`,
        [cost.toFixed(12), month.toISODate()],
      );
    const exact = amount.times(percent).div(100);
    try {
      await spend(exact.minus('0.000000000001'));
      expect(Object.values(await allFiring()).flat()).toEqual([]);
      await spend(exact);
      expect(Object.values(await allFiring()).flat()).toEqual([`${id} ${percent}`]);
      await spend(exact.plus('0.000000000001'));
      expect(Object.values(await allFiring()).flat()).toEqual([`${id} ${percent}`]);
    } finally {
      await spend(SPENT);
    }
  },
);

test('each threshold belongs to one severity, and those that are reached fire together', async () => {
  const id = await budget(SPENT.div('1.2').toDecimalPlaces(12, Decimal.ROUND_DOWN), [
    '10',
    '89.99',
    '90',
    '99.99',
    '100',
    '120',
    '120.01',
  ]);
  expect(await allFiring()).toEqual({
    info: [`${id} 10`, `${id} 89.99`],
    warning: [`${id} 90`, `${id} 99.99`],
    critical: [`${id} 100`, `${id} 120`],
  });
});

test('labels say whose budget it is and which period; without spend there is a row as well', async () => {
  const quiet = await budget(new Decimal(1), ['50'], { name: 'quiet', scope: { workspace: 'nothing' } });
  const all = await budget(SPENT.times(8), ['25'], {
    name: "O'Brien & sons",
    scope: {},
    owner: 'Ann',
    contact: ['a@example.com', 'b@example.com'],
  });
  const rows = await readAlert(ledger.pool, alertSql(budgetThreshold, 'value', 'info'));
  const period = {
    period: month.toFormat('yyyy-MM'),
    period_start: month.toUTC().toISO(),
    period_end: month.plus({ months: 1 }).toUTC().toISO(),
    currency: 'USD',
  };
  expect(rows).toHaveLength(2);
  expect(rows).toContainEqual({
    workspace: 'nothing',
    owner_team: 'ann',
    entity_id: quiet,
    entity_name: 'quiet',
    budget: 'quiet',
    owner: 'ann',
    contact: 'None',
    scope: 'workspace: nothing',
    ...period,
    threshold: '50',
    value: 0,
  });
  expect(rows).toContainEqual({
    workspace: 'All',
    owner_team: 'Ann',
    entity_id: all,
    entity_name: "O'Brien & sons",
    budget: "O'Brien & sons",
    owner: 'Ann',
    contact: 'a@example.com, b@example.com',
    scope: 'whole platform',
    ...period,
    threshold: '25',
    value: 25,
  });
  expect((await allFiring()).info).toEqual([`${all} 25`]);
});

test('the numbers of the text: what is spent and the amount, once a budget', async () => {
  const id = await budget(SPENT.times(2), ['50', '60']);
  for (const [name, value] of [
    ['spent', SPENT],
    ['amount', SPENT.times(2)],
  ] as const) {
    expect(await readAlert(ledger.pool, alertSql(budgetThreshold, name))).toEqual([
      { entity_id: id, value: value.toNumber() },
    ]);
  }
});

test('a budget that is gone, or begins later, is not watched; without any there is no row, which is well', async () => {
  await budget(new Decimal(1), ['50'], { from: month.plus({ months: 1 }) });
  await budget(new Decimal(1), ['50'], { name: 'gone' });
  await ledger.pool.query(`update chargeback_data.budget set deleted_at = now() where name = 'gone'`);
  expect((await ledger.pool.query(alertSql(budgetThreshold))).rows).toEqual([]);
  expect(budgetThreshold.noData).toBe('OK');
});
