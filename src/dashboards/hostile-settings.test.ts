import type { PoolClient } from 'pg';
import { createDashboardLedger } from '../testing/dashboard-ledger';
import { sqlQueries } from '../testing/dashboard-queries';
import { sampleFacts, ZONE } from '../testing/dashboard-sample';
import { offers } from '../testing/dashboard-variables';
import type { TestDatabase } from '../testing/database';
import { grafanaSql } from '../testing/grafana-sql';
import { rules } from './alerts/alerts';
import { dashboards } from './generated-files';

/*
 * Connections of Grafana are shared and never reset: what a viewer sets on one holds for all who come after. No figure of a
 * dashboard or an alert may depend on it. Grafana reads text, so a float is cut by extra_float_digits; a date of another
 * DateStyle is an error there, and none of ours.
 */
const HOSTILE = [
  `set timezone = 'Pacific/Kiritimati'`,
  `set intervalstyle = 'sql_standard'`,
  'set search_path = nowhere',
  'set extra_float_digits = -15',
  `set bytea_output = 'escape'`,
  'set transform_null_equals = on',
  'set standard_conforming_strings = off',
  'set array_nulls = off',
  'set xmlbinary = hex',
  'set from_collapse_limit = 1; set join_collapse_limit = 1',
  'set enable_hashjoin = off; set enable_indexscan = off',
];

let database: TestDatabase;
let client: PoolClient;
beforeAll(async () => {
  database = await createDashboardLedger(ZONE, sampleFacts());
  client = await database.pool.connect();
  await client.query('set role chargeback_reader');
});
afterAll(async () => {
  await client.query('rollback; reset all; reset role');
  client.release();
  await database.drop();
});

const request = { from: new Date('2026-02-28T23:00:00Z'), to: new Date('2026-03-31T22:00:00Z') };

/** Every question that dashboards and rules ask, as it reaches PostgreSQL. */
async function questions(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const dashboard of dashboards()) {
    const offered = await offers(client, dashboard, request);
    const variables = Object.fromEntries(Object.entries(offered).map(([name, { first }]) => [name, first]));
    // How large tables are is estimated anew by PostgreSQL meanwhile.
    for (const { panel, sql } of sqlQueries(dashboard).filter(
      ({ sql: text }) => !text.includes('chargeback.storage'),
    )) {
      found.set(`${panel}: ${sql.slice(0, 40)}`, grafanaSql(sql, { ...request, variables }));
    }
  }
  for (const { title, data } of rules()) {
    for (const { model, refId } of data) {
      const { rawSql } = model as { rawSql?: string };
      if (rawSql) {
        found.set(`${title} ${refId}`, rawSql);
      }
    }
  }
  return found;
}

/** What a question answers, as JSON of PostgreSQL, with instants written in one way. */
async function answer(sql: string): Promise<string> {
  await client.query('savepoint question');
  try {
    const { rows } = await client.query<{ row: string }>(`select row_to_json(q)::text as row from (${sql}) q`);
    return rows
      .map(({ row }) => row)
      .join('\n')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d/g, (instant) => new Date(instant).toISOString());
  } catch (error) {
    await client.query('rollback to savepoint question');
    return error instanceof Error ? error.message : String(error);
  }
}

test('no figure depends on what another viewer has set on the connection', async () => {
  const asked = await questions();
  expect(asked.size).toBeGreaterThan(50);
  // In one transaction, in which no time passes.
  await client.query('begin');
  const before = new Map<string, string>();
  for (const [name, sql] of asked) {
    before.set(name, await answer(sql));
  }
  await client.query(HOSTILE.join('; '));
  const different: string[] = [];
  for (const [name, sql] of asked) {
    const after = await answer(sql);
    if (after !== before.get(name)) {
      different.push(`${name}\n  ${before.get(name)?.slice(0, 300)}\n  ${after.slice(0, 300)}`);
    }
  }
  expect(different).toEqual([]);
});

test('whoever turns row-level security off gets no answer for all that rests on it, and never another figure', async () => {
  await client.query('rollback; reset all');
  await client.query('begin');
  const asked = await questions();
  const before = new Map<string, string>();
  for (const [name, sql] of asked) {
    before.set(name, await answer(sql));
  }
  await client.query('set local row_security = off');
  const refused: string[] = [];
  for (const [name, sql] of asked) {
    const after = await answer(sql);
    if (after !== before.get(name)) {
      expect(after).toMatch(/^query would be affected by row-level security policy/);
      refused.push(name);
    }
  }
  expect(refused.length).toBeGreaterThan(50);
});
