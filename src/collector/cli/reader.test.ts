import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { parse } from 'yaml';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';
import type { TestDatabase } from '../../testing/database';
import { chargeback, runChargeback } from '../../testing/run-chargeback';
import { dropReader } from '../access/readers';

interface Shown {
  name: string;
  role: string;
  workspaces: string[];
  state: string;
  password?: string;
  provisioning: string;
}
interface Provisioning {
  datasources: Array<{
    name: string;
    uid: string;
    orgId: number;
    url: string;
    user: string;
    jsonData: { database: string; sslmode: string };
    secureJsonData: { password: string };
  }>;
}

let database: TestDatabase;
let environment: Record<string, string>;
beforeAll(async () => {
  database = await createPricedLedger({
    rates: KAFKA_RATES,
    usage: ['payments', 'pay-later', 'pay_later', 'search', ''].map((workspace) => ({
      hour: marchHour(0),
      meter: 'kafka_ingress_bytes',
      resource: { workspace, application: `app of ${workspace}` },
      quantity: '1073741824',
    })),
  });
  environment = { DATABASE_URL: database.url };
});
afterAll(async () => {
  const { rows } = await database.pool.query<{ role: string }>('select role from chargeback_data.reader');
  for (const { role } of rows) {
    await database.pool.query(`drop role if exists ${role}`);
  }
  await database.drop();
});

const run = (...args: string[]) => runChargeback(['reader', ...args], environment);
const json = async <T = Shown>(...args: string[]): Promise<T> =>
  JSON.parse(await chargeback(['reader', ...args, '--json'], environment)) as T;

/** The workspaces that a login reads through the views. */
async function seenBy({ role, password = '' }: Pick<Shown, 'role' | 'password'>): Promise<string[]> {
  const url = new URL(database.url);
  [url.username, url.password] = [role, password];
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const { rows } = await client.query<{ workspace: string }>(
      'select distinct workspace from chargeback.hourly_cost_facts order by workspace',
    );
    return rows.map(({ workspace }) => workspace);
  } finally {
    await client.end();
  }
}

test('a reader sees its workspaces, those that a glob comes to stand for at once, and has the limits of a reader', async () => {
  const reader = await json('create', '--workspace', 'payments', '--workspace', 'pay-*', '--name', 'Payments');
  expect(reader).toMatchObject({ name: 'Payments', workspaces: ['pay-*', 'payments'], state: 'active' });
  expect(reader.role).toMatch(/^chargeback_reader_[0-9a-f]{12}$/);
  expect(reader.password).toMatch(/^[\w-]{32}$/);
  // An underscore means any character to LIKE, and itself in a glob.
  expect(await seenBy(reader)).toEqual(['pay-later', 'payments']);
  await database.pool.query(
    `with r as (insert into chargeback_data.resource (key, workspace) values ('new', 'pay-new'), ('other', 'xpay-new') returning id)
     insert into chargeback_data.fact (hour, meter_id, resource_id, price_id, quantity, cost, coverage, estimated)
     select $1, p.meter_id, r.id, p.id, 1, 1, 1, false from r, chargeback_data.price p limit 4`,
    [new Date(marchHour(1))],
  );
  expect(await seenBy(reader)).toEqual(['pay-later', 'pay-new', 'payments']);
  const { rows } = await database.pool.query<{ rolconnlimit: number; rolconfig: string[]; rolsuper: boolean }>(
    'select rolconnlimit, rolconfig, rolsuper from pg_roles where rolname = $1',
    [reader.role],
  );
  expect(rows).toEqual([
    {
      rolconnlimit: 20,
      rolsuper: false,
      rolconfig: [
        'default_transaction_read_only=on',
        'statement_timeout=60s',
        'lock_timeout=5s',
        'idle_in_transaction_session_timeout=60s',
      ],
    },
  ]);
});

test('what is printed provisions the datasource of the team', async () => {
  const text = await chargeback(
    ['reader', 'create', '--workspace', 'search', '--address', 'pg.example.com:6543', '--organization', '2'],
    environment,
  );
  const [datasource] = (parse(text) as Provisioning).datasources;
  expect(datasource).toMatchObject({
    name: 'Chargeback facts: search',
    orgId: 2,
    url: 'pg.example.com:6543',
    jsonData: { database: new URL(database.url).pathname.slice(1), sslmode: 'disable' },
  });
  expect(datasource?.uid).toMatch(/^chargeback-facts-[0-9a-f]{12}$/);
  expect(await seenBy({ role: datasource?.user ?? '', password: datasource?.secureJsonData.password ?? '' })).toEqual([
    'search',
  ]);
});

test('a password is renewed, a login that is gone comes back, and dropped it is refused', async () => {
  const before = await json('create', '--workspace', 'search', '--name', 'renewed');
  await database.pool.query(`drop role ${before.role}`);
  const listed = await json<{ data: Shown[] }>('list');
  expect(listed.data.find(({ name }) => name === 'renewed')?.state).toBe('missing');
  const after = await json('renew', 'renewed');
  expect(after).toMatchObject({ role: before.role, state: 'active' });
  expect(after.password).not.toBe(before.password);
  expect(await seenBy(after)).toEqual(['search']);
  await json('drop', 'renewed');
  await expect(seenBy(after)).rejects.toThrow();
  expect((await json<{ data: Shown[] }>('list')).data.map(({ name }) => name)).not.toContain('renewed');
  expect((await run('drop', 'renewed')).code).toBe(1);
});

