import { DateTime } from 'luxon';
import { Decimal } from '../../../domain/decimal';
import { createDashboardLedger, type PlainFact } from '../../../testing/dashboard-ledger';
import { sampleFacts, ZONE } from '../../../testing/dashboard-sample';
import type { TestDatabase } from '../../../testing/database';
import { checkLedger } from './check-ledger';

const facts = sampleFacts();
const dayOf = ({ hour }: PlainFact) => DateTime.fromJSDate(hour, { zone: ZONE }).toISODate() ?? '';
const days = [...new Set(facts.map(dayOf))].sort();

let ledger: TestDatabase;
const check = () => checkLedger({ pool: ledger.pool, config: { timezone: ZONE } as never });
const query = async <T extends object>(sql: string, values: unknown[] = []) =>
  (await ledger.pool.query<T>(sql, values)).rows;
/** Long ago, all hours were collected and all days checked. */
async function letADayPass() {
  await query(`update chargeback_data.collection set collected_at = collected_at - interval '2 hours'`);
  await query(`update chargeback_data.day_check set checked_at = checked_at - interval '1 hour'`);
}
const checksums = async () =>
  Object.fromEntries(
    (
      await query<{ key: string; checksum: string }>(
        `select day || ' ' || currency as key, checksum from chargeback.ledger_checks`,
      )
    ).map(({ key, checksum }) => [key, checksum]),
  );

beforeEach(async () => {
  ledger = await createDashboardLedger(ZONE, facts);
});
afterEach(() => ledger.drop());

test('every billing day is counted, by currency, over a change of clocks', async () => {
  expect(await check()).toBe(days.length);
  const expected = new Map<string, { facts: number; cost: Decimal }>();
  for (const fact of facts.filter(({ cost }) => cost !== null)) {
    const key = `${dayOf(fact)} ${fact.currency}`;
    const { facts: count, cost } = expected.get(key) ?? { facts: 0, cost: new Decimal(0) };
    expected.set(key, { facts: count + 1, cost: cost.plus(fact.cost ?? 0) });
  }
  const rows = await query<{ key: string; facts: string; rolled: string; cost: string; difference: string }>(
    `select day || ' ' || currency as key, facts, rolled_facts as rolled, cost, difference from chargeback.ledger_checks`,
  );
  expect(
    Object.fromEntries(rows.map(({ key, ...row }) => [key, [row.facts, row.rolled, new Decimal(row.cost).toFixed()]])),
  ).toEqual(
    Object.fromEntries(
      [...expected].map(([key, { facts: count, cost }]) => [key, [String(count), String(count), cost.toFixed()]]),
    ),
  );
  expect(rows.filter(({ difference }) => Number(difference) !== 0)).toEqual([]);
  const all = await query<{ day: string; facts: string }>(
    'select day::text as day, facts from chargeback.checked_days order by day',
  );
  expect(all).toEqual(days.map((day) => ({ day, facts: String(facts.filter((fact) => dayOf(fact) === day).length) })));
  const months = await query<{ difference: string; monthly_cost: string }>(
    'select difference, monthly_cost from chargeback.monthly_checks',
  );
  expect(months.length).toBeGreaterThan(5);
  expect(months.every(({ difference }) => Number(difference) === 0)).toBe(true);
});

test('the checksum depends on what the facts say, and not on their order or when they were recorded', async () => {
  await check();
  const before = await checksums();
  await query(`create table copy as select * from chargeback_data.fact order by random()`);
  await query('delete from chargeback_data.fact');
  await query(`insert into chargeback_data.fact select * from copy`);
  await query(`update chargeback_data.fact set recorded_at = now(), quantity = quantity * 1.000`);
  await query('truncate chargeback_data.day_check');
  await check();
  expect(await checksums()).toEqual(before);

  // The same sum of costs on the day, in other hands.
  await query(
    `update chargeback_data.fact f set quantity = o.quantity
     from (select * from chargeback_data.fact where hour = '2026-03-28T10:00Z' and cost is not null order by quantity limit 1) o
     where f.hour = o.hour and f.cost is not null and f.resource_id <> o.resource_id`,
  );
  await query('truncate chargeback_data.day_check');
  await check();
  const after = await checksums();
  expect(Object.keys(before).filter((key) => after[key] !== before[key])).not.toEqual([]);
  expect(Object.keys(before).filter((key) => after[key] !== before[key] && !key.startsWith('2026-03-28'))).toEqual([]);
});

