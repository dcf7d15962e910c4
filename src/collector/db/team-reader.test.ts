import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestDatabase } from '../../testing/database';
import { CANARY, createTwoTeamsLedger, OURS } from '../../testing/two-teams-ledger';
import { createReader } from '../access/readers';
import { restoreReaderDefaults } from './reader-defaults';

/*
 * What somebody of a team can send on the datasource of the team: any SQL. The ledger holds other teams, everything of whom is
 * called or counts something that a spy knows.
 */
let database: TestDatabase;
let team: pg.Client;
let role: string;

/** Text that only others have: names, and figures of their usage and what it cost. */
const OF_OTHERS = 'kanari|7777777777|99999999999|55555555555';

beforeAll(async () => {
  database = await createTwoTeamsLedger();
  // Stands for whatever a function can betray: it runs early, being cheap, and fails when it is shown what others have.
  await database.pool.query(
    `create function public.spy(shown text) returns boolean language plpgsql cost 0.0001 as $$
     begin
       if shown ~* '${OF_OTHERS}' then raise exception 'seen: %', shown; end if;
       return true;
     end $$`,
  );
  const reader = await createReader(database.pool, { name: 'ours', workspaces: [OURS] }, 'test');
  role = reader.role;
  await database.pool.query(
    `do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$`,
  );
  team = new pg.Client({ connectionString: as(role, reader.password) });
  await team.connect();
});
afterAll(async () => {
  await team.end();
  await database.pool.query(`drop role ${role}`).catch(() => undefined);
  await database.drop();
});
afterEach(() => team.query('rollback; reset all; reset role'));

function as(user: string, password: string): string {
  const url = new URL(database.url);
  url.username = user;
  url.password = password;
  return url.href;
}

/** What the team gets for SQL: rows or the error, as text. Whatever a role has by default, one can set away first. */
async function told(sql: string): Promise<string> {
  await team.query('set default_transaction_read_only = off; set statement_timeout = 0; set lock_timeout = 0');
  return team.query(sql).then(
    (result: pg.QueryResult | pg.QueryResult[]) => JSON.stringify([result].flat().map(({ rows }) => rows)),
    (error: Error & { code?: string; detail?: string }) => `${error.code} ${error.message} ${error.detail ?? ''}`,
  );
}

interface ViewColumn {
  view: string;
  column: string;
}

async function columns(): Promise<ViewColumn[]> {
  const { rows } = await database.pool.query<ViewColumn>(
    `select c.relname as view, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = 'chargeback'::regnamespace and c.relkind = 'v' order by 1, a.attnum`,
  );
  return rows;
}

test('a team may read every view', async () => {
  const { rows } = await database.pool.query<{ view: string }>(
    `select relname as view from pg_class where relnamespace = 'chargeback'::regnamespace and relkind = 'v' and not has_table_privilege($1, oid, 'select')`,
    [role],
  );
  expect(rows).toEqual([]);
});

/** Views of the platform, which read as their owner and leave out by themselves what tells of others. */
const OF_THE_PLATFORM = [
  'alert_collector_stale',
  'alert_ledger_integrity',
  'alert_missing_hours',
  'checked_days',
  'collection_runs',
  'collection_status',
  'jobs',
  'ledger_checks',
  'meter_status',
  'meters',
  'monthly_checks',
  'periods',
  'settings',
  'storage',
];

test('every view but those of the platform reads as whoever asks', async () => {
  // One that is made anew without saying so reads as its owner, who sees everything.
  const { rows } = await database.pool.query<{ view: string }>(
    `select relname as view from pg_class where relnamespace = 'chargeback'::regnamespace and relkind = 'v'
       and not 'security_invoker=true' = any (coalesce(reloptions, '{}')) order by relname collate "C"`,
  );
  expect(rows.map(({ view }) => view)).toEqual(OF_THE_PLATFORM);
});

test('no function is ever shown what others have, wherever in a query it stands', async () => {
  const views = new Map<string, string[]>();
  for (const { view, column } of await columns()) {
    views.set(view, [...(views.get(view) ?? []), column]);
  }
  expect(views.size).toBeGreaterThan(35);
  const betrayed: string[] = [];
  const blind: string[] = [];
  for (const [view, names] of views) {
    const spies = names.map((name) => `public.spy(v.${name}::text)`);
    const questions = [
      ...spies.map((spied) => `select count(*) from chargeback.${view} v where ${spied}`),
      `select count(*) from chargeback.${view} v where public.spy(v::text)`,
      `select count(*) filter (where ${spies.join(' or ')}) from chargeback.${view} v`,
      `select 1 from chargeback.${view} v order by ${spies.join(', ')} limit 1`,
      `select count(*) from chargeback.${view} v join chargeback.resources r on ${spies.join(' and ')}`,
      `select count(*) from chargeback.${view} v group by ${spies[0]} having bool_or(${spies.join(' and ')})`,
    ];
    for (const sql of questions) {
      const answer = await told(sql);
      if (!answer.startsWith('[')) {
        betrayed.push(`${sql}: ${answer}`);
      }
    }
    // The spy is not blind: it sees what there is to see for whoever may see everything.
    const all = await database.pool.query(`select from chargeback.${view} v where public.spy(v::text)`).then(
      () => 'nothing',
      () => 'others',
    );
    if (all === 'others') {
      blind.push(view);
    }
  }
  expect(betrayed).toEqual([]);
  expect(blind).toEqual(
    expect.arrayContaining([
      'resources',
      'hourly_cost_facts',
      'daily_usage',
      'prices',
      'budget_status',
      'changes',
      'jobs',
    ]),
  );
});

