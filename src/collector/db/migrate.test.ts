import { createDatabase, type TestDatabase } from '../../testing/database';
import { migrate } from './migrate';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

test('ten collectors that start at once all find the newest schema', async () => {
  await database.pool.query(
    'drop schema chargeback_data cascade; drop schema chargeback cascade; drop table public.chargeback_migration; drop schema graphile_worker cascade',
  );
  const applied = await Promise.all(
    Array.from({ length: 10 }, () => migrate(database.url, { timezone: 'UTC', currency: 'USD' })),
  );
  expect(applied.flat().sort()).toEqual([
    '0001-ledger',
    '0002-views',
    '0003-order-of-names',
    '0004-directory-as-written',
    '0005-budgets',
    '0007-ledger-checks',
    '0008-collection-runs',
    '0009-alert-views',
    '0010-token-lifetimes',
    '0011-access',
    '0012-shared-connections',
    '0013-row-level-security',
    '0014-audit-trail',
    '0015-idempotency-keys',
  ]);
  const { rows } = await database.pool.query('select * from chargeback.settings');
  expect(rows).toEqual([{ timezone: 'UTC', currency: 'USD' }]);
});

test('a ledger with facts refuses another billing time zone, and says which to set', async () => {
  await database.pool.query(
    `select chargeback_data.ensure_partitions('2026-01-01Z', '2026-01-02Z');
     insert into chargeback_data.daily_fact values ('2026-01-01', 1, 1, 0, 1, 0, 0, 0, 1)`,
  );
  await expect(migrate(database.url, { timezone: 'Europe/Berlin', currency: 'USD' })).rejects.toThrow(
    /keeps its days and months in UTC.*Set CHARGEBACK_TIMEZONE=UTC/,
  );
});

test('chargeback_reader reads the views and nothing else', async () => {
  const reader = await database.pool.connect();
  try {
    await reader.query('set role chargeback_reader');
    for (const view of [
      'hourly_cost_facts',
      'daily_cost_facts',
      'hourly_usage',
      'unrated_usage',
      'collection_status',
      'meter_status',
      'periods',
      'settings',
    ]) {
      await reader.query(`select * from chargeback.${view} limit 1`);
    }
    await expect(reader.query('select * from chargeback_data.fact')).rejects.toThrow(
      /permission denied for schema chargeback_data/,
    );
    await expect(reader.query('create temporary table t (a int)')).rejects.toThrow(
      /permission denied to create temporary tables/,
    );
    await expect(reader.query('create table public.t (a int)')).rejects.toThrow(/permission denied for schema public/);
    await expect(reader.query(`insert into chargeback.settings values ('a', 'b')`)).rejects.toThrow();
  } finally {
    await reader.query('reset role');
    reader.release();
  }
});
