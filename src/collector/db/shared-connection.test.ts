import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDashboardLedger } from '../../testing/dashboard-ledger';
import { sampleFacts, ZONE } from '../../testing/dashboard-sample';
import type { TestDatabase } from '../../testing/database';
import { readerDangers } from './reader-dangers';

/*
 * What a viewer of Grafana can send: any SQL, as the reading role, on a connection that others use before and after.
 */
let database: TestDatabase;
let viewer: pg.Client;
let other: pg.Client;
const role = `viewer_${randomBytes(4).toString('hex')}`;

beforeAll(async () => {
  database = await createDashboardLedger(ZONE, sampleFacts().slice(0, 200));
  await database.pool.query(`create role ${role} login in role chargeback_reader`);
  // A copy of a database does not take rights on the database along.
  await database.pool.query(
    `do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$`,
  );
  const url = new URL(database.url);
  url.username = role;
  url.password = '';
  [viewer, other] = [new pg.Client({ connectionString: url.href }), new pg.Client({ connectionString: url.href })];
  await viewer.connect();
  await other.connect();
});
afterAll(async () => {
  await Promise.all([viewer.end(), other.end()]);
  await database.drop();
});
afterEach(() => viewer.query('rollback').catch(() => undefined));

const refused = async (sql: string) => {
  // Whatever a role has by default, a viewer can set away first.
  await viewer.query('set default_transaction_read_only = off; set statement_timeout = 0; set lock_timeout = 0');
  const answer = await viewer.query(sql).then(
    () => 'done',
    ({ code }: { code?: string }) => code,
  );
  return answer;
};
const INSUFFICIENT = '42501';

test('nothing is left that a superuser would have to take away', async () => {
  expect(await readerDangers(database.pool)).toEqual([]);
});

test.each([
  ['hold a lock that the collector waits for', `select pg_advisory_lock(hashtextextended('chargeback:migrate', 0))`],
  ['hold one without waiting', 'select pg_try_advisory_lock_shared(1)'],
  ['hold one for a transaction', 'select pg_advisory_xact_lock(1, 2)'],
  ['change a setting by a function, also inside of a query', `select set_config('TimeZone', 'Asia/Tokyo', false)`],
  ['end the query of another viewer', 'select pg_cancel_backend(pg_backend_pid())'],
  ['end the connection of another viewer', 'select pg_terminate_backend(pg_backend_pid())'],
  ['shadow a view', 'create temporary table settings (timezone text)'],
  ['shadow a view by a view', 'create temporary view settings as select 1'],
  ['make a schema to put first', 'create schema evil'],
  ['make a table in the public schema', 'create table public.settings (timezone text)'],
  ['make a function', 'create function public.sum(text) returns text language sql return $1'],
  ['replace a view', 'create or replace view chargeback.settings as select 1'],
  ['fill the disk with large objects', 'select lo_create(0)'],
  ['fill it from bytes', `select lo_from_bytea(0, 'x')`],
  ['wake up the queue', `select pg_notify('jobs:insert', '')`],
  ['write facts', 'insert into chargeback.hourly_cost_facts (hour) values (now())'],
  ['delete facts', 'delete from chargeback_data.fact'],
  ['read tables of the ledger', 'select * from chargeback_data.fact'],
  ['read hashes of tokens', 'select * from chargeback_data.api_token'],
  ['read the queue', 'select * from graphile_worker.jobs'],
  ['call functions of the ledger', 'select chargeback_data.closed_until()'],
  ['become the owner', `set role "${'postgres'}"`],
  ['become somebody else', 'set session authorization postgres'],
  ['read a file', `select pg_read_file('/etc/passwd')`],
  ['list a folder', `select pg_ls_dir('.')`],
  ['run a program', `copy (select 1) to program 'true'`],
  ['write a file', `copy (select 1) to '/evil'`],
  ['read a file into a table', `do $$ begin execute 'copy chargeback.settings from ''/etc/passwd'''; end $$`],
  ['lock a view against all', 'begin; lock table chargeback.settings in access exclusive mode'],
  ['change a role', `alter role ${role} superuser`],
  ['let itself in elsewhere', `grant postgres to ${role}`],
  ['read the password hashes', 'select * from pg_authid'],
])('a viewer cannot %s', async (_, sql) => {
  const answer = await refused(sql);
  // Writing into a view is refused for being a view, before rights are looked at.
  expect([INSUFFICIENT, '42809', '55000']).toContain(answer);
});

test('another viewer reads the same whatever one does to settings of his connection', async () => {
  const question = `select timezone, (select sum(cost)::text from chargeback.daily_cost_facts) as cost from chargeback.settings`;
  const before = await other.query(question);
  await viewer.query(
    `set timezone = 'Asia/Tokyo'; set search_path = nowhere; set datestyle = 'German'; set transform_null_equals = on`,
  );
  expect((await viewer.query(question)).rows).toEqual(before.rows);
  expect((await other.query(question)).rows).toEqual(before.rows);
});

test('the reading role has limits', async () => {
  const { rows } = await database.pool.query<{ rolconnlimit: number; rolconfig: string[] }>(
    `select rolconnlimit, rolconfig from pg_roles where rolname = 'chargeback_reader'`,
  );
  expect(rows[0]?.rolconnlimit).toBe(50);
  expect(rows[0]?.rolconfig).toEqual(
    expect.arrayContaining(['default_transaction_read_only=on', 'statement_timeout=60s', 'lock_timeout=5s']),
  );
});
