import pg from 'pg';
import { createReader, dropReader } from '../access/readers';
import { recordAudit, type AuditEntry } from '../ledger/audit';
import { createDatabase, type TestDatabase } from '../../testing/database';

let database: TestDatabase;
let role: string;
beforeAll(async () => {
  database = await createDatabase();
  ({ role } = await createReader(database.pool, { name: 'payments', workspaces: ['pay*'] }, 'ann'));
  const rule = { match: { topic: 'a' }, set: { workspace: 'payments' } };
  const budget = { name: 'b', amount: '1', contact: ['one@example.com', 'two@example.com'] };
  for (const [action, subject, workspace, before, after] of [
    ['budget.create', 'ours', 'payments', null, budget],
    ['budget.change', 'ours', 'payments', budget, { ...budget, contact: [] }],
    ['budget.change', 'ours', 'payments', budget, { ...budget, amount: '2' }],
    ['budget.create', 'theirs', 'search', null, { name: 'theirs' }],
    ['rate-card.create', 'for all', null, null, { name: 'for all', version: 1 }],
    [
      ...(['directory.apply', 'version 1', 'payments'] as const),
      { rules: 7, differing: 0, first: [] },
      { rules: 8, differing: 1, first: [{ place: 8, rule }] },
    ],
    ['reader.create', 'other reader', 'payments', null, {}],
    ['token.create', 'a token', 'payments', null, {}],
    ['access.apply', 'version 1', 'payments', null, {}],
  ] as Array<[AuditEntry['action'], string, string | null, unknown, unknown]>) {
    await recordAudit(database.pool, { actor: 'ann', action, subject, workspace, before, after });
  }
});
afterAll(async () => {
  await dropReader(database.pool, 'payments', 'ann');
  await database.drop();
});

async function changes(as: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(`set role ${as}`);
    const { rows } = await client.query<Record<string, string | null>>(
      'select object, action, subject, before, after, via, workspace from chargeback.changes order by at',
    );
    expect(rows.every(({ via }) => via === 'collector')).toBe(true);
    return rows.map(({ object, action, subject, before, after, workspace }) =>
      [object, action, subject, before, after, workspace].map((value) => value ?? '-').join(' | '),
    );
  } finally {
    await client.end();
  }
}

const OURS = [
  'budget | create | ours | - | {"name": "b", "amount": "1", "contact": "addresses: 2"} | payments',
  'budget | change | ours | {"contact": "addresses: 2"} | {"contact": "addresses: 0"} | payments',
  'budget | change | ours | {"amount": "1"} | {"amount": "2"} | payments',
];

test('a team reads the changes that concern its workspaces alone, without addresses and without how much others have', async () => {
  expect(await changes(role)).toEqual([
    ...OURS,
    'directory | apply | version 1 | {"first": null, "differing": 0} | {"first": [{"rule": {"set": {"workspace": "payments"}, "match": {"topic": "a"}}}], "differing": 1} | payments',
  ]);
});

test('who sees everything reads them all, but of tokens, grants and readers', async () => {
  const all = await changes('chargeback_reader');
  expect(all).toHaveLength(6);
  expect(all).toEqual(expect.arrayContaining(OURS));
  expect(all).toContain('budget | create | theirs | - | {"name": "theirs"} | search');
  expect(all.join()).not.toMatch(/@|token|reader|access/);
});

test('requests see what their transaction names, whatever they ask for', async () => {
  const seen = async (workspaces: string[]) => {
    const client = await database.pool.connect();
    try {
      await client.query(
        `begin; set local role chargeback_request; set local chargeback.workspaces = '${JSON.stringify(workspaces)}'`,
      );
      const { rows } = await client.query<{ entry: string }>(
        `select action || ' ' || subject as entry from chargeback_data.audit order by id`,
      );
      return rows.map(({ entry }) => entry);
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  expect(await seen([])).toEqual([]);
  expect(await seen(['search'])).toEqual(['budget.create theirs']);
  expect(await seen(['pay*'])).toEqual([
    'budget.create ours',
    'budget.change ours',
    'budget.change ours',
    'directory.apply version 1',
  ]);
  expect(await seen(['*'])).toHaveLength(5);
});
