import { startApi, type ApiServer } from '../../testing/api-server';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { createToken } from '../access/tokens';

let now = Date.parse('2026-03-10T12:00:00Z');
let database: TestDatabase;
let api: ApiServer;
beforeEach(async () => {
  now = Date.parse('2026-03-10T12:00:00Z');
  database = await createDatabase();
  api = await startApi(database.url, {}, () => now);
});
afterEach(async () => {
  await api.close();
  await database.drop();
});

interface Made {
  id: number;
  token: string;
}
const make = async (body: object) => {
  const { status, json } = await api.asAdmin('/v1/tokens', { method: 'POST', body });
  expect([status, json]).toEqual([201, expect.anything()]);
  return json as Made;
};
const by = ({ token }: Made) => ({ authorization: `Bearer ${token}` });
const me = async (made: Made) => (await api.ask('/v1/me', { headers: by(made) })) as { status: number; json: unknown };
const list = async () => ((await api.asAdmin('/v1/tokens')).json as { data: Array<Record<string, unknown>> }).data;

test('a token is shown once, and does what it was made for under its name', async () => {
  const made = await make({ name: 'export', role: 'viewer', workspaces: ['payments', 'pay-*'] });
  expect(made.token).toMatch(/^cbk_[\w-]{43}$/);
  expect((await me(made)).json).toMatchObject({ login: 'token:export', role: 'viewer', workspaces: ['payments'] });
  const [listed] = await list();
  expect(listed).toMatchObject({ name: 'export', state: 'active', created_by: 'admin-token', expires_at: null });
  expect(JSON.stringify(await list())).not.toContain(made.token);
  const { rows } = await database.pool.query('select * from chargeback_data.api_token, chargeback_data.audit');
  expect(JSON.stringify(rows)).not.toContain(made.token.slice(4));
});

test('no two tokens have one name, until one is revoked', async () => {
  const first = await make({ name: 'export', role: 'viewer' });
  const { status, json } = await api.asAdmin('/v1/tokens', { method: 'POST', body: { name: 'export', role: 'admin' } });
  expect([status, json]).toEqual([409, expect.objectContaining({ code: 'TOKEN_EXISTS' })]);
  await api.asAdmin(`/v1/tokens/${first.id}`, { method: 'DELETE' });
  const second = await make({ name: 'export', role: 'viewer' });
  expect(second.id).not.toBe(first.id);
  expect((await list()).map(({ id, state }) => [id, state])).toEqual([
    [second.id, 'active'],
    [first.id, 'revoked'],
  ]);
});

test('a revoked token is refused at once and for ever; revoking it again tells who was first', async () => {
  const made = await make({ name: 'export', role: 'viewer' });
  expect((await me(made)).status).toBe(200);
  const revoked = await api.asAdmin(`/v1/tokens/${made.id}`, { method: 'DELETE' });
  expect(revoked).toMatchObject({ status: 200, json: { state: 'revoked', revoked_by: 'admin-token' } });
  expect(await me(made)).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } });
  now += 1000;
  expect((await api.asAdmin(`/v1/tokens/${made.id}`, { method: 'DELETE' })).json).toEqual(revoked.json);
  const { json } = await api.asAdmin('/v1/history?object=token');
  const actions = (json as { data: Array<{ action: string; subject: string }> }).data.map(({ action, subject }) => [
    action,
    subject,
  ]);
  expect(actions).toEqual([
    ['token.revoke', 'export'],
    ['token.create', 'export'],
  ]);
  expect((await api.asAdmin('/v1/tokens/9999', { method: 'DELETE' })).status).toBe(404);
});

test('a token ends at its time, to the millisecond', async () => {
  const made = await make({ name: 'brief', role: 'viewer', expires_at: '2026-03-10T12:00:01Z' });
  now += 999;
  expect((await me(made)).status).toBe(200);
  now += 1;
  expect((await me(made)).status).toBe(401);
  expect((await list())[0]).toMatchObject({ state: 'expired', expires_at: '2026-03-10T12:00:01.000Z' });
  const late = { name: 'late', role: 'viewer', expires_at: '2026-03-10T12:00:01Z' };
  const { status, json } = await api.asAdmin('/v1/tokens', { method: 'POST', body: late });
  expect([status, json]).toEqual([
    400,
    expect.objectContaining({ errors: [expect.objectContaining({ path: 'expires_at' })] }),
  ]);
});

test('its last use is known to the minute', async () => {
  const made = await make({ name: 'export', role: 'viewer' });
  expect((await list())[0]).toMatchObject({ last_used_at: null });
  await me(made);
  expect((await list())[0]).toMatchObject({ last_used_at: '2026-03-10T12:00:00.000Z' });
  now += 30_000;
  await Promise.all([me(made), me(made)]);
  expect((await list())[0]).toMatchObject({ last_used_at: '2026-03-10T12:00:00.000Z' });
  now += 31_000;
  await Promise.all([me(made), me(made), me(made)]);
  expect((await list())[0]).toMatchObject({ last_used_at: '2026-03-10T12:01:01.000Z' });
});

test('tokens are made, seen and revoked by administrators who see everything', async () => {
  const made = await make({ name: 'part', role: 'admin', workspaces: ['payments'] });
  for (const headers of [by(made), await api.token('editor'), await api.token('viewer', 'payments')]) {
    for (const [method, path, body] of [
      ['GET', '/v1/tokens', undefined],
      ['POST', '/v1/tokens', { name: 'more', role: 'admin' }],
      ['DELETE', `/v1/tokens/${made.id}`, undefined],
    ] as const) {
      const { status, json } = await api.ask(path, { method, headers, ...(body && { body }) });
      expect([status, json]).toEqual([403, expect.objectContaining({ code: 'FORBIDDEN' })]);
    }
  }
  expect((await me(made)).status).toBe(200);
});

test('everything that is wrong is told at once', async () => {
  const { status, json } = await api.asAdmin('/v1/tokens', {
    method: 'POST',
    body: { name: 'a\nb', role: 'god', workspaces: [], expires_at: 'tomorrow', admin: true },
  });
  expect(status).toBe(400);
  expect((json as { errors: Array<{ path: string }> }).errors.map(({ path }) => path).sort()).toEqual(
    expect.arrayContaining(['expires_at', 'name', 'role', 'workspaces']),
  );
});

test('a token without a name gets one that nobody has, also when its first choice was given by hand', async () => {
  const first = await make({ name: 'export', role: 'viewer' });
  await make({ name: `token-${first.id + 2}`, role: 'viewer' });
  const input = { role: 'viewer', workspaces: null, expires_at: null } as const;
  const { id, name } = await createToken(database.pool, input, { actor: 'ann', now });
  expect([id, name]).toEqual([first.id + 3, `token-${first.id + 3}`]);
});
