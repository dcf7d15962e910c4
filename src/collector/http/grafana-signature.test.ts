import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { GRAFANA_KEY, startApi, type ApiServer } from '../../testing/api-server';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { loadConfig } from '../config';

/* A Grafana is here who it is to the collector: the publisher of signing keys. */
let keysServer: Server;
const published: JWK[] = [];
let answers = true;
let database: TestDatabase;
let api: ApiServer;
let strict: ApiServer;
let ours: CryptoKey;

const NOW = Date.parse('2026-03-10T12:00:00Z');
const CONTEXT = {
  UserID: 2,
  UserUID: 'abc',
  OrgID: 1,
  OrgName: 'Main Org.',
  OrgRole: 'Editor',
  Login: 'zoë',
  Email: 'zoe@example.com',
  EmailVerified: true,
  Teams: [3],
};
const CLAIMS = { identifier: 'abc', username: 'zoë', email: 'zoe@example.com', role: 'Editor', type: 'user' };

async function newKey(kid: string): Promise<CryptoKey> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  published.push({ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' });
  return privateKey;
}

beforeAll(async () => {
  ours = await newKey('one');
  keysServer = createServer((_, answer) => {
    answer.writeHead(answers ? 200 : 500, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ keys: published }));
  }).listen(0, '127.0.0.1');
  await once(keysServer, 'listening');
  const grafana = `http://127.0.0.1:${(keysServer.address() as AddressInfo).port}`;
  database = await createDatabase();
  api = await startApi(database.url, { CHARGEBACK_GRAFANA_URL: grafana }, () => NOW);
  strict = await startApi(
    database.url,
    { CHARGEBACK_GRAFANA_URL: grafana, CHARGEBACK_REQUIRE_GRAFANA_ID: 'true' },
    () => NOW,
  );
});
afterAll(async () => {
  await Promise.all([api.close(), strict.close()]);
  keysServer.close();
  await database.drop();
});

interface Signed {
  claims?: Record<string, unknown>;
  subject?: string;
  audience?: string;
  /** Seconds from NOW. */
  issued?: number;
  expires?: number;
  key?: CryptoKey | Uint8Array;
  header?: { alg: string; kid?: string };
}

function sign({
  claims = CLAIMS,
  subject = 'user:2',
  audience = 'org:1',
  issued = -60,
  expires = 540,
  key,
  header,
}: Signed = {}) {
  const at = NOW / 1000;
  return new SignJWT(claims)
    .setProtectedHeader(header ?? { alg: 'ES256', kid: 'one' })
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt(at + issued)
    .setExpirationTime(at + expires)
    .sign(key ?? ours);
}

const headers = (context: object, id?: string | string[]): Record<string, string | string[]> => ({
  'x-chargeback-key': GRAFANA_KEY,
  'x-grafana-context': Buffer.from(JSON.stringify(context), 'utf8').toString('latin1'),
  ...(id !== undefined && { 'x-grafana-id': id }),
});
const me = (server: ApiServer, context: object, id?: string | string[]) =>
  server.ask('/v1/me', { headers: headers(context, id) });

test('a user whom Grafana signed is who Grafana states', async () => {
  const { status, json } = await me(strict, CONTEXT, await sign());
  expect([status, json]).toEqual([200, expect.objectContaining({ login: 'zoë', role: 'editor' })]);
});

test('service accounts and anonymous visitors are signed as what they are', async () => {
  const account = { ...CONTEXT, UserID: 5, UserUID: 'sa', Login: 'sa-1-ci', IsServiceAccount: true, Email: '' };
  const signed = await sign({ subject: 'service-account:5', claims: { identifier: 'sa', role: 'Editor' } });
  expect((await me(strict, account, signed)).json).toMatchObject({ login: 'sa-1-ci', role: 'editor' });
  const nobody = { ...CONTEXT, UserID: 0, UserUID: '', Login: '', IsAnonymous: true, OrgRole: 'Viewer', Email: '' };
  const anonymous = await sign({ subject: 'anonymous:0', claims: { role: 'Viewer' } });
  expect((await me(strict, nobody, anonymous)).json).toMatchObject({ login: 'anonymous', role: 'viewer' });
  // One is not the other.
  expect((await me(strict, nobody, await sign())).status).toBe(401);
  expect((await me(strict, { ...CONTEXT, UserID: 5 }, signed)).status).toBe(401);
});

