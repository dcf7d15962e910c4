import { setTimeout as sleep } from 'node:timers/promises';
import { createBudgetLedger, ANYBODY, type BudgetLedger } from '../../testing/budget-ledger';
import { testContext } from '../../testing/test-context';
import type { Context } from '../context';
import { inTransaction } from '../db/pool';
import { deleteBudget, replaceBudget } from './budgets';
import { recordCrossings } from './record-crossings';
import { repeatCrossings } from './repeat-crossings';

let ledger: BudgetLedger;
const others: Context[] = [];
const begin = async (timezone?: string) => (ledger = await createBudgetLedger(timezone));
afterEach(async () => {
  await Promise.all(others.splice(0).map(({ pool }) => pool.end()));
  await ledger.drop();
});

/** Another collector of the ledger. */
function another({ database }: BudgetLedger): Context {
  const context = testContext({ DATABASE_URL: database.url });
  others.push(context);
  return context;
}
const recordBy = (context: Context) => inTransaction(context.pool, (db) => recordCrossings(db, context));
const percents = async ({ crossings }: BudgetLedger) =>
  (await crossings()).map(({ period, percent }) => `${period.start} ${percent}`);
const announced = async ({ database }: BudgetLedger) => {
  const { rows } = await database.pool.query<{ one: string }>(
    `select to_char(period_start, 'YYYY-MM') || ' ' || trim_scale(threshold) as one from chargeback_data.budget_crossing where announced order by id`,
  );
  return rows.map(({ one }) => one);
};

test('a threshold is crossed at its last decimal: not at 99.999999999999 %, at 100 %', async () => {
  const { create, spend, record, crossings, budget } = await begin();
  await create({ thresholds: [100] });
  await spend(['2026-03-05T00:00Z', '99.999999999999']);
  expect(await record()).toBe(0);
  expect((await budget()).status).toMatchObject({ used_percent: '99.999999', thresholds: [{ reached: false }] });
  await spend(['2026-03-05T01:00Z', '0.000000000001']);
  expect(await record()).toBe(1);
  expect(await crossings()).toEqual([
    {
      id: expect.any(String),
      budget_id: expect.any(Number),
      budget: 'budget',
      period: { start: '2026-03', end: '2026-04' },
      percent: '100',
      amount: '100',
      spent: '100',
      currency: 'USD',
      crossed_at: expect.any(String),
      data_until: '2026-03-05T02:00:00.000Z',
      notifications: [],
    },
  ]);
  const [crossing] = await crossings();
  expect((await budget()).status).toMatchObject({
    used_percent: '100',
    thresholds: [{ percent: '100', reached: true, crossed_at: crossing?.crossed_at }],
  });
});

test('the greatest amount, short of it by the smallest sum: no rounding lifts it to 100 %', async () => {
  const { create, spend, record, budget } = await begin();
  await create({ amount: '999999999999.999999999999', thresholds: [100] });
  await spend(['2026-03-05T00:00Z', '999999999999.999999999998']);
  expect(await record()).toBe(0);
  expect((await budget()).status?.used_percent).toBe('99.999999');
  const { rows } = await ledger.database.pool.query('select reached from chargeback.budget_status');
  expect(rows).toEqual([{ reached: false }]);
});

test('each threshold is crossed once in a period, again in the next, and never a second time', async () => {
  const { create, spend, record } = await begin();
  await create({});
  await spend(['2026-03-05T00:00Z', '50']);
  expect(await record()).toBe(1);
  expect(await record()).toBe(0);
  await spend(['2026-03-06T00:00Z', '70']);
  expect(await record()).toBe(2);
  await spend(['2026-04-01T00:00Z', '90']);
  expect(await record()).toBe(2);
  expect(await record()).toBe(0);
  expect(await percents(ledger)).toEqual(['2026-03 50', '2026-03 90', '2026-03 100', '2026-04 50', '2026-04 90']);
});

test('a restatement takes spend below a threshold and another above it again: crossed once, told once', async () => {
  const { create, spend, record, reprice, budget } = await begin();
  await create({ thresholds: [90] });
  await spend(['2026-03-05T00:00Z', '95']);
  expect(await record()).toBe(1);
  await reprice('0.5');
  expect(await record()).toBe(0);
  expect((await budget()).status).toMatchObject({
    spent: '47.5',
    thresholds: [{ reached: false, crossed_at: expect.any(String) }],
  });
  await reprice('2');
  expect((await budget()).status).toMatchObject({ spent: '190', thresholds: [{ reached: true }] });
  expect(await record()).toBe(0);
  const crossings = await ledger.crossings();
  expect(crossings).toHaveLength(1);
  expect(crossings[0]).toMatchObject({ percent: '90', spent: '95' });
});

