import type { PoolClient } from 'pg';
import { createReader } from '../collector/access/readers';
import { createDashboardLedger } from '../testing/dashboard-ledger';
import { sqlQueries } from '../testing/dashboard-queries';
import { sampleFacts, ZONE } from '../testing/dashboard-sample';
import { offers, type Offer } from '../testing/dashboard-variables';
import type { TestDatabase } from '../testing/database';
import { grafanaSql, type PanelRequest } from '../testing/grafana-sql';
import { keepOnly } from '../testing/only-workspace';
import { CANARY, createTwoTeamsLedger, OURS } from '../testing/two-teams-ledger';
import { rules } from './alerts/alerts';
import { dashboards } from './generated-files';

/*
 * The shipped dashboards and alert rules on the datasource of a team: every query answers as it would if there had never been
 * any other workspace.
 */

/** Views of the platform's own work, of which a team sees less than there is even where it is alone. */
const PLATFORM = /chargeback\.(storage|collection_runs|collection_status)\b/;

const MARCH = { from: new Date('2026-02-28T23:00:00Z'), to: new Date('2026-03-31T22:00:00Z') };
const YEAR = { from: new Date('2025-11-01T00:00:00Z'), to: new Date('2026-10-01T00:00:00Z') };
const DAY = { from: new Date('2026-03-28T00:00:00Z'), to: new Date('2026-03-30T06:00:00Z') };

/** As the dashboard is opened, and with one value of each variable. */
function choices(offered: Record<string, Offer>) {
  const first = Object.fromEntries(Object.entries(offered).map(([name, one]) => [name, one.first]));
  return [
    first,
    ...Object.entries(offered).flatMap(([name, { values }]) =>
      values.length > 1 ? [{ ...first, [name]: values.slice(1, 2) }] : [],
    ),
  ];
}

/** What dashboards and rules ask, with the answers, by what is asked; a query that fails answers with its error. */
async function answers(client: PoolClient, requests: PanelRequest[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const ask = async (name: string, sql: string) => {
    await client.query('savepoint question');
    try {
      const { rows } = await client.query<{ row: string }>(`select row_to_json(q)::text as row from (${sql}) q`);
      found.set(
        `${name}\n${sql}`,
        // Rows that are equal in what they are ordered by come in any order.
        rows.map(({ row }) => row).sort(),
      );
    } catch (error) {
      await client.query('rollback to savepoint question');
      found.set(`${name}\n${sql}`, [`ERROR: ${error instanceof Error ? error.message : String(error)}`]);
    }
  };
  for (const dashboard of dashboards()) {
    for (const request of requests) {
      const offered = await offers(client, dashboard, request);
      found.set(`${dashboard.uid} offers ${request.from.toISOString()}`, [JSON.stringify(offered)]);
      for (const variables of choices(offered)) {
        for (const { panel, sql } of sqlQueries(dashboard)) {
          await ask(panel, grafanaSql(sql, { ...request, variables }));
        }
      }
    }
  }
  for (const { title, data } of rules()) {
    for (const { model } of data) {
      const { rawSql } = model as { rawSql?: string };
      if (rawSql) {
        await ask(title, rawSql);
      }
    }
  }
  return found;
}

interface Case {
  name: string;
  workspace: string;
  create: () => Promise<TestDatabase>;
  requests: PanelRequest[];
  /** What every name of others holds, and none of the team's own. */
  others: RegExp;
}

const CASES: Case[] = [
  {
    name: 'a ledger of two teams with agreements, budgets, jobs and failures',
    workspace: OURS,
    create: createTwoTeamsLedger,
    requests: [MARCH, YEAR, DAY],
    others: CANARY,
  },
  {
    name: 'a ledger of many workspaces, and a name with a quote in it',
    workspace: "o'brien",
    create: () => createDashboardLedger(ZONE, sampleFacts()),
    requests: [MARCH],
    others: /workspace-\d|team-[02]/,
  },
];

describe.each(CASES)('$name', ({ workspace, create, requests, others }) => {
  let database: TestDatabase;
  let client: PoolClient;
  let asTeam: Map<string, string[]>;
  let alone: Map<string, string[]>;
  beforeAll(async () => {
    database = await create();
    const { role } = await createReader(database.pool, { name: 'team', workspaces: [workspace] }, 'test');
    client = await database.pool.connect();
    // In one transaction, in which no time passes.
    await client.query('begin');
    await client.query(`set local role ${role}`);
    asTeam = await answers(client, requests);
    await client.query('reset role');
    await keepOnly(client, workspace);
    await client.query('set local role chargeback_reader');
    alone = await answers(client, requests);
    await client.query('reset role');
  }, 400_000);
  afterAll(async () => {
    await client.query('rollback');
    client.release();
    await database.drop();
  });

  test('every query answers', () => {
    expect(asTeam.size).toBeGreaterThan(200);
    expect([...asTeam].filter(([, rows]) => rows[0]?.startsWith('ERROR'))).toEqual([]);
  });

  test('no answer names anything of others', () => {
    expect([...asTeam].filter(([, rows]) => rows.some((row) => others.test(row)))).toEqual([]);
  });

  test('every answer is what it would be if there were nobody else', () => {
    const different = [...asTeam].filter(
      ([asked, rows]) => !PLATFORM.test(asked) && JSON.stringify(alone.get(asked)) !== JSON.stringify(rows),
    );
    expect(
      different.map(([asked, rows]) => ({ asked, rows: rows.slice(0, 3), alone: alone.get(asked)?.slice(0, 3) })),
    ).toEqual([]);
    // And not because there is nothing.
    expect([...alone].filter(([asked, rows]) => !PLATFORM.test(asked) && rows.length > 0).length).toBeGreaterThan(100);
  });

  test('the platform’s own views tell a team until when hours were collected, and no size', async () => {
    await client.query('savepoint look');
    const { rows } = await client.query<{ role: string }>('select role from chargeback_data.reader');
    await client.query(`set local role ${rows[0]?.role}`);
    const { rows: told } = await client.query(
      `select count(*) > 0 as hours, count(coalesce(series, samples)) + count(coalesce(coverage, not_counted)) + count(error) as sizes from chargeback.collection_status
       union all select count(*) > 0, count(coalesce(series, samples)) + count(coverage) + count(duration_ms) from chargeback.collection_runs
       union all select true, count(*) from chargeback.storage`,
    );
    await client.query('rollback to savepoint look');
    expect(told).toEqual(Array.from({ length: 3 }, () => ({ hours: true, sizes: '0' })));
  });
});
