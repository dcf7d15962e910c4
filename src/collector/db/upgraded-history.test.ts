import { runner } from 'node-pg-migrate';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { migrate } from './migrate';

const UTC = { timezone: 'UTC', currency: 'USD' };

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** Makes the ledger one of the version before the history told from where a change came. */
async function older(): Promise<void> {
  await database.pool.query(
    'drop schema chargeback_data cascade; drop schema chargeback cascade; drop table public.chargeback_migration; drop schema graphile_worker cascade',
  );
  await runner({
    databaseUrl: database.url,
    dir: 'src/collector/db/migrations',
    migrationsTable: 'chargeback_migration',
    direction: 'up',
    // Up to 0013; there is no 0006.
    count: 12,
    log: () => undefined,
  });
}

test('what was recorded by an older collector says of what it is, as far as that is certain', async () => {
  await older();
  const budget = (name: string, created: string) =>
    database.pool.query(
      `insert into chargeback_data.budget (name, amount, currency, interval, thresholds, owner, valid_from, created_by, updated_by, created_at, deleted_at)
       values ($1, 1, 'USD', 'month', '{100}', 'o', '2026-01-01', 'ann', 'ann', $2, $3)`,
      [name, created, name === 'Twice' && created < '2026-02' ? '2026-02-01Z' : null],
    );
  for (const [name, created] of [
    ['Kept', '2026-01-01Z'],
    ['Twice', '2026-01-01Z'],
    ['Twice', '2026-02-02Z'],
    ['New name', '2026-01-01Z'],
    ['Later', '2026-03-01Z'],
  ] as const) {
    await budget(name, created);
  }
  const record = (action: string, subject: string, before: unknown, after: unknown) =>
    database.pool.query(
      `insert into chargeback_data.audit (at, actor, action, subject, before, after) values ('2026-02-15Z', 'ann', $1, $2, $3, $4)`,
      [action, subject, before && JSON.stringify(before), after && JSON.stringify(after)],
    );
  const ours = { scope: { workspace: 'payments' } };
  const theirs = { scope: { workspace: 'search' } };
  for (const [action, subject, before, after] of [
    ['budget.create', 'Kept', null, { name: 'Kept', ...ours }],
    ['budget.change', 'Twice', { name: 'Twice', ...ours }, { name: 'Twice', ...theirs }],
    ['budget.change', 'New name', { name: 'Old name', ...ours }, { name: 'New name', ...ours }],
    ['budget.delete', 'Later', { name: 'Later', scope: { workspace: '' } }, null],
    ['rate-card.change', 'c', { id: 7, version: 1, workspace: '' }, { id: 7, version: 2, workspace: 'payments' }],
    ['rate-card.delete', 'c', { id: 7, version: 2, workspace: 'payments' }, null],
    ['rate-card.create', 'd', null, { id: 8, version: 1, workspace: '' }],
    ['directory.apply', 'version 3', [], [{ match: { topic: 'a' }, set: { workspace: 'payments' } }]],
    ['access.apply', 'version 12', null, { grants: [] }],
    ['token.create', 'version 4', null, { role: 'admin' }],
  ] as const) {
    await record(action, subject, before, after);
  }
  expect(await migrate(database.url, UTC)).toContain('0014-audit-trail');
  const { rows } = await database.pool.query<Record<string, unknown>>(
    `select action, a.subject, b.name as budget, case when b.id is null then object_id end as id, a.version, a.workspace, via
     from chargeback_data.audit a left join chargeback_data.budget b on a.action like 'budget.%' and b.id::text = a.object_id
     order by a.id`,
  );
  expect(
    rows.map(({ action, budget: of, id, version, workspace, via }) => [action, of ?? id, version, workspace, via]),
  ).toEqual([
    ['budget.create', 'Kept', null, 'payments', null],
    ['budget.change', null, null, null, null],
    ['budget.change', null, null, 'payments', null],
    ['budget.delete', null, null, null, null],
    ['rate-card.change', '7', 2, null, null],
    ['rate-card.delete', '7', null, 'payments', null],
    ['rate-card.create', '8', 1, null, null],
    ['directory.apply', null, 3, null, null],
    ['access.apply', null, 12, null, null],
    ['token.create', null, null, null, null],
  ]);
});
