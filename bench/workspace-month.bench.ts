import { HOUR } from '../src/domain/hours';
import { startApi } from '../src/testing/api-server';
import { startBenchLedger } from './ledger';
import { fillLedger } from './thirteen-months';

/*
 * How long a workspace's month takes over HTTP on a ledger of 10 million facts (13 months, 25 workspaces): asked by an
 * administrator, and by a member, whom row-level security shows that workspace only. Every question is asked once in each
 * round, one after the other, over a new connection; the first rounds are not counted. Beside it the median of a bare sum over
 * the month's roll-up of everybody, to compare machines by.
 */
const FACTS = Number(process.env.BENCH_FACTS ?? 10_000_000);
const ROUNDS = 300;
const WARMING = 20;
const END = Date.parse('2026-01-20T10:00:00Z');
const START = END - 396 * 24 * HOUR;
const WORKSPACE = 'workspace-3';
const QUESTIONS = {
  'report, whole month': `/v1/chargeback?period=2025-12&workspace=${WORKSPACE}`,
  'report, running month': `/v1/chargeback?period=2026-01&workspace=${WORKSPACE}`,
  'summary, whole month': `/v1/chargeback/summary?period=2025-12&workspace=${WORKSPACE}`,
  'summary, running month': `/v1/chargeback/summary?period=2026-01&workspace=${WORKSPACE}`,
};

const ledger = await startBenchLedger('http://127.0.0.1:9', END);
try {
  const { pool } = ledger.context;
  const begun = performance.now();
  await fillLedger(pool, { facts: FACTS, from: START, to: END });
  await pool.query('vacuum analyze');
  const { rows } = await pool.query<{ facts: number }>('select count(*)::integer as facts from chargeback_data.fact');
  console.error(`${rows[0]?.facts} facts in ${Math.round((performance.now() - begun) / 1000)} s`);
  const api = await startApi(ledger.database.url, {}, () => END);
  try {
    const member = await api.token('viewer', WORKSPACE);
    const asked = Object.entries(QUESTIONS).flatMap(([name, path]): Array<[string, () => Promise<unknown>]> => [
      [`${name}, administrator`, async () => expectAnswer(await api.asAdmin(path))],
      [`${name}, member`, async () => expectAnswer(await api.ask(path, { headers: member }))],
    ]);
    const bareSum = () =>
      pool.query('select sum(cost) from chargeback_data.monthly_fact where month = $1', ['2025-12-01']);
    const took = await time([['bare sum', bareSum], ...asked]);
    const bare = at(took.get('bare sum') ?? [], 0.5);
    console.log(
      JSON.stringify({
        bench: 'workspace-month',
        facts: rows[0]?.facts,
        rounds: ROUNDS,
        bare_sum_ms: round(bare),
        ...Object.fromEntries(
          asked.map(([name]) => {
            const [p50, p99] = [at(took.get(name) ?? [], 0.5), at(took.get(name) ?? [], 0.99)];
            return [name, { p50_ms: round(p50), p99_ms: round(p99), ratio: round(p50 / bare) }];
          }),
        ),
      }),
    );
  } finally {
    await api.close();
  }
} finally {
  await ledger.stop();
}

function expectAnswer({ status, text }: { status: number; text: string }): void {
  if (status !== 200) {
    throw new Error(`answered ${status}: ${text.slice(0, 500)}`);
  }
}

/** Milliseconds of each question in each round, ascending. */
async function time(questions: Array<[string, () => Promise<unknown>]>): Promise<Map<string, number[]>> {
  const took = new Map(questions.map(([name]) => [name, [] as number[]]));
  for (let turn = -WARMING; turn < ROUNDS; turn++) {
    for (const [name, ask] of questions) {
      const begun = performance.now();
      await ask();
      if (turn >= 0) {
        took.get(name)?.push(performance.now() - begun);
      }
    }
  }
  took.forEach((milliseconds) => milliseconds.sort((a, b) => a - b));
  return took;
}

function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
