import { request, Agent, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ready } from '../../api/health';
import { ADMIN_TOKEN } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';
import { startServing, type ServingProgram } from '../../testing/serving-program';

/** Enough rows that a file of them waits for its reader. */
const [TOPICS, HOURS] = [250, 400];
const FILE =
  '/v1/costs.ndjson?from_ts=2026-03-01T00:00:00Z&to_ts=2026-04-01T00:00:00Z&granularity=hour&group_by=topic,workspace';

let database: TestDatabase;
let program: ServingProgram;
beforeAll(async () => {
  database = await createPricedLedger({
    rates: KAFKA_RATES,
    usage: Array.from({ length: TOPICS }, (_, topic) => ({
      hour: marchHour(0),
      meter: 'kafka_ingress_bytes',
      resource: { topic: `${'a-long-name-'.repeat(10)}${topic}`, workspace: 'payments' },
      quantity: String(topic + 1),
    })),
  });
  await database.pool.query(
    `insert into chargeback_data.fact (hour, meter_id, resource_id, price_id, quantity, cost, coverage, estimated)
     select f.hour + h * interval '1 hour', meter_id, resource_id, price_id, quantity, cost, coverage, estimated
     from chargeback_data.fact f, generate_series(1, $1::integer - 1) h`,
    [HOURS],
  );
}, 60_000);
afterEach(async () => {
  program.kill('SIGKILL');
  await program.ended;
});
afterAll(() => database.drop());

const authorization = `Bearer ${ADMIN_TOKEN}`;

/** Sends a request, on a connection of its own unless `agent` keeps one. */
async function ask(
  path: string,
  { method = 'GET', body, agent }: { method?: string; body?: unknown; agent?: Agent } = {},
): Promise<IncomingMessage> {
  const sent = request(`${program.url}${path}`, {
    method,
    agent: agent ?? false,
    headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
  });
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
}

async function text(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const until = async (holds: () => Promise<boolean>) => {
  for (let attempt = 0; attempt < 400 && !(await holds()); attempt++) {
    await sleep(25);
  }
};

const BUDGET = { amount: '10', owner: 'ann', valid_from: '2026-01', thresholds: ['80'] };

/** Sends a write that waits for a lock, which `free` takes away. */
async function waitingWrite(name: string): Promise<{ answer: Promise<IncomingMessage>; free: () => Promise<void> }> {
  const db = await database.pool.connect();
  await db.query('begin; lock table chargeback_data.budget in access exclusive mode');
  const answer = ask('/v1/budgets', { method: 'POST', body: { ...BUDGET, name } });
  answer.catch(() => undefined);
  await until(async () => {
    const { rows } = await database.pool.query(`select from pg_locks where not granted`);
    return rows.length > 0;
  });
  return {
    answer,
    free: async () => {
      await db.query('rollback');
      db.release();
    },
  };
}

const budgets = async (name: string) =>
  (await database.pool.query('select from chargeback_data.budget where name = $1', [name])).rows.length;

test('told to stop in the middle of a file and of a write, it finishes both, refuses newcomers, and ends well', async () => {
  program = await startServing(database.url);
  const kept = new Agent({ keepAlive: true });
  await text(await ask('/healthz', { agent: kept }));
  const file = await ask(FILE);
  await once(file, 'readable');
  const write = await waitingWrite('written while stopping');
  program.kill('SIGTERM');
  await until(async () => program.log().includes('"signal":"SIGTERM"'));
  await until(() =>
    ask('/healthz').then(
      async (answer) => (await text(answer)) === '',
      () => true,
    ),
  );
  await expect(ask('/healthz')).rejects.toThrow(/ECONNREFUSED/);
  await write.free();
  const written = await write.answer;
  expect([written.statusCode, written.headers.connection]).toEqual([201, 'close']);
  await text(written);
  expect((await text(file)).split('\n')).toHaveLength(TOPICS * HOURS + 1);
  const { code, stderr } = await program.ended;
  expect([code, stderr.includes('"msg":"stopped"')]).toEqual([0, true]);
  expect(await budgets('written while stopping')).toBe(1);
  kept.destroy();
}, 60_000);

test('whoever watches /readyz hears that it stops, before the port is closed', async () => {
  program = await startServing(database.url);
  await text(await ask('/readyz'));
  const file = await ask(FILE);
  await once(file, 'readable');
  program.kill('SIGTERM');
  await until(async () => program.log().includes('"signal":"SIGTERM"'));
  const heard = await ask('/readyz');
  const ready = JSON.parse(await text(heard)) as Ready;
  expect([heard.statusCode, heard.headers.connection, ready.status, ready.stopping]).toEqual([
    503,
    'close',
    'failed',
    true,
  ]);
  await until(() =>
    ask('/healthz').then(
      async (answer) => (await text(answer)) === '',
      () => true,
    ),
  );
  await expect(ask('/healthz')).rejects.toThrow(/ECONNREFUSED/);
  await text(file);
  expect((await program.ended).code).toBe(0);
}, 60_000);

test('a second signal ends it at once, and takes back what was being written', async () => {
  program = await startServing(database.url);
  const write = await waitingWrite('taken back');
  program.kill('SIGTERM');
  await until(async () => program.log().includes('"signal":"SIGTERM"'));
  program.kill('SIGTERM');
  expect((await program.ended).code).toBe(1);
  await expect(write.answer).rejects.toThrow();
  await write.free();
  expect(await budgets('taken back')).toBe(0);
}, 60_000);

test('what does not finish in time is broken off', async () => {
  program = await startServing(database.url, { CHARGEBACK_STOP_SECONDS: '1' });
  const write = await waitingWrite('too slow');
  program.kill('SIGTERM');
  const { code, stderr } = await program.ended;
  expect([code, stderr]).toEqual([1, expect.stringMatching(/still running after CHARGEBACK_STOP_SECONDS/)]);
  await expect(write.answer).rejects.toThrow();
  await write.free();
  expect(await budgets('too slow')).toBe(0);
}, 60_000);