test.each([
  ['another user', { UserID: 3 }],
  ['another organization', { OrgID: 2 }],
  ['another unique id', { UserUID: 'xyz' }],
  ['another login', { Login: 'admin' }],
  ['another verified address', { Email: 'boss@example.com' }],
])('a context of %s than was signed is refused', async (_, changed) => {
  const { status, json } = await me(api, { ...CONTEXT, ...changed }, await sign());
  expect([status, json]).toEqual([401, expect.objectContaining({ detail: expect.stringContaining('another user') })]);
});

test('a role that is higher than the signed one does not count, a lower one does', async () => {
  for (const stated of [{ OrgRole: 'Admin' }, { IsGrafanaAdmin: true }]) {
    expect((await me(api, { ...CONTEXT, ...stated }, await sign())).json).toMatchObject({ role: 'editor' });
  }
  expect((await me(api, { ...CONTEXT, OrgRole: 'Viewer' }, await sign())).json).toMatchObject({ role: 'viewer' });
});

test('what has expired is refused, but clocks may be a minute apart', async () => {
  expect((await me(api, CONTEXT, await sign({ issued: -640, expires: -40 }))).status).toBe(200);
  const { status, json } = await me(api, CONTEXT, await sign({ issued: -661, expires: -61 }));
  expect([status, json]).toEqual([401, expect.objectContaining({ detail: expect.stringContaining('has expired') })]);
  expect((await me(api, CONTEXT, await sign({ issued: -2000, expires: 500 }))).status).toBe(401);
  expect((await me(api, CONTEXT, await sign({ issued: 120, expires: 700 }))).status).toBe(401);
});

test('nothing but the published keys signs for Grafana', async () => {
  const other = (await generateKeyPair('ES256')).privateKey;
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await sign()).split('.')[1]}.`;
  const secret = new TextEncoder().encode(JSON.stringify(published[0]));
  const forged = [
    await sign({ key: other }),
    await sign({ key: other, header: { alg: 'ES256', kid: 'theirs' } }),
    none,
    await sign({ key: secret, header: { alg: 'HS256', kid: 'one' } }),
    (await sign()).replace(/.{4}$/, 'AAAA'),
    'nonsense',
    'a'.repeat(10_000),
  ];
  for (const id of forged) {
    const { status, json } = await me(api, CONTEXT, id);
    expect([status, json]).toEqual([401, expect.objectContaining({ code: 'UNAUTHENTICATED' })]);
  }
  expect((await me(api, CONTEXT, [await sign(), await sign()])).status).toBe(401);
});

test('a new key is believed when Grafana publishes it', async () => {
  const next = await newKey('two');
  await sleep(2100);
  expect((await me(api, CONTEXT, await sign({ key: next, header: { alg: 'ES256', kid: 'two' } }))).status).toBe(200);
});

test('without a signature: as stated, unless it is asked for', async () => {
  expect((await me(api, CONTEXT)).json).toMatchObject({ login: 'zoë', role: 'editor' });
  const { status, json } = await me(strict, CONTEXT);
  expect([status, json]).toEqual([401, expect.objectContaining({ detail: expect.stringContaining('X-Grafana-Id') })]);
  const named = { 'x-chargeback-key': GRAFANA_KEY, 'x-grafana-user': 'zoë' };
  expect((await strict.ask('/v1/me', { headers: named })).status).toBe(401);
  expect((await api.ask('/v1/me', { headers: { ...named, 'x-grafana-id': await sign() } })).status).toBe(401);
});

test('a signature does not stand in for the shared key', async () => {
  const { 'x-chargeback-key': _, ...rest } = headers(CONTEXT, await sign());
  expect((await api.ask('/v1/me', { headers: rest })).status).toBe(401);
});

test('keys that cannot be read are a fault of the service, and nobody gets in', async () => {
  const fresh = await startApi(
    database.url,
    { CHARGEBACK_GRAFANA_URL: `http://127.0.0.1:${(keysServer.address() as AddressInfo).port}` },
    () => NOW,
  );
  answers = false;
  try {
    const { status, json } = await me(fresh, CONTEXT, await sign());
    expect([status, json]).toEqual([503, expect.objectContaining({ code: 'GRAFANA_UNAVAILABLE' })]);
    // Keys that were read stay.
    expect((await me(api, CONTEXT, await sign())).status).toBe(200);
  } finally {
    answers = true;
    await fresh.close();
  }
});

test('asking for signatures without knowing whose is refused at the start', () => {
  expect(() => loadConfig({ DATABASE_URL: 'postgres://x/y', CHARGEBACK_REQUIRE_GRAFANA_ID: 'true' })).toThrow(
    /CHARGEBACK_REQUIRE_GRAFANA_ID: needs CHARGEBACK_GRAFANA_URL/,
  );
});
