import { randomBytes } from 'node:crypto';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { migrate } from './migrate';
import { createPool } from './pool';
import { REQUEST_ROLE } from './shown-workspaces';

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
    '0016-names-of-budgets',
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

test('every table of the ledger with rows of a workspace is under row-level security, and nothing new is readable by itself', async () => {
  const { rows: open } = await database.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relnamespace = 'chargeback_data'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and not c.relrowsecurity
       and (has_any_column_privilege('chargeback_team_reader', c.oid, 'select') or has_any_column_privilege('chargeback_request', c.oid, 'select'))
     order by 1`,
  );
  // Of the platform as a whole; requests read of them what the routes tell to everybody.
  expect(open.map(({ name }) => name)).toEqual(['collection', 'job', 'meter', 'period', 'setting']);
  const { rows: bare } = await database.pool.query(
    `select relname from pg_class c where relnamespace = 'chargeback_data'::regnamespace and relrowsecurity
       and not exists (select from pg_policy where polrelid = c.oid and polroles && array['chargeback_team_reader'::regrole::oid, 'chargeback_request'::regrole::oid])`,
  );
  expect(bare).toEqual([]);
  await database.pool.query(
    'create table chargeback_data.later (a integer); create view chargeback.later as select * from chargeback_data.later',
  );
  const { rows: later } = await database.pool.query(
    `select r, c.oid::regclass::text as relation from pg_class c, unnest(array['chargeback_team_reader', 'chargeback_request']) r
     where relname = 'later' and has_table_privilege(r, c.oid, 'select')`,
  );
  expect(later).toEqual([]);
});

test('a collector that owns its database and may create roles needs no more, and starts again and again', async () => {
  const owner = `owner_${randomBytes(4).toString('hex')}`;
  await database.pool.query(`create role ${owner} login createrole`);
  await database.pool.query(`create database ${owner} owner ${owner}`);
  const url = new URL(database.url);
  [url.username, url.password, url.pathname] = [owner, '', `/${owner}`];
  try {
    expect(await migrate(url.href, { timezone: 'UTC', currency: 'USD' })).toContain('0013-row-level-security');
    expect(await migrate(url.href, { timezone: 'UTC', currency: 'USD' })).toEqual([]);
    const restricted = createPool(url.href, { role: REQUEST_ROLE });
    try {
      const { rows } = await restricted.query(
        'select current_user as me, count(*)::integer as seen from chargeback_data.fact',
      );
      expect(rows).toEqual([{ me: REQUEST_ROLE, seen: 0 }]);
    } finally {
      await restricted.end();
    }
  } finally {
    await database.pool.query(`drop database ${owner} with (force)`);
    await database.pool.query(`drop role ${owner}`);
  }
});
