import { COST_DIMENSIONS } from '../../api/costs';
import { RESOURCE_FIELDS } from '../../domain/resource';
import { marchHour } from '../../testing/priced-ledger';
import { testContext } from '../../testing/test-context';
import type { TestDatabase } from '../../testing/database';
import { CANARY, createTwoTeamsLedger, OURS } from '../../testing/two-teams-ledger';
import { backTest } from '../budgets/back-test';
import { findBudgets } from '../budgets/budget-store';
import { readCrossings } from '../budgets/read-crossings';
import type { Context } from '../context';
import { inTransaction, type Pool } from '../db/pool';
import { createRestrictedPool } from '../db/shown-workspaces';
import { inSnapshot } from '../db/snapshot';
import { readChargeback } from '../ledger/chargeback';
import { readChargebackDays } from '../ledger/chargeback-days';
import { readChargebackLines } from '../ledger/chargeback-lines';
import { readChargebackSummary } from '../ledger/chargeback-summary';
import { readCosts } from '../ledger/costs';
import { readDimension } from '../ledger/dimensions';
import { readExplainedDays } from '../ledger/explanations/explained-days';
import { readExplainedHours } from '../ledger/explanations/explained-hours';
import { explainedMeters, type ExplainedQuestion } from '../ledger/explanations/explained-question';
import { readExplainedReadings } from '../ledger/explanations/explained-readings';
import { readHistory } from '../ledger/history';
import { listMeters } from '../metering/meters';
import { listRateCards } from '../rating/rate-cards';
import { seenBy } from './seen-by';

/*
 * What a request reads when whoever wrote it forgot that there are workspaces: every read of the ledger, asked about
 * everything, answers a member as if it had been asked about the member's workspace.
 */
let database: TestDatabase;
let context: Context;
let restricted: Pool;
let seen: Context;
beforeAll(async () => {
  database = await createTwoTeamsLedger();
  context = testContext({ DATABASE_URL: database.url });
  restricted = createRestrictedPool(context);
  seen = seenBy(context, restricted, { login: 'anna', role: 'viewer', granted: [OURS], workspaces: [OURS] });
});
afterAll(async () => {
  await Promise.all([context.pool.end(), restricted.end()]);
  await database.drop();
});

const march = { from: new Date(marchHour(0)), to: new Date(marchHour(30)) };
const sort = { by: 'total_cost', descending: true } as const;

async function explained(db: Context, workspace?: string[]): Promise<ExplainedQuestion> {
  const meter = (await explainedMeters(db.pool)).find(({ slug }) => slug === 'kafka_ingress_bytes');
  if (!meter) {
    throw new Error('there is no such meter');
  }
  return { meter, currency: 'USD', timezone: 'UTC', filters: workspace ? { workspace } : {} };
}

/** Every read, of these workspaces or, when none are said, of everything. */
const READS: Record<string, (db: Context, workspaces?: string[]) => Promise<unknown>> = {
  chargeback: (db, workspaces) => readChargeback(db, { ...march, workspaces }),
  'chargeback found by a name of others': (db, workspaces) =>
    readChargeback(db, { ...march, workspaces, search: 'kanari' }),
  summary: (db, workspaces) => readChargebackSummary(db, { ...march, workspaces }),
  ...Object.fromEntries(
    (['application', 'topic', 'principal'] as const).map((by) => [
      `lines by ${by}`,
      (db: Context, workspaces?: string[]) =>
        readChargebackLines(db, { ...march, workspaces, by, sort, limit: 100, offset: 0 }),
    ]),
  ),
  days: (db, workspaces) => readChargebackDays(db, { ...march, workspaces, by: 'workspace', top: 8 }),
  ...Object.fromEntries(
    (['hour', 'day', 'month', 'total'] as const).map((granularity) => [
      `costs by ${granularity}`,
      (db: Context, workspaces?: string[]) =>
        inSnapshot(db.pool, (client) =>
          readCosts(client, {
            ...march,
            timezone: 'UTC',
            granularity,
            groupBy: [...COST_DIMENSIONS],
            filters: workspaces ? { workspace: workspaces } : {},
            limit: 1000,
          }),
        ),
    ]),
  ),
  ...Object.fromEntries(
    RESOURCE_FIELDS.map((field) => [
      `values of ${field}`,
      (db: Context, workspaces?: string[]) => readDimension(db.pool, field, 'UTC', workspaces),
    ]),
  ),
  'explained days': async (db, workspaces) => {
    const question = await explained(db, workspaces);
    return inSnapshot(db.pool, (client) => readExplainedDays(client, question, march));
  },
  'explained hours': async (db, workspaces) => {
    const question = await explained(db, workspaces);
    return inSnapshot(db.pool, (client) => readExplainedHours(client, question, '2026-03-01'));
  },
  'explained readings': async (db, workspaces) => {
    const question = await explained(db, workspaces);
    return inSnapshot(db.pool, (client) =>
      readExplainedReadings(client, context.pool, question, { hour: marchHour(1), limit: 100, offset: 0 }),
    );
  },
};

