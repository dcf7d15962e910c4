import { HOUR } from '../../domain/hours';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { loadConfig } from '../config';
import { closePeriod } from './close-period';

let database: TestDatabase;
const START = Date.parse('2025-12-31T23:00:00Z');
const END = Date.parse('2026-01-31T23:00:00Z');
const context = () => ({
  pool: database.pool,
  config: loadConfig({ DATABASE_URL: database.url, CHARGEBACK_TIMEZONE: 'Europe/Berlin' }),
  now: () => Date.parse('2026-02-10T00:00:00Z'),
});

beforeAll(async () => {
  database = await createDatabase({ timezone: 'Europe/Berlin' });
  await database.pool.query(
    `insert into chargeback_data.meter (slug, unit, kind, query) values ('m', 'unit', 'counter', 'm_total');
     select chargeback_data.ensure_partitions('2025-12-31Z', '2026-02-02Z');
     insert into chargeback_data.resource (key) values ('\\x00');
     insert into chargeback_data.fact (hour, meter_id, resource_id, quantity, coverage, estimated)
       select h, 1, 1, 1, 1, false from generate_series('2025-12-31 23:00Z'::timestamptz, '2026-02-01 05:00Z', interval '1 hour') h`,
  );
});
afterAll(() => database.drop());

test('a month with missing hours, one that has not ended, and no month at all are refused with the reason', async () => {
  await database.pool.query(
    `insert into chargeback_data.collection (meter_id, hour, collected_at)
     select 1, h, h from generate_series('2025-12-31 23:00Z'::timestamptz, '2026-02-01 05:00Z', interval '1 hour') h where h not in ('2026-01-05 03:00Z', '2026-01-05 04:00Z')`,
  );
  await expect(closePeriod(context(), '2026-01', 'me')).rejects.toThrow(
    /m: 2 hours from 2026-01-05T03:00:00Z on are not collected; run chargeback collect --from 2026-01-05T03:00:00Z --to 2026-01-05T05:00:00Z/,
  );
  await expect(closePeriod(context(), '2026-02', 'me')).rejects.toThrow(/has not ended/);
  await expect(closePeriod(context(), '2026-13', 'me')).rejects.toThrow(/not a month/);
});

test('a closed month refuses every write, for every role, in the hours of the billing time zone and no other', async () => {
  await database.pool.query(
    `insert into chargeback_data.collection (meter_id, hour, collected_at) values (1, '2026-01-05 03:00Z', now()), (1, '2026-01-05 04:00Z', now())`,
  );
  await closePeriod(context(), '2026-01', 'me');
  const attempts = [
    `insert into chargeback_data.fact (hour, meter_id, resource_id, quantity, coverage, estimated) values ('2026-01-20 00:00Z', 1, 2, 1, 1, false)`,
    `update chargeback_data.fact set quantity = 2 where hour = '2025-12-31 23:00Z'`,
    `update chargeback_data.fact set hour = '2026-01-31 22:00Z' where hour = '2026-01-31 23:00Z'`,
    `delete from chargeback_data.fact where hour = '2026-01-31 22:00Z'`,
    `truncate chargeback_data.fact`,
    `insert into chargeback_data.daily_fact values ('2026-01-31', 1, 1, 0, 1, 0, 0, 0, 1)`,
    `set session_replication_role = replica; delete from chargeback_data.fact where hour = '2026-01-10 00:00Z'`,
  ];
  for (const statement of attempts) {
    await expect(database.pool.query(statement)).rejects.toThrow(/BILLING_PERIOD_LOCKED/);
  }
  await database.pool.query(
    `set session_replication_role = origin; update chargeback_data.fact set quantity = 3 where hour in ('2026-01-31 23:00Z', '2026-02-01 00:00Z')`,
  );
  const { rows } = await database.pool.query<{ sum: string }>(
    `select sum(quantity)::text from chargeback_data.fact where hour >= $1 and hour < $2`,
    [new Date(START), new Date(END)],
  );
  expect(rows[0]?.sum).toBe(String((END - START) / HOUR));
});

test('a closed month cannot be closed again, and no price may reach into it', async () => {
  await expect(closePeriod(context(), '2026-01', 'me')).rejects.toMatchObject({ code: 'BILLING_PERIOD_LOCKED' });
  await database.pool.query(
    `insert into chargeback_data.rate_card (name, currency, valid_from, created_by, updated_by) values ('c', 'USD', '2026-01-01Z', 'me', 'me')`,
  );
  await expect(
    database.pool.query(
      `insert into chargeback_data.price (rate_card_id, meter_id, workspace, valid_from, per) values (1, 1, '', '2026-01-15Z', 1)`,
    ),
  ).rejects.toThrow(/BILLING_PERIOD_LOCKED/);
});