test('two collectors, and a third that saves budgets, record at once: every crossing is there once', async () => {
  const { create, spend, context, crossings } = await begin();
  const [second, third] = [another(ledger), another(ledger)];
  for (let index = 0; index < 5; index++) {
    await create({ name: `budget ${index}`, thresholds: [10, 20, 30, 40] });
  }
  for (let round = 1; round <= 4; round++) {
    await spend([`2026-03-0${round}T00:00Z`, '10']);
    const recorded = await Promise.all([
      recordBy(context),
      recordBy(second),
      recordBy(third),
      recordBy(second),
      create({ name: `late ${round}`, thresholds: [1000] }),
    ]);
    const ids = recorded.slice(0, 4).flat();
    // What the saving of the budget recorded is in none of the lists.
    expect(new Set(ids).size).toBe(ids.length);
    expect(await crossings()).toHaveLength(round * 5);
  }
});

test('a collector that dies before it commits leaves nothing, and the next one records it', async () => {
  const { create, spend, record, crossings } = await begin();
  await create({ thresholds: [50] });
  await spend(['2026-03-05T00:00Z', '60']);
  const dying = another(ledger);
  await expect(
    inTransaction(dying.pool, async (db) => {
      expect(await recordCrossings(db, dying)).toHaveLength(1);
      throw new Error('killed');
    }),
  ).rejects.toThrow('killed');
  expect(await crossings()).toEqual([]);
  expect(await record()).toBe(1);
});

test('a serving collector finds by itself that a threshold was crossed', async () => {
  const { create, spend, context, crossings } = await begin();
  await create({ thresholds: [50] });
  await spend(['2026-03-05T00:00Z', '60']);
  const stopping = new AbortController();
  const running = repeatCrossings(context, stopping.signal);
  for (let tries = 0; tries < 100 && (await crossings()).length === 0; tries++) {
    await sleep(50);
  }
  stopping.abort();
  await running;
  expect(await percents(ledger)).toEqual(['2026-03 50']);
});

test('last year is collected late: its crossings are kept, and nobody is told of them', async () => {
  const { create, spend, record } = await begin();
  await create({ valid_from: '2025-01', thresholds: [50] });
  await spend(
    ['2025-02-05T00:00Z', '60'],
    ['2025-12-31T23:00Z', '70'],
    ['2026-01-31T23:00Z', '80'],
    ['2026-02-05T00:00Z', '90'],
  );
  expect(await record()).toBe(4);
  expect(await percents(ledger)).toEqual(['2025-02 50', '2025-12 50', '2026-01 50', '2026-02 50']);
  // January has ended five days before the watermark: what arrives that late is still news.
  expect(await announced(ledger)).toEqual(['2026-01 50', '2026-02 50']);
});

test('seven days after its end a period is history', async () => {
  const { create, spend, record } = await begin();
  await create({ valid_from: '2026-01', thresholds: [50] });
  await spend(['2026-01-10T00:00Z', '60'], ['2026-02-07T23:00Z', '0']);
  await record();
  expect(await announced(ledger)).toEqual([]);
});

test('a meter that is ahead crosses in the month in which its cost lies, before the others are there', async () => {
  const { create, spend, record, database } = await begin();
  await create({ thresholds: [50] });
  await spend(['2026-04-01T00:00Z', '60']);
  await database.pool.query(
    `insert into chargeback_data.meter (slug, unit, kind, query) values ('late', 'unit', 'counter', 'late')`,
  );
  await database.pool.query(
    `insert into chargeback_data.collection (meter_id, hour, collected_at)
     select id, '2026-03-31T20:00Z', now() from chargeback_data.meter where slug = 'late'`,
  );
  await record();
  expect(await announced(ledger)).toEqual(['2026-04 50']);
});

test('a budget is deleted and created again: its crossings stay, the new one crosses for itself', async () => {
  const { create, spend, context, crossings, budget } = await begin();
  const first = await create({ thresholds: [50] });
  await spend(['2026-03-05T00:00Z', '60']);
  await ledger.record();
  await deleteBudget(context, first.id, ANYBODY);
  const second = await create({ thresholds: [50, 55] });
  expect(second.id).not.toBe(first.id);
  expect((await crossings()).map(({ budget_id, percent }) => [budget_id, percent])).toEqual([
    [first.id, '50'],
    [second.id, '50'],
    [second.id, '55'],
  ]);
  expect((await budget()).status?.thresholds.map(({ reached }) => reached)).toEqual([true, true]);
  const { rows } = await ledger.database.pool.query(
    'select distinct budget_id::integer as id from chargeback.budget_status',
  );
  expect(rows).toEqual([{ id: second.id }]);
});

