import { createDatabase, type TestDatabase } from '../../testing/database';
import { testContext } from '../../testing/test-context';
import type { Context } from '../context';
import { applyBudgets } from './apply-budgets';
import { findBudgets } from './budget-store';
import { parseBudgetsFile } from './budgets-file';

let database: TestDatabase;
let context: Context;
beforeEach(async () => {
  database = await createDatabase();
  context = testContext({ DATABASE_URL: database.url });
});
afterEach(async () => {
  await context.pool.end();
  await database.drop();
});

const apply = (...scopes: string[]) =>
  applyBudgets(
    context,
    parseBudgetsFile(
      `budgets:\n${scopes.map((scope) => `  - { name: Kafka, scope: ${scope}, amount: "10", owner: ann, valid_from: 2026-01 }\n`).join('')}`,
      'budgets.yaml',
    ),
    'test',
  );
const stored = async () => (await findBudgets(database.pool)).map(({ id, scope }) => [id, scope.workspace ?? null]);

test('two teams call their budgets the same, and so does the platform; the same file again changes nothing', async () => {
  const scopes = ['{ workspace: payments }', '{ workspace: search }', '{}'];
  expect(await apply(...scopes)).toEqual({ created: 3, changed: 0, unchanged: 0 });
  expect(await apply(...scopes)).toEqual({ created: 0, changed: 0, unchanged: 3 });
  expect(await apply('{ workspace: search }')).toEqual({ created: 0, changed: 0, unchanged: 1 });
});

test('a budget whose workspace is renamed in the file stays the same budget, with its history', async () => {
  await apply('{ workspace: payments }');
  const [[id] = []] = await stored();
  expect(await apply('{ workspace: billing }')).toEqual({ created: 0, changed: 1, unchanged: 0 });
  expect(await stored()).toEqual([[id, 'billing']]);
});

test('where several have the name, a further workspace is a further budget', async () => {
  await apply('{ workspace: payments }', '{ workspace: search }');
  expect(await apply('{ workspace: billing }')).toEqual({ created: 1, changed: 0, unchanged: 0 });
  expect((await stored()).map(([, workspace]) => workspace).sort()).toEqual(['billing', 'payments', 'search']);
});