/** An answer without what is told of prices and of nobody's usage only to those who ask about everything. */
const figures = (answer: unknown) =>
  JSON.stringify(answer, (key, value: unknown) => (['rates', 'unallocated'].includes(key) ? undefined : value));

test.each(Object.entries(READS))('%s: a member gets their own, whatever is asked', async (_, read) => {
  const told = await read(seen);
  expect(figures(told)).toBe(figures(await read(context, [OURS])));
  expect(JSON.stringify(told)).not.toMatch(CANARY);
});

test('of everything there is more, so that the reads above could have told it', async () => {
  const all = await Promise.all(Object.values(READS).map((read) => read(context)));
  expect(all.filter((answer) => CANARY.test(JSON.stringify(answer))).length).toBeGreaterThan(20);
});

test('budgets, prices, crossings and the history are those of the workspace, and prices that are for all', async () => {
  const everywhere = () => true;
  const told = [
    await findBudgets(seen.pool),
    await listRateCards(seen.pool),
    await readCrossings(seen.pool, { limit: 100 }, everywhere),
    await inTransaction(seen.pool, (db) =>
      readHistory(db, { limit: 100 }, { maySee: null, access: true, addresses: true }),
    ),
    await listMeters(seen),
  ];
  const text = JSON.stringify(told);
  expect(text).not.toMatch(CANARY);
  expect(text).toMatch(/own budget.*own agreement/);
  const [budget] = await findBudgets(seen.pool);
  expect(budget?.name).toBe('own budget');
});

test('what a new budget of the whole platform would have spent is what the member spent', async () => {
  const asked = {
    name: 'x',
    amount: '1',
    currency: 'USD',
    interval: 'month',
    thresholds: ['100'],
    owner: 'x',
  } as const;
  const budget = { ...asked, contact: [], valid_from: '2026-03', notes: '', thresholds: ['100'] };
  expect(await backTest(seen.pool, { ...budget, scope: {} })).toEqual(
    await backTest(context.pool, { ...budget, scope: { workspace: OURS } }),
  );
});

test.each([
  'chargeback_data.resource',
  'chargeback_data.fact',
  'chargeback_data.daily_fact',
  'chargeback_data.monthly_fact',
  'chargeback_data.rate_card',
  'chargeback_data.price',
  'chargeback_data.budget',
  'chargeback_data.budget_crossing',
  'chargeback_data.budget_notification',
  'chargeback_data.restatement',
  'chargeback_data.series',
  'chargeback_data.reading',
  'chargeback_data.ownership',
  'chargeback_data.gap',
  'chargeback_data.audit',
])('%s holds nothing of others for a member, and nothing of a workspace where none is named', async (table) => {
  const { rows } = await seen.pool.query<{ row: string }>(`select t::text as row from ${table} t`);
  expect(rows.filter(({ row }) => CANARY.test(row))).toEqual([]);
  const { rows: unnamed } = await restricted.query<{ row: string }>(`select t::text as row from ${table} t`);
  expect(unnamed.filter(({ row }) => /own|kanari/i.test(row))).toEqual([]);
  const nobody = seenBy(context, restricted, { login: 'new', role: 'viewer', granted: [], workspaces: [] });
  expect((await nobody.pool.query(`select t::text as row from ${table} t`)).rows).toEqual(unnamed);
});

test.each(['api_token', 'access', 'directory', 'reader', 'reader_workspace', 'reader_resource'])(
  'requests of members have no right to the table %s at all',
  async (table) => {
    await expect(seen.pool.query(`select * from chargeback_data.${table}`)).rejects.toThrow(/permission denied/);
  },
);

test('what a transaction names is gone with it, and writes nothing', async () => {
  await inTransaction(seen.pool, (db) => db.query('select'));
  const client = await restricted.connect();
  try {
    expect((await client.query('select from chargeback_data.resource')).rowCount).toBe(0);
  } finally {
    client.release();
  }
  await expect(inTransaction(seen.pool, (db) => db.query('delete from chargeback_data.fact'))).rejects.toThrow(
    /permission denied/,
  );
});

test('a name with quotes and backslashes is a name', async () => {
  const odd = `o'brien \\'; reset role; "\\u0041`;
  const of = seenBy(context, restricted, { login: 'odd', role: 'viewer', granted: [odd, 'a*'], workspaces: [odd] });
  const { rows } = await of.pool.query<{ w: string; me: string }>(
    'select w, current_user as me from chargeback_data.requested_workspaces() w',
  );
  expect(rows).toEqual([odd, 'a*', odd].map((w) => ({ w, me: 'chargeback_request' })));
});