test('a new budget that is spent already has crossed at once', async () => {
  const { create, spend } = await begin();
  await spend(['2026-03-05T00:00Z', '95']);
  expect((await create({})).status?.thresholds).toEqual([
    { percent: '50', reached: true, crossed_at: expect.any(String) },
    { percent: '90', reached: true, crossed_at: expect.any(String) },
    { percent: '100', reached: false, crossed_at: null },
  ]);
  expect(await announced(ledger)).toEqual(['2026-03 50', '2026-03 90']);
});

test('a smaller amount crosses at once, a greater one takes nothing back, and a quarter is another period than its first month', async () => {
  const { create, spend, context, budget } = await begin();
  const { id } = await create({ thresholds: [100] });
  await spend(['2026-03-05T00:00Z', '60']);
  const change = async (amount: string, interval: 'month' | 'quarter') => {
    const { name, scope, owner, contact, valid_from, notes, currency } = await budget();
    await replaceBudget(
      context,
      id,
      { name, scope, owner, contact, valid_from, notes, currency, thresholds: ['100'], amount, interval },
      ANYBODY,
    );
    return (await budget()).status?.thresholds;
  };
  expect(await change('60', 'month')).toEqual([{ percent: '100', reached: true, crossed_at: expect.any(String) }]);
  expect(await change('300', 'month')).toEqual([{ percent: '100', reached: false, crossed_at: expect.any(String) }]);
  expect(await change('50', 'month')).toMatchObject([{ reached: true }]);
  expect(await ledger.crossings()).toHaveLength(1);
  expect(await change('300', 'quarter')).toEqual([{ percent: '100', reached: false, crossed_at: null }]);
  expect(await change('40', 'quarter')).toMatchObject([{ reached: true, crossed_at: expect.any(String) }]);
  expect((await ledger.crossings()).map(({ period, amount }) => [period, amount])).toEqual([
    [{ start: '2026-03', end: '2026-04' }, '60'],
    [{ start: '2026-03', end: '2026-06' }, '40'],
  ]);
});

test('a recorded crossing cannot be changed or taken back, whoever tries', async () => {
  const { create, spend, record, database } = await begin();
  await create({ thresholds: [50] });
  await spend(['2026-03-05T00:00Z', '60']);
  await record();
  await expect(database.pool.query('update chargeback_data.budget_crossing set spent = 0')).rejects.toThrow(
    /never changed/,
  );
  await expect(database.pool.query('delete from chargeback_data.budget_crossing')).rejects.toThrow(/never changed/);
});

test('what is recorded is what the history of the budgets shows, whatever their periods, currencies and first months', async () => {
  const { create, spend, database, record } = await begin('Europe/Berlin');
  await spend(
    ['2025-11-30T23:30Z', '40'],
    ['2026-02-10T00:00Z', '70', { workspace: 'abroad' }],
    ['2026-03-05T00:00Z', '95'],
    ['2026-03-31T22:00Z', '60', { workspace: 'payments' }],
    ['2026-05-01T00:00Z', '-30'],
    ['2026-06-01T00:00Z', '120'],
  );
  for (const interval of ['month', 'quarter', 'year'] as const) {
    for (const valid_from of ['1970-01', '2025-12', '2026-04', '2031-01']) {
      await create({ name: `${interval} ${valid_from}`, interval, valid_from });
      await create({ name: `abroad ${interval} ${valid_from}`, interval, valid_from, currency: 'EUR', amount: '60' });
    }
  }
  expect(await record()).toBe(0);
  const { rows } = await database.pool.query<{ of: string; percent: string }>(
    `select h.budget || ' ' || h.period as of, h.spent::text, t.threshold::text as percent
     from chargeback.budget_history h join chargeback_data.budget b on b.id = h.budget_id
     cross join lateral unnest(b.thresholds) as t(threshold)
     where h.spent * 100 >= t.threshold * h.amount order by 1, 3`,
  );
  const recorded = await database.pool.query(
    'select budget || $1 || period as of, spent::text, threshold::numeric(6, 2)::text as percent from chargeback.budget_crossings order by 1, 3',
    [' '],
  );
  expect(rows.length).toBeGreaterThan(20);
  expect(recorded.rows).toEqual(rows);
});
