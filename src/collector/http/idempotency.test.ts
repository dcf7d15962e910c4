import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RateCard } from '../../api/rate-cards';
import { ADMIN_TOKEN, GRAFANA_KEY, startApi, type ApiAnswer, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { createPricedLedger, KAFKA_RATES } from '../../testing/priced-ledger';
import { startServing } from '../../testing/serving-program';
import { applyAccess } from '../access/access-store';
import { createToken, revokeToken } from '../access/tokens';
import { LEASE } from './idempotency-store';

const HOUR = 3_600_000;
let database: TestDatabase;
let api: ApiServer;
/** How far the server's clock is ahead. */
let ahead = 0;
beforeAll(async () => {
  database = await createPricedLedger({ rates: KAFKA_RATES, usage: [] });
  api = await startApi(database.url, {}, () => Date.now() + ahead);
});
beforeEach(() => {
  ahead = 0;
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const post = (path: string, body: unknown, key: string, headers: Record<string, string> = {}) =>
  api.asAdmin(path, { method: 'POST', body, headers: { 'idempotency-key': key, ...headers } });
/** Of two general cards that begin on the same day one would be refused. */
const card = (name: string) => ({
  name,
  workspace: `of ${name}`,
  valid_from: '2027-01-01',
  prices: { kafka_requests: { unit_price: '0.5' } },
});
const budget = (name: string) => ({ name, amount: '10', owner: 'ann', valid_from: '2026-01', thresholds: ['80'] });
const codeOf = ({ status, json }: ApiAnswer) => [status, (json as { code?: string }).code];
const count = async (table: string, where = 'true') =>
  (
    await database.pool.query<{ n: number }>(
      `select count(*)::integer as n from chargeback_data.${table} where ${where}`,
    )
  ).rows[0]?.n;

test.each([
  ['/v1/rate-cards', card('sent twice'), 'rate_card'],
  ['/v1/budgets', budget('sent twice'), 'budget'],
  ['/v1/collect/usage', { from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' }, 'job'],
])('POST %s that is sent again is answered again, and done once', async (path, body, table) => {
  const key = randomUUID();
  const before = (await count(table)) ?? 0;
  const first = await post(path, body, key);
  const again = await post(path, body, key);
  expect(first.status).toBeLessThan(300);
  expect(first.headers['idempotency-replayed']).toBeUndefined();
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect([again.status, again.text]).toEqual([first.status, first.text]);
  for (const header of ['location', 'content-type', 'etag', 'cache-control']) {
    expect([header, again.headers[header]]).toEqual([header, first.headers[header]]);
  }
  expect(await count(table)).toBe(before + 1);
});

test('twenty equal requests at once make one card, and all that are answered say the same', async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => post('/v1/rate-cards', card('a race'), key)));
  expect(await count('rate_card', `name = 'a race'`)).toBe(1);
  const made = answers.filter(({ status }) => status === 201);
  expect(new Set(made.map(({ text }) => text)).size).toBe(1);
  expect(made.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
  for (const waiting of answers.filter(({ status }) => status !== 201)) {
    expect(codeOf(waiting)).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE']);
    expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(0);
  }
});

test('the same key with another body is refused, and nothing is made', async () => {
  const key = randomUUID();
  expect((await post('/v1/budgets', budget('first'), key)).status).toBe(201);
  expect(codeOf(await post('/v1/budgets', budget('second'), key))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  expect(await count('budget', `name = 'second'`)).toBe(0);
});

test('a key is of one person and one route', async () => {
  const key = randomUUID();
  const other = await api.token('admin');
  const sent = [
    await post('/v1/budgets', budget('of the one'), key),
    await post('/v1/rate-cards', card('of the one'), key),
    await post('/v1/budgets', budget('of the other'), key, other),
  ];
  expect(sent.map(({ status, headers }) => [status, headers['idempotency-replayed']])).toEqual([
    [201, undefined],
    [201, undefined],
    [201, undefined],
  ]);
});

test('a request that was refused has not used its key: mended, it is sent with the same one', async () => {
  const key = randomUUID();
  expect((await post('/v1/budgets', { ...budget('mended'), amount: 'much' }, key)).status).toBe(400);
  expect(
    codeOf(await post('/v1/rate-cards', { ...card('kafka-2026'), workspace: '', valid_from: '2026-01-01' }, key)),
  ).toEqual([409, 'RATE_CARD_EXISTS']);
  expect((await post('/v1/rate-cards', card('mended'), key)).status).toBe(201);
  expect((await post('/v1/budgets', budget('mended'), key)).status).toBe(201);
});

test('who may not write learns nothing from a key', async () => {
  const key = randomUUID();
  expect((await post('/v1/rate-cards', card('of the admin'), key)).status).toBe(201);
  expect(codeOf(await post('/v1/rate-cards', card('of the admin'), key, await api.token('viewer')))).toEqual([
    403,
    'FORBIDDEN',
  ]);
});

test('what was answered is not told again to one whose grant was taken away', async () => {
  const ann = {
    'x-chargeback-key': GRAFANA_KEY,
    'x-grafana-context': JSON.stringify({ Login: 'ann', OrgRole: 'Editor' }),
  };
  const [key, body] = [randomUUID(), { ...budget('of a team'), scope: { workspace: 'payments' } }];
  const ask = () => api.ask('/v1/budgets', { method: 'POST', body, headers: { ...ann, 'idempotency-key': key } });
  await applyAccess(database.pool, [{ login: 'ann', workspaces: ['payments'] }], 'test');
  const first = await ask();
  const again = await ask();
  expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
  await applyAccess(database.pool, [{ login: 'ann', workspaces: ['search'] }], 'test');
  expect(codeOf(await ask())).toEqual([403, 'FORBIDDEN']);
});

test('what a token was answered is not told to another one that has its name now', async () => {
  const [key, body] = [randomUUID(), { ...budget('of a pipeline'), scope: { workspace: 'payments' } }];
  const make = async (workspace: string) => {
    const made = await createToken(
      database.pool,
      { name: 'pipeline', role: 'editor', workspaces: [workspace], expires_at: null },
      { actor: 'test', now: Date.now() },
    );
    return { id: made.id, ask: () => post('/v1/budgets', body, key, { authorization: `Bearer ${made.token}` }) };
  };
  const one = await make('payments');
  expect((await one.ask()).status).toBe(201);
  await revokeToken(database.pool, one.id, { actor: 'test', now: Date.now() });
  expect(codeOf(await (await make('search')).ask())).toEqual([403, 'FORBIDDEN']);
});

test('after a day the key is free', async () => {
  const key = randomUUID();
  expect((await post('/v1/budgets', budget('of the day'), key)).status).toBe(201);
  ahead = 24 * HOUR - 60_000;
  expect((await post('/v1/budgets', budget('of the day'), key)).status).toBe(201);
  ahead = 24 * HOUR + 60_000;
  expect(codeOf(await post('/v1/budgets', budget('of the day'), key))).toEqual([409, 'BUDGET_EXISTS']);
});

test('old answers are swept when a server starts', async () => {
  await post('/v1/budgets', budget('to be swept'), randomUUID());
  const later = await startApi(database.url, {}, () => Date.now() + 25 * HOUR);
  for (let attempt = 0; attempt < 100 && (await count('idempotency_key')) !== 0; attempt++) {
    await sleep(50);
  }
  await later.close();
  expect(await count('idempotency_key')).toBe(0);
});

test('a token is made once and shown once: it is kept nowhere, and a repetition says so', async () => {
  const key = randomUUID();
  const body = { name: 'for a pipeline', role: 'viewer', workspaces: null, expires_at: null };
  const first = await post('/v1/tokens', body, key);
  expect(first.status).toBe(201);
  const { token, id } = first.json as { token: string; id: number };
  const again = await post('/v1/tokens', body, key);
  expect(codeOf(again)).toEqual([409, 'IDEMPOTENCY_KEY_SPENT']);
  expect((again.json as { detail: string }).detail).toContain(`/v1/tokens/${id}`);
  expect(again.text).not.toContain(token);
  expect(await count('api_token', `name = 'for a pipeline'`)).toBe(1);
  const { rows } = await database.pool.query<{ row: string }>(
    `select k::text as row from chargeback_data.idempotency_key k`,
  );
  expect(rows.map(({ row }) => row).join('\n')).not.toContain(token.slice(4));
  expect(rows.map(({ row }) => row).join('\n')).not.toContain(key);
});

test.each(['', ' ', 'x'.repeat(201), 'ü', 'a\tb'])('the key %j is refused', async (key) => {
  const { status, json } = await post('/v1/budgets', budget(`key ${key.length}`), key);
  expect([status, (json as { errors?: unknown }).errors]).toEqual([
    400,
    [{ path: 'Idempotency-Key', message: expect.stringMatching(/1 to 200 printable/) as string }],
  ]);
});

test('a preview takes a key, and does as without', async () => {
  const key = randomUUID();
  const ask = () => post('/v1/rate-cards/preview', { card: card('tried out') }, key);
  const [first, again] = [await ask(), await ask()];
  expect([first.status, again.status, again.headers['idempotency-replayed']]).toEqual([
    first.status,
    first.status,
    undefined,
  ]);
  expect(await count('rate_card', `name = 'tried out'`)).toBe(0);
});

test('a collector that is killed while it writes leaves a key that can be used when its lease is over', async () => {
  const program = await startServing(database.url);
  const key = randomUUID();
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };
  const db = await database.pool.connect();
  await db.query('begin; lock table chargeback_data.rate_card in access exclusive mode');
  const lost = fetch(`${program.url}/v1/rate-cards`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': key },
    body: JSON.stringify(card('interrupted')),
  }).then(
    ({ status }) => status,
    () => 'lost',
  );
  for (let attempt = 0; attempt < 100 && (await count('idempotency_key', 'lease_until is not null')) === 0; attempt++) {
    await sleep(50);
  }
  program.kill('SIGKILL');
  await program.ended;
  expect(await lost).toBe('lost');
  await db.query('rollback');
  db.release();
  expect(codeOf(await post('/v1/rate-cards', card('interrupted'), key))).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE']);
  ahead = LEASE + 1000;
  const again = await post('/v1/rate-cards', card('interrupted'), key);
  expect([again.status, (again.json as RateCard).name]).toEqual([201, 'interrupted']);
  expect(await count('rate_card', `name = 'interrupted'`)).toBe(1);
});

test('nobody but the collector reads what was answered', async () => {
  const { rows } = await database.pool.query<{ role: string }>(
    `select rolname as role from pg_roles
     where not rolsuper and rolname not like 'pg\\_%' and has_table_privilege(oid, 'chargeback_data.idempotency_key', 'select, insert, update, delete')`,
  );
  expect(rows).toEqual([]);
});