test('nobody who uses a login can keep it from being taken away', async () => {
  const reader = await json('create', '--workspace', 'payments', '--name', 'clinging');
  const url = new URL(database.url);
  [url.username, url.password] = [reader.role, reader.password ?? ''];
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query('set default_transaction_read_only = off');
    await client.query('alter default privileges grant select on tables to public');
    await json('drop', 'clinging');
    await expect(client.query('select from chargeback.hourly_cost_facts')).rejects.toThrow(/permission denied/);
    await expect(seenBy(reader)).rejects.toThrow();
    expect((await json<{ data: Shown[] }>('list')).data.map(({ name }) => name)).not.toContain('clinging');
  } finally {
    await client.end();
    await database.pool.query(`drop owned by ${reader.role}; drop role ${reader.role}`);
  }
});

test('resources that are collected while a reader is dropped are kept', async () => {
  await json('create', '--workspace', 'busy-*', '--name', 'dropped meanwhile');
  const db = await database.pool.connect();
  try {
    // Holds the drop up where it has taken the reader away, but not ended.
    await db.query('begin; lock table chargeback_data.audit in access exclusive mode');
    const dropped = dropReader(database.pool, 'dropped meanwhile', 'test');
    for (let attempt = 0; attempt < 100 && !(await isWaiting('insert into chargeback_data.audit')); attempt++) {
      await sleep(50);
    }
    const added = database.pool.query(
      `insert into chargeback_data.resource (key, workspace) values ('busy', 'busy-1')`,
    );
    for (let attempt = 0; attempt < 100 && !(await isWaiting('insert into chargeback_data.resource')); attempt++) {
      await sleep(50);
    }
    await db.query('rollback');
    expect(await Promise.all([dropped, added])).toMatchObject([{ name: 'dropped meanwhile' }, { rowCount: 1 }]);
  } finally {
    await db.query('rollback');
    db.release();
  }
});

async function isWaiting(statement: string): Promise<boolean> {
  const { rows } = await database.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and position($1 in query) > 0`,
    [statement],
  );
  return rows.length > 0;
}

test('who made which reader is recorded, and no password stands anywhere', async () => {
  const { password } = await json('create', '--workspace', 'payments', '--name', 'recorded');
  await json('drop', 'recorded');
  const { rows } = await database.pool.query<{ action: string; row: string }>(
    `select action, a::text as row from chargeback_data.audit a where subject = 'recorded' order by id`,
  );
  expect(rows.map(({ action }) => action)).toEqual(['reader.create', 'reader.drop']);
  const { rows: kept } = await database.pool.query<{ secret: string }>('select rolpassword as secret from pg_authid');
  expect([...rows.map(({ row }) => row), ...kept.map(({ secret }) => secret ?? '')].join('\n')).not.toContain(password);
  expect(kept.filter(({ secret }) => secret !== null && !secret.startsWith('SCRAM-SHA-256$'))).toEqual([]);
});

test.each([
  ['everything', ['create', '--workspace', '*'], 2, /chargeback_reader/],
  ['no workspace', ['create'], 2, /--workspace/],
  ['a name of nothing', ['create', '--workspace', ''], 2, /--workspace/],
  ['an address with a password', ['create', '--workspace', 'x', '--address', 'user:secret@host:1'], 2, /HOST:PORT/],
  ['a name that is taken', ['create', '--workspace', 'x', '--name', 'Payments'], 1, /already/],
  ['a reader that there is not', ['renew', 'nobody'], 1, /no reader nobody/],
])('%s is refused with what is wrong', async (_, args, code, words) => {
  const answer = await run(...args);
  expect(answer.code).toBe(code);
  expect(answer.stderr).toMatch(words);
  expect(answer.stdout).toBe('');
});

test('a collector that may not make logins says what an administrator must run', async () => {
  const poor = `poor_${Date.now()}`;
  await database.pool.query(
    `create role ${poor} login; grant create on database ${new URL(database.url).pathname.slice(1)} to ${poor};
     grant usage on schema chargeback_data to ${poor}; grant all on all tables in schema chargeback_data to ${poor};
     alter table chargeback_data.audit disable row level security`,
  );
  try {
    const url = new URL(database.url);
    [url.username, url.password] = [poor, ''];
    const { code, stderr } = await runChargeback(['reader', 'renew', 'Payments'], { DATABASE_URL: url.href });
    expect(code).toBe(1);
    expect(stderr).toContain(
      `alter role ${poor} createrole; grant chargeback_team_reader to ${poor} with admin option;`,
    );
  } finally {
    await database.pool.query(
      `alter table chargeback_data.audit enable row level security; drop owned by ${poor}; drop role ${poor}`,
    );
  }
});
