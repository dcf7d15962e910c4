import pg from 'pg';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { recordAudit } from './audit';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await recordAudit(database.pool, {
    actor: 'ann',
    action: 'period.close',
    subject: '2026-01',
    workspace: null,
    before: null,
    after: {},
  });
});
afterAll(() => database.drop());

const CHANGES = [
  `update chargeback_data.audit set actor = 'bob'`,
  `update chargeback_data.audit set after = null where id = 1`,
  'delete from chargeback_data.audit',
  'truncate chargeback_data.audit',
  'truncate chargeback_data.audit cascade',
  `insert into chargeback_data.audit (id, actor, action, subject) overriding system value select id, 'bob', action, subject
   from chargeback_data.audit on conflict (id) do update set actor = 'bob'`,
  `merge into chargeback_data.audit a using (values (1)) v(id) on a.id = v.id when matched then delete`,
];
const INSERT = `insert into chargeback_data.audit (actor, action, subject) values ('bob', 'period.close', '2026-02')`;

/** Runs a statement as `role`, on a connection of its own; its error, or undefined. */
async function attempt(sql: string, role?: string, setting = ''): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(`${role ? `set role ${role};` : ''} ${setting}`);
    await client.query(sql);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end();
  }
}
const rows = async () => (await database.pool.query('select * from chargeback_data.audit order by id')).rows;

test('what is recorded stays as it is: for the owner, and for replication', async () => {
  const before = await rows();
  for (const setting of ['', 'set session_replication_role = replica', 'set session_replication_role = local']) {
    for (const sql of CHANGES) {
      expect([setting, sql, await attempt(sql, undefined, setting)]).toEqual([
        setting,
        sql,
        'audit rows are never changed',
      ]);
    }
  }
  expect(await rows()).toEqual(before);
});

test('no other role writes to it', async () => {
  const before = await rows();
  for (const role of ['chargeback_reader', 'chargeback_team_reader', 'chargeback_request']) {
    for (const sql of [INSERT, ...CHANGES, 'alter table chargeback_data.audit disable trigger all']) {
      expect([role, sql, await attempt(sql, role, 'set default_transaction_read_only = off')]).toEqual([
        role,
        sql,
        expect.stringMatching(/permission denied|must be owner/),
      ]);
    }
  }
  expect(await rows()).toEqual(before);
});
