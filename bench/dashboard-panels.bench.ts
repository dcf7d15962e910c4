import { HOUR } from '../src/domain/hours';
import type { Pool } from '../src/collector/db/pool';
import { dashboards } from '../src/dashboards/generated-files';
import { sqlQueries } from '../src/testing/dashboard-queries';
import { offers } from '../src/testing/dashboard-variables';
import { grafanaSql } from '../src/testing/grafana-sql';
import { startBenchLedger } from './ledger';
import { fillLedger } from './thirteen-months';

/*
 * How long the panels of all dashboards take on a ledger of 10 million facts (13 months). The facts are made by the
 * collector's own statement. Every query runs as the reading role, over the last day, month and 13 months, with all variables
 * at All and with one workspace chosen; median of five. The slowest five are printed with their plans.
 */
const FACTS = Number(process.env.BENCH_FACTS ?? 10_000_000);
const MONTHS = 13;
const DAY = 24 * HOUR;
const END = Math.floor(Date.now() / HOUR) * HOUR;
const START = END - 396 * DAY;

const ledger = await startBenchLedger('http://127.0.0.1:9', END);
try {
  const { pool } = ledger.context;
  const begun = performance.now();
  await fillLedger(pool, { facts: FACTS, from: START, to: END });
  const { rows } = await pool.query<{ facts: number }>('select count(*)::integer as facts from chargeback_data.fact');
  console.error(`${rows[0]?.facts} facts in ${Math.round((performance.now() - begun) / 1000)} s`);
  await pool.query('vacuum analyze');
  const timed = await timePanels(pool);
  timed.sort((a, b) => b.milliseconds - a.milliseconds);
  for (const { panel, request, sql } of timed.slice(0, 5)) {
    const { rows: plan } = await pool.query<Record<'QUERY PLAN', string>>(`explain (analyze, buffers) ${sql}`);
    console.error(`\n${panel}, ${request}\n${plan.map((line) => line['QUERY PLAN']).join('\n')}`);
  }
  console.log(
    JSON.stringify({
      bench: 'dashboard-panels',
      facts: rows[0]?.facts,
      months: MONTHS,
      queries: timed.length,
      slowest_ms: timed
        .slice(0, 5)
        .map(({ panel, request, milliseconds }) => `${panel}, ${request}: ${milliseconds.toFixed(0)}`),
    }),
  );
} finally {
  await ledger.stop();
}

interface Timed {
  panel: string;
  request: string;
  sql: string;
  milliseconds: number;
}

async function timePanels(pool: Pool): Promise<Timed[]> {
  const timed: Timed[] = [];
  const client = await pool.connect();
  try {
    await client.query('set role chargeback_reader');
    for (const dashboard of dashboards()) {
      for (const [range, from] of Object.entries({
        'last day': END - DAY,
        'last 30 days': END - 30 * DAY,
        '13 months': START,
      })) {
        const request = { from: new Date(from), to: new Date(END) };
        const offered = await offers(client, dashboard, request);
        const all = Object.fromEntries(Object.entries(offered).map(([name, { first }]) => [name, first]));
        for (const [choice, variables] of Object.entries({
          All: all,
          'one workspace': { ...all, workspace: ['workspace-3'] },
        })) {
          for (const { panel, sql: written } of sqlQueries(dashboard)) {
            const sql = grafanaSql(written, { ...request, variables });
            timed.push({ panel, request: `${range}, ${choice}`, sql, milliseconds: await median(client, sql) });
          }
        }
      }
    }
    await client.query('reset role');
  } finally {
    client.release();
  }
  return timed;
}

/** Milliseconds of the middle one of five runs. */
async function median(client: { query(sql: string): Promise<unknown> }, sql: string): Promise<number> {
  const runs: number[] = [];
  for (let run = 0; run < 5; run++) {
    const begun = performance.now();
    await client.query(sql);
    runs.push(performance.now() - begun);
  }
  return runs.sort((a, b) => a - b)[2] ?? NaN;
}