test('facts that were changed beside the collector show as the difference of their day', async () => {
  await query(
    `update chargeback_data.fact set cost = cost + 5
     where (hour, meter_id, resource_id) = (select f.hour, f.meter_id, f.resource_id from chargeback_data.fact f
       join chargeback_data.price p on p.id = f.price_id join chargeback_data.rate_card c on c.id = p.rate_card_id
       where f.hour = '2026-03-27T22:00Z' and c.currency = 'USD' limit 1)`,
  );
  await query(
    `update chargeback_data.monthly_fact set cost = cost - 1 where month = '2026-02-01' and meter_id = (select id from chargeback_data.meter where slug = 'kafka_ingress_bytes') and resource_id = (select min(resource_id) from chargeback_data.monthly_fact where month = '2026-02-01')`,
  );
  await check();
  expect(
    await query(
      `select day::text as day, currency, difference::text as difference from chargeback.ledger_checks where difference <> 0`,
    ),
  ).toEqual([{ day: '2026-03-27', currency: 'USD', difference: '-5.000000000000' }]);
  expect(
    await query(
      `select month::text as month, difference::text as difference from chargeback.monthly_checks where difference <> 0`,
    ),
  ).toEqual([{ month: '2026-02-01', difference: '-1.000000000000' }]);
});

test('a fault that was mended, and a currency that a day has no more, leave nothing behind', async () => {
  await query(`update chargeback_data.fact set cost = cost + 5 where hour = '2026-03-27T22:00Z' and cost is not null`);
  await check();
  expect(await query('select from chargeback.ledger_checks where difference <> 0')).not.toEqual([]);
  await query(`update chargeback_data.fact set cost = cost - 5 where hour = '2026-03-27T22:00Z' and cost is not null`);
  await query(`insert into chargeback_data.day_check select '2026-03-27', 'JPY', 1, 1, 1, 1, 1, now()`);
  await query(`update chargeback_data.day_check set checked_at = now() - interval '2 days'`);
  await check();
  expect(await query('select from chargeback.ledger_checks where difference <> 0')).toEqual([]);
  expect(await query(`select from chargeback.ledger_checks where currency = 'JPY'`)).toEqual([]);
});

test('only what may have changed is checked again, the rest once a day', async () => {
  await check();
  await letADayPass();
  expect(await check()).toBe(0);

  await query(`update chargeback_data.collection set collected_at = now() where hour = '2026-03-27T23:00Z'`);
  expect(await check()).toBe(1);
  const [newest] = await query<{ day: string }>(
    'select day::text as day from chargeback.checked_days order by checked_at desc limit 1',
  );
  expect(newest).toEqual({ day: '2026-03-28' });

  await letADayPass();
  await query(
    `insert into chargeback_data.period (month, starts_at, ends_at, closed_by)
     select m, m::timestamp at time zone $1, (m + interval '1 month') at time zone $1, 'test' from generate_series('2025-10-01'::timestamp, '2026-03-01', interval '1 month') m`,
    [ZONE],
  );
  await query(`insert into chargeback_data.audit (actor, action, subject) values ('ann', 'token.create', 'x')`);
  expect(await check()).toBe(0);
  await query(`insert into chargeback_data.audit (actor, action, subject) values ('ann', 'rate-card.create', 'x')`);
  expect(await check()).toBe(days.filter((day) => day >= '2026-04').length);

  await letADayPass();
  await query(`update chargeback_data.day_check set checked_at = now() - interval '25 hours'`);
  expect(await check()).toBe(days.length);
});

test('several collectors at once check every day once', async () => {
  await query(`update chargeback_data.collection set collected_at = collected_at - interval '2 hours'`);
  const counts = await Promise.all([check(), check(), check()]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(days.length);
});

test('an empty ledger has nothing to check', async () => {
  await ledger.drop();
  ledger = await createDashboardLedger(ZONE, []);
  expect(await check()).toBe(0);
});
