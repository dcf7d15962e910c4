import { randomUUID } from 'node:crypto';
import type { Problem } from '../../api/common';
import { ADMIN_TOKEN, GRAFANA_KEY, startApi, type ApiAnswer, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { createPricedLedger, KAFKA_RATES } from '../../testing/priced-ledger';
import { DIRECTORY_LOCK } from '../metering/series-registry';

let database: TestDatabase;
const servers: ApiServer[] = [];
beforeAll(async () => {
  database = await createPricedLedger({ rates: KAFKA_RATES, usage: [] });
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => database.drop());

async function start(environment: Record<string, string>): Promise<ApiServer> {
  const server = await startApi(database.url, environment);
  servers.push(server);
  return server;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const user = (login: string, key = GRAFANA_KEY) => ({ 'x-chargeback-key': key, 'x-grafana-user': login });

/** Asks who one is, `times` times; the statuses in their order. */
async function statuses(api: ApiServer, headers: () => Record<string, string>, times: number): Promise<number[]> {
  const found: number[] = [];
  for (let asked = 0; asked < times; asked++) {
    found.push((await api.ask('/v1/me', { headers: headers() })).status);
  }
  return found;
}

function expectLater({ status, json, headers }: ApiAnswer, expected: { status: number; code: string }): void {
  expect(json).toMatchObject(expected);
  expect(status).toBe(expected.status);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
}

test('who asks too often waits, and nobody else who comes through the same proxy does', async () => {
  const api = await start({ CHARGEBACK_RATE_LIMIT: '5' });
  const first = await api.ask('/v1/me', { headers: user('ann') });
  expect(first.headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-remaining': '4' });
  expect(await statuses(api, () => user('ann'), 6)).toEqual([200, 200, 200, 200, 429, 429]);
  expectLater(await api.ask('/v1/me', { headers: user('ann') }), { status: 429, code: 'TOO_MANY_REQUESTS' });
  expect(await statuses(api, () => user('bob'), 1)).toEqual([200]);
  expect(await statuses(api, () => bearer(ADMIN_TOKEN), 1)).toEqual([200]);
});

test('a token that is called like a user of Grafana is counted for itself', async () => {
  const api = await start({ CHARGEBACK_RATE_LIMIT: '2' });
  expect(await statuses(api, () => user('admin-token'), 3)).toEqual([200, 200, 429]);
  expect(await statuses(api, () => bearer(ADMIN_TOKEN), 3)).toEqual([200, 200, 429]);
});

test('what is refused counts, too: a 403 in a loop ends as a 429', async () => {
  const api = await start({ CHARGEBACK_RATE_LIMIT: '3' });
  const ask = async () => (await api.ask('/v1/tokens', { headers: user('ann') })).status;
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([403, 403, 403, 429]);
});

test('0 is no limit at all', async () => {
  const api = await start({ CHARGEBACK_RATE_LIMIT: '0' });
  expect(new Set(await statuses(api, () => bearer(ADMIN_TOKEN), 50))).toEqual(new Set([200]));
  expect(new Set(await statuses(api, () => bearer(randomUUID()), 50))).toEqual(new Set([401]));
});

test('guessing tokens ends after thirty from an address; who was let in before goes on from there', async () => {
  const api = await start({ CHARGEBACK_RATE_LIMIT: '1200' });
  const token = await api.token('viewer');
  expect(await statuses(api, () => token, 1)).toEqual([200]);
  const guesses = await statuses(api, () => bearer(`cbk_${randomUUID()}`), 40);
  expect(guesses).toEqual([...Array<number>(30).fill(401), ...Array<number>(10).fill(429)]);
  expectLater(await api.ask('/v1/me', { headers: bearer(randomUUID()) }), { status: 429, code: 'TOO_MANY_REQUESTS' });
  // Even the right one is not looked at when it comes as one more guess.
  expect(await statuses(api, () => bearer(ADMIN_TOKEN), 1)).toEqual([429]);
  expect(await statuses(api, () => token, 1)).toEqual([200]);
  expect((await api.ask('/metrics', { headers: bearer(randomUUID()) })).status).toBe(429);
  expect((await api.ask('/healthz')).status).toBe(200);
});

test('a Grafana with an old key asks in vain for ever, and locks out nobody', async () => {
  const api = await start({ CHARGEBACK_RATE_LIMIT: '100' });
  expect(new Set(await statuses(api, () => user('ann', 'the-key-of-last-year'), 100))).toEqual(new Set([401]));
  expect(await statuses(api, () => user('ann', 'the-key-of-last-year'), 1)).toEqual([429]);
  // The right key was never seen before, and comes from the same address.
  expect(await statuses(api, () => user('ann'), 1)).toEqual([200]);
});

test('guesses of the key are counted as guesses also behind an empty Authorization', async () => {
  const api = await start({ CHARGEBACK_RATE_LIMIT: '1200' });
  const guess = () => ({ ...user('ann', randomUUID()), authorization: '' });
  expect(await statuses(api, () => ({ ...user('ann'), authorization: '' }), 1)).toEqual([200]);
  expect(await statuses(api, guess, 35)).toEqual([...Array<number>(30).fill(401), ...Array<number>(5).fill(429)]);
});

test('an empty Authorization makes a user of Grafana neither another one nor a token', async () => {
  const api = await start({ CHARGEBACK_RATE_LIMIT: '2' });
  expect(await statuses(api, () => user('admin-token'), 2)).toEqual([200, 200]);
  expect(await statuses(api, () => ({ ...user('admin-token'), authorization: '' }), 1)).toEqual([429]);
  expect(await statuses(api, () => bearer(ADMIN_TOKEN), 1)).toEqual([200]);
});

test('a right key with an impossible user is not a wrong key', async () => {
  const api = await start({ CHARGEBACK_RATE_LIMIT: '3' });
  const nobody = () => ({ 'x-chargeback-key': GRAFANA_KEY, 'x-grafana-context': '{' });
  expect(await statuses(api, nobody, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(await statuses(api, () => user('ann'), 1)).toEqual([200]);
});

test('a revoked token is a wrong one from then on', async () => {
  const api = await start({ CHARGEBACK_RATE_LIMIT: '3' });
  const token = await api.token('viewer');
  expect(await statuses(api, () => token, 1)).toEqual([200]);
  await database.pool.query(`update chargeback_data.api_token set revoked_at = now(), revoked_by = 'test'`);
  expect(await statuses(api, () => token, 4)).toEqual([401, 401, 401, 429]);
});

test.each([
  ['/v1/meters', 'meter'],
  ['/v1/directory', 'directory'],
  ['/v1/directory/matches', 'directory'],
  ['/v1/explanations/readings?charge_type=kafka_requests&hour=2026-03-01T00:00:00Z', 'directory'],
])('%s that PostgreSQL cannot answer in time is ended, with a word on what to do', async (path, table) => {
  const api = await start({ CHARGEBACK_STATEMENT_TIMEOUT: '1' });
  const asking = [bearer(ADMIN_TOKEN), await api.token('viewer', 'payments')];
  const db = await database.pool.connect();
  try {
    await db.query(`begin; lock table chargeback_data.${table} in access exclusive mode`);
    for (const headers of asking) {
      const answer = await api.ask(path, { headers });
      expectLater(answer, { status: 503, code: 'QUERY_TIMEOUT' });
      expect((answer.json as Problem).detail).toMatch(/Ask for a shorter range, fewer dimensions or one workspace/);
    }
  } finally {
    await db.query('rollback');
    db.release();
  }
  expect((await api.asAdmin(path)).status).toBe(200);
});

test('when every connection is busy the next question is told so, and to come again', async () => {
  const api = await start({ CHARGEBACK_STATEMENT_TIMEOUT: '20' });
  const db = await database.pool.connect();
  try {
    await db.query('begin; lock table chargeback_data.meter in access exclusive mode');
    const waiting = Array.from({ length: 4 }, () => api.asAdmin('/v1/meters'));
    expectLater(await api.asAdmin('/v1/meters'), { status: 503, code: 'TOO_BUSY' });
    await db.query('rollback');
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  } finally {
    await db.query('rollback');
    db.release();
  }
}, 30_000);

test('directories that wait for their turn leave connections to what else is written', async () => {
  const api = await start({});
  const db = await database.pool.connect();
  try {
    await db.query(`begin; select pg_advisory_xact_lock(${DIRECTORY_LOCK})`);
    const rules = [{ match: { topic: '*' }, set: { workspace: 'payments' } }];
    const waiting = Array.from({ length: 6 }, () => api.asAdmin('/v1/directory', { method: 'PUT', body: { rules } }));
    const other = { role: 'viewer', workspaces: null, expires_at: null, name: 'made meanwhile' };
    expect((await api.asAdmin('/v1/tokens', { method: 'POST', body: other })).status).toBe(201);
    await db.query('rollback');
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  } finally {
    await db.query('rollback');
    db.release();
  }
}, 30_000);
