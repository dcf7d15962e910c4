import { Agent, request } from 'node:http';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { applyAccess, getAccess } from '../../access/access-store';
import { createToken } from '../../access/tokens';
import { everyRoute, expectRefusal, startAttackedApi, type AttackedApi } from '../../../testing/attacked-api';
import { MEMBER, OURS } from '../../../testing/two-teams-ledger';

let attacked: AttackedApi;
let now = Date.parse('2026-03-10T12:00:00Z');
beforeAll(async () => {
  attacked = await startAttackedApi({}, () => now);
});
afterAll(() => attacked.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const make = (expires_at: string | null = null) =>
  createToken(attacked.database.pool, { role: 'admin', workspaces: null, expires_at }, { actor: 'test', now });
const revoke = (id: number) => attacked.api.asAdmin(`/v1/tokens/${id}`, { method: 'DELETE' });

/** Asks on the one connection that `agent` keeps alive; says whether it was the same as before. */
async function ask(agent: Agent, path: string, headers: Record<string, string>) {
  const sent = request(`${attacked.api.url}${path}`, { agent, headers });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, body: await json(answer), reused: sent.reusedSocket };
}

test('a token that was revoked opens no route, and cannot be told from one that never was', async () => {
  const { id, token } = await make();
  expect((await attacked.api.ask('/v1/tokens', { headers: bearer(token) })).status).toBe(200);
  expect((await revoke(id)).status).toBe(200);
  const never = await attacked.api.ask('/v1/me', { headers: bearer('cbk_never') });
  await attacked.unchanged(async () => {
    for (const { method, address } of everyRoute()) {
      const answer = await attacked.api.ask(address, { method, headers: bearer(token) });
      expectRefusal(answer, { status: 401, code: 'UNAUTHENTICATED' }, [method, address]);
      expect(answer.text).toBe(never.text);
    }
  });
});

test('revoked between two requests of one connection', async () => {
  const { id, token } = await make();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect(await ask(agent, '/v1/me', bearer(token))).toMatchObject({ status: 200 });
  await revoke(id);
  expect(await ask(agent, '/v1/me', bearer(token))).toMatchObject({ status: 401, reused: true });
  // The connection is nobody's: another's token is good on it.
  expect(await ask(agent, '/v1/me', attacked.viewer.token)).toMatchObject({ status: 200, reused: true });
  agent.destroy();
});

test('expired between two requests of one connection, at the very moment', async () => {
  const { token } = await make(new Date(now + 1000).toISOString());
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  now += 999;
  expect(await ask(agent, '/v1/me', bearer(token))).toMatchObject({ status: 200 });
  now += 1;
  expect(await ask(agent, '/v1/me', bearer(token))).toMatchObject({ status: 401, reused: true });
  await attacked.unchanged(async () => {
    for (const { method, address } of everyRoute()) {
      const answer = await attacked.api.ask(address, { method, headers: bearer(token) });
      expectRefusal(answer, { status: 401, code: 'UNAUTHENTICATED' }, [method, address]);
    }
  });
  agent.destroy();
});

test('a token that expired before the clock was set back was not revived by it for longer than its time', async () => {
  const { token } = await make(new Date(now + 1000).toISOString());
  now += 2000;
  expect((await attacked.api.ask('/v1/me', { headers: bearer(token) })).status).toBe(401);
});

test('a grant that is taken away holds for the next request of the connection', async () => {
  const { pool } = attacked.database;
  const { grants } = await getAccess(pool);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const mine = '/v1/chargeback?period=2026-03&workspace=alpha';
  expect(await ask(agent, mine, attacked.viewer.grafana)).toMatchObject({ status: 200 });
  await applyAccess(
    pool,
    grants.filter(({ login }) => login !== MEMBER),
    'test',
  );
  try {
    expect(await ask(agent, mine, attacked.viewer.grafana)).toMatchObject({ status: 403, reused: true });
    expect(await ask(agent, '/v1/me', attacked.viewer.grafana)).toMatchObject({ body: { workspaces: [] } });
  } finally {
    await applyAccess(pool, grants, 'test');
  }
  expect(await ask(agent, '/v1/me', attacked.viewer.grafana)).toMatchObject({ body: { workspaces: [OURS] } });
  agent.destroy();
});