test.each([
  ['division by zero', `select 1 / (case when workspace ~* 'kanari' then 0 else 1 end) from chargeback.resources`],
  [
    'in a condition',
    `select * from chargeback.daily_cost_facts where 1 / (case when workspace ~* 'kanari' then 0 else 1 end) = 1`,
  ],
  [
    'in an order',
    `select 1 from chargeback.daily_usage order by 1 / (case when workspace ~* 'kanari' then 0 else 1 end)`,
  ],
  [
    'in a join',
    `select 1 from chargeback.resources r join chargeback.hourly_usage u on 1 / (case when u.workspace ~* 'kanari' or r.workspace ~* 'kanari' then 0 else 1 end) = 1`,
  ],
  [
    'in a filter',
    `select count(*) filter (where 1 / (case when workspace ~* 'kanari' then 0 else 1 end) = 1) from chargeback.monthly_cost_facts`,
  ],
  [
    'over a window',
    `select sum(1 / (case when workspace ~* 'kanari' then 0 else 1 end)) over () from chargeback.hourly_evidence`,
  ],
])('an error tells nothing: %s', async (_, sql) => {
  expect(await told(sql)).toMatch(/^\[/);
});

test.each([
  `select workspace::integer from chargeback.resources`,
  `select * from chargeback.resources where application::integer = 1`,
  `select * from chargeback.hourly_cost_facts order by topic::date`,
  `select * from chargeback.resources a join chargeback.resources b on a.team::integer = b.resource_id`,
  `select max(workspace::date) from chargeback.daily_usage`,
  `select * from chargeback.prices where notes::integer = 1 or rate_card::integer = 1`,
  `select * from chargeback.budget_status where contact::integer = 1 or budget::integer = 1`,
  `select subject::integer from chargeback.changes`,
  `select json_agg(r)::text::integer from chargeback.resources r`,
  `select xpath('/a[', query_to_xml('select * from chargeback.resources', true, true, ''))`,
])('a cast that fails names nothing of others: %s', async (sql) => {
  const answer = await told(sql);
  expect(answer).not.toMatch(CANARY);
  expect(answer).not.toMatch(/^\[\[\]\]$/);
});

test.each([
  `set chargeback.workspaces = '["kanari", "*"]'`,
  `set chargeback.observed = '[1,2,3,4,5,6,7,8,9]'`,
  `set role chargeback_team_reader`,
  'set row_security = on',
  `set search_path = chargeback_data`,
  `set local_preload_libraries = ''`,
  `set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; set from_collapse_limit = 1`,
])('nothing that one sets shows more: %s', async (sql) => {
  const question =
    'select r::text from chargeback.resources r union all select f::text from chargeback.daily_usage f order by 1';
  const before = await told(question);
  await told(sql);
  expect(await told(question)).toBe(before);
});

test('without row-level security nothing is answered at all', async () => {
  await told('set row_security = off');
  expect(await told('select * from chargeback.resources')).toMatch(/^42501/);
});

const INSUFFICIENT = /^(42501|42809|55000|25006|0A000|42704|28000)/;
test.each([
  'insert into chargeback.resources (workspace) values (1)',
  'update chargeback.resources set workspace = 1',
  'delete from chargeback.daily_usage',
  'truncate chargeback_data.fact',
  'create table public.mine (a int)',
  'create temporary table mine (a int)',
  'create view public.mine as select 1',
  'create function public.mine() returns int language sql return 1',
  'create schema mine',
  'select * from chargeback_data.resource',
  'select * from chargeback_data.fact',
  'select * from chargeback_data.fact_2026_03',
  'select * from chargeback_data.reader',
  'select * from chargeback_data.reader_workspace',
  'select * from chargeback_data.reader_resource',
  'select * from chargeback_data.audit',
  'select * from chargeback_data.api_token',
  'select * from chargeback_data.watched_workspace',
  'select chargeback_data.sees_everything()',
  'select * from graphile_worker.jobs',
  'select * from public.chargeback_migration',
  `select table_to_xml('chargeback_data.resource', true, true, '')`,
  `select query_to_xml('select * from chargeback_data.resource', true, true, '')`,
  `select schema_to_xml('chargeback_data', true, true, '')`,
  'copy chargeback_data.resource to stdout',
  `copy (select * from chargeback_data.resource) to stdout`,
  `copy (select 1) to program 'true'`,
  `copy (select 1) to '/dev/null'`,
  `select pg_read_file('/etc/passwd')`,
  `select pg_read_binary_file('/etc/passwd')`,
  `select pg_ls_dir('.')`,
  `select pg_stat_file('/etc/passwd')`,
  'select lo_create(0)',
  `select lo_import('/etc/passwd')`,
  `select lo_from_bytea(0, 'x')`,
  'set role postgres',
  'set role chargeback_reader',
  'set role chargeback_request',
  'set session authorization postgres',
  'set session authorization chargeback_reader',
  `select set_config('role', 'chargeback_reader', false)`,
  'grant chargeback_reader to current_user',
  'alter role current_user createrole',
  'alter role chargeback_reader set search_path = nowhere',
  'alter policy of_workspace on chargeback_data.resource using (true)',
  'alter table chargeback_data.resource disable row level security',
  'alter view chargeback.resources set (security_invoker = false)',
  'select * from pg_authid',
  'select * from pg_statistic',
  'select rolpassword from pg_authid',
  'select pg_advisory_lock(1)',
  'select pg_terminate_backend(pg_backend_pid())',
  'select pg_reload_conf()',
  "load 'auto_explain'",
  'create extension dblink',
  `do language plpython3u $$ pass $$`,
  'lock table chargeback.resources in access exclusive mode',
])('refused: %s', async (sql) => {
  await told('begin');
  expect(await told(sql)).toMatch(INSUFFICIENT);
});

test('the catalogs hold no name of others', async () => {
  for (const sql of [
    'select * from pg_roles',
    'select * from pg_stats',
    'select * from pg_stats_ext',
    'select * from pg_stat_activity',
    'select * from pg_policies',
    'select * from pg_views',
    'select * from pg_class',
    'select * from pg_description',
    'select * from pg_db_role_setting',
    'select * from pg_settings',
    'select * from pg_prepared_statements',
    'select * from pg_cursors',
    'select * from information_schema.columns',
  ]) {
    expect([sql, CANARY.test((await told(sql)).replaceAll(OURS, ''))]).toEqual([sql, false]);
  }
  expect(await told(`select distinct tablename from pg_stats where schemaname = 'chargeback_data'`)).not.toMatch(
    /resource|fact|price|budget|audit|reading/,
  );
});

test('a login tells nothing by its name, and another one sees nothing of this one', async () => {
  expect(role).toMatch(/^chargeback_reader_[0-9a-f]{12}$/);
  const other = await createReader(
    database.pool,
    { name: 'nobody', workspaces: [`none-${randomBytes(3).toString('hex')}`] },
    'test',
  );
  const client = new pg.Client({ connectionString: as(other.role, other.password) });
  await client.connect();
  try {
    const { rows } = await client.query(
      'select from chargeback.resources union all select from chargeback.daily_usage',
    );
    expect(rows).toEqual([]);
  } finally {
    await client.end();
    await database.pool.query(`drop role ${other.role}`);
  }
});

test('EXPLAIN shows plans, and no value of others', async () => {
  const answer = await told(
    'explain (analyze, verbose, buffers) select * from chargeback.hourly_cost_facts order by workspace',
  );
  expect(answer).toMatch(/^\[/);
  expect(answer).not.toMatch(CANARY);
});

test('defaults that a viewer gave the shared login are gone with the next start of a collector', async () => {
  expect(await restoreReaderDefaults(database.pool)).toEqual([]);
  expect(await told(`alter role ${role} set timezone = 'Asia/Tokyo'`)).toBe('[[]]');
  expect(await told(`alter role ${role} set statement_timeout = 1`)).toBe('[[]]');
  expect(
    await told(`alter role ${role} in database ${new URL(database.url).pathname.slice(1)} set search_path = nowhere`),
  ).toBe('[[]]');
  expect(await restoreReaderDefaults(database.pool)).toEqual([role]);
  const { rows } = await database.pool.query<{ setconfig: string[] }>(
    'select setconfig from pg_db_role_setting where setrole = $1::regrole',
    [role],
  );
  expect(rows.map(({ setconfig }) => setconfig)).toEqual([
    [
      'default_transaction_read_only=on',
      'statement_timeout=60s',
      'lock_timeout=5s',
      'idle_in_transaction_session_timeout=60s',
    ],
  ]);
  expect(await restoreReaderDefaults(database.pool)).toEqual([]);
});
