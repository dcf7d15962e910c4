import pg from 'pg';
import { createReader, dropReader } from '../src/collector/access/readers';
import type { Context } from '../src/collector/context';
import { createRestrictedPool } from '../src/collector/db/shown-workspaces';
import { seenBy } from '../src/collector/http/seen-by';
import { readChargebackDays } from '../src/collector/ledger/chargeback-days';
import { readChargebackLines } from '../src/collector/ledger/chargeback-lines';
import { readChargebackSummary } from '../src/collector/ledger/chargeback-summary';
import { dashboards } from '../src/dashboards/generated-files';
import { HOUR } from '../src/domain/hours';
import { sqlQueries } from '../src/testing/dashboard-queries';
import { offers } from '../src/testing/dashboard-variables';
import { grafanaSql } from '../src/testing/grafana-sql';
import { startBenchLedger } from './ledger';
import { fillLedger } from './thirteen-months';

/*
 * What row-level security costs on a ledger of 10 million facts (13 months): the slowest queries of all dashboards as the
 * login of a team, over the same as the role that sees everything with the team's workspace chosen; and the reads behind the
 * Chargeback page as for a member, over the same as the collector itself with the same workspace. Both in turns, medians of
 * eleven rounds; ratios of one run are what counts.
 */
const FACTS = Number(process.env.BENCH_FACTS ?? 10_000_000);
const WORKSPACE = 'workspace-3';
const SLOWEST = 12;
const ROUNDS = 11;
const DAY = 24 * HOUR;
const END = Math.floor(Date.now() / HOUR) * HOUR;
const START = END - 396 * DAY;

/** The same question, asked by one who sees everything and by one who does not. */
interface Pair {
  name: string;
  everything: () => Promise<unknown>;
  team: () => Promise<unknown>;
}
interface Timed {
  name: string;
  ratio: number;
  everything_ms: number;
  team_ms: number;
}

const ledger = await startBenchLedger('http://127.0.0.1:9', END);
try {
  const { context, database } = ledger;
  await fillLedger(context.pool, { facts: FACTS, from: START, to: END });
  const reader = await createReader(context.pool, { name: 'bench', workspaces: [WORKSPACE] }, 'bench');
  await context.pool.query('vacuum analyze');
  const everything = await connectAs(database.url, 'chargeback_reader');
  const team = await connectAs(database.url, reader.role);
  const restricted = createRestrictedPool(context);
  try {
    const queries = await inTurns(await slowestQueries(everything, team));
    const requests = await inTurns(
      reads(
        context,
        seenBy(context, restricted, { login: '', role: 'viewer', granted: [WORKSPACE], workspaces: [WORKSPACE] }),
      ),
    );
    console.log(
      JSON.stringify({
        bench: 'row-level-security',
        facts: FACTS,
        worst_query: worst(queries),
        worst_request: worst(requests),
        queries,
        requests,
      }),
    );
  } finally {
    await Promise.all([everything.end(), team.end(), restricted.end()]);
    await dropReader(context.pool, 'bench', 'bench');
  }
} finally {
  await ledger.stop();
}

async function connectAs(url: string, role: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set role ${role}`);
  return client;
}

/** The queries that take longest over 13 months, each on the dashboard as it is opened. */
async function slowestQueries(everything: pg.Client, team: pg.Client): Promise<Pair[]> {
  const request = { from: new Date(START), to: new Date(END) };
  const found: Array<Pair & { took: number }> = [];
  for (const dashboard of dashboards()) {
    const opened = async (db: pg.Client) =>
      Object.fromEntries(
        Object.entries(await offers(db, dashboard, request)).map(([name, { first }]) => [name, first]),
      );
    const chosen = { ...(await opened(everything)), workspace: [WORKSPACE] };
    const own = await opened(team);
    for (const { panel, sql } of sqlQueries(dashboard)) {
      const [whole, part] = [chosen, own].map((variables) => grafanaSql(sql, { ...request, variables })) as [
        string,
        string,
      ];
      const pair = { name: panel, everything: () => everything.query(whole), team: () => team.query(part) };
      await pair.everything();
      found.push({ ...pair, took: await milliseconds(pair.everything) });
    }
  }
  return found.sort((a, b) => b.took - a.took).slice(0, SLOWEST);
}

/** The reads behind the Chargeback page, of the last month. */
function reads(all: Context, seen: Context): Pair[] {
  const range = { from: new Date(END - 30 * DAY), to: new Date(END) };
  const page = { by: 'topic', sort: { by: 'total_cost', descending: true }, limit: 25, offset: 0 } as const;
  const of = { ...range, workspaces: [WORKSPACE] };
  const read: Record<string, (context: Context) => Promise<unknown>> = {
    summary: (context) => readChargebackSummary(context, of),
    lines: (context) => readChargebackLines(context, { ...of, ...page }),
    days: (context) => readChargebackDays(context, { ...of, by: 'application', top: 8 }),
  };
  return Object.entries(read).map(([name, ask]) => ({ name, everything: () => ask(all), team: () => ask(seen) }));
}

async function inTurns(pairs: Pair[]): Promise<Timed[]> {
  const timed: Timed[] = [];
  for (const { name, everything, team } of pairs) {
    const [whole, part]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      whole.push(await milliseconds(everything));
      part.push(await milliseconds(team));
    }
    const [everything_ms, team_ms] = [median(whole), median(part)];
    timed.push({ name, ratio: Number((team_ms / everything_ms).toFixed(2)), everything_ms, team_ms });
  }
  return timed;
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function median(runs: number[]): number {
  return Number((runs.sort((a, b) => a - b)[(ROUNDS - 1) / 2] ?? NaN).toFixed(1));
}

function worst(timed: Timed[]): number {
  return Math.max(...timed.map(({ ratio }) => ratio));
}
