import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GRAFANA_KEY, startApi, type ApiServer } from '../../testing/api-server';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { testContext } from '../../testing/test-context';
import { bootstrap } from '../bootstrap';

const METERS = [{ slug: 'm', unit: 'byte', counter: 'm_total', dimensions: {} }];

let ledger: TestLedger;
let servers: ApiServer[];
beforeEach(async () => {
  ledger = await createLedger({ prometheusUrl: 'http://127.0.0.1:9', meters: METERS });
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await ledger.drop();
});

async function start(environment: Record<string, string> = {}): Promise<ApiServer> {
  const server = await startApi(ledger.database.url, { CHARGEBACK_DEFAULT_ACCESS: 'none', ...environment });
  servers.push(server);
  return server;
}

const seenBy = async (server: ApiServer, context: Record<string, unknown>) => {
  const headers = {
    'x-chargeback-key': GRAFANA_KEY,
    'x-grafana-context': JSON.stringify({ OrgRole: 'Viewer', ...context }),
  };
  return ((await server.ask('/v1/me', { headers })).json as { workspaces: string[] }).workspaces;
};
const put = (server: ApiServer, body: object, ifMatch = '*') =>
  server.asAdmin('/v1/access', { method: 'PUT', body, headers: { 'if-match': ifMatch } });
const ann = { login: 'ann', workspaces: ['payments'] };

test('a grant holds for the next request on every collector, and so does taking it away', async () => {
  const [one, other] = [await start(), await start()];
  expect(await seenBy(other, { Login: 'ann' })).toEqual([]);
  expect((await put(one, { grants: [ann] })).json).toMatchObject({ version: 1, default_access: 'none' });
  expect(await seenBy(other, { Login: 'ann' })).toEqual(['payments']);
  await put(other, { grants: [] });
  expect(await seenBy(one, { Login: 'ann' })).toEqual([]);
});

test('two administrators at once: the second is told of the first', async () => {
  const server = await start();
  await put(server, { grants: [ann] }, '"0"');
  const { status, json } = await put(server, { grants: [] }, '"0"');
  expect([status, json]).toEqual([
    412,
    expect.objectContaining({
      code: 'PRECONDITION_FAILED',
      changed: {
        version: 1,
        by: 'admin-token',
        at: expect.any(String),
        fields: [{ field: 'grants', before: [], after: [ann] }],
      },
    }),
  ]);
  expect(await seenBy(server, { Login: 'ann' })).toEqual(['payments']);
  // The same again is no change.
  expect((await put(server, { grants: [ann] })).json).toMatchObject({ version: 1 });
});

test('every change leaves a trace that only administrators read', async () => {
  const server = await start();
  await put(server, { grants: [ann] });
  await put(server, { grants: [] });
  const { json } = await server.asAdmin('/v1/history?object=access');
  expect((json as { data: object[] }).data).toEqual([
    expect.objectContaining({
      action: 'access.apply',
      before: { differing: 1, grants: [ann] },
      after: { differing: 0, grants: [] },
    }),
    expect.objectContaining({ actor: 'admin-token', before: null, after: { differing: 1, grants: [ann] } }),
  ]);
  const editor = await server.token('editor');
  expect((await server.ask('/v1/history?object=access', { headers: editor })).status).toBe(403);
  expect((await server.ask('/v1/history', { headers: editor })).text).not.toContain('access.apply');
  await expect(ledger.database.pool.query(`update chargeback_data.access set grants = '[]'`)).rejects.toThrow(
    'never changed',
  );
});

test('access.yaml is applied to a ledger that never had grants, and later only by the command', async () => {
  await ledger.write('access.yaml', { grants: [ann] });
  await ledger.run('migrate');
  const context = testContext(ledger.environment);
  try {
    await bootstrap(context);
    const server = await start();
    expect(await seenBy(server, { Login: 'ann' })).toEqual(['payments']);
    const path = await ledger.write('access.yaml', { grants: [{ login: 'ann', workspaces: ['search'] }] });
    await bootstrap(context);
    expect(await seenBy(server, { Login: 'ann' })).toEqual(['payments']);
    expect(await ledger.run('access', 'apply', path)).toBe('Access version 2: 1 grants.\n');
    expect(await seenBy(server, { Login: 'ann' })).toEqual(['search']);
    expect(await ledger.run('access', 'who', '--login', 'ann')).toBe('Sees search.\nBy grant 1 (login ann).\n');
    expect(await ledger.run('access', 'list')).toContain('login ann');
  } finally {
    await context.pool.end();
  }
});

test('a file with problems stops the start before anything is applied', async () => {
  await writeFile(join(ledger.folder, 'access.yaml'), 'grants: [{ login: ann }]');
  const context = testContext(ledger.environment);
  try {
    await expect(bootstrap(context)).rejects.toMatchObject({ code: 'INVALID_FILE' });
  } finally {
    await context.pool.end();
  }
});

test('what somebody sees can be asked before they come', async () => {
  const server = await start();
  await put(server, {
    grants: [ann, { team: 7, workspaces: ['search'] }, { organization: 'Partners', workspaces: ['*'] }],
  });
  const effective = async (query: string) => (await server.asAdmin(`/v1/access/effective?${query}`)).json;
  expect(await effective('login=ann&team=7')).toMatchObject({
    grants: [{ place: 1 }, { place: 2 }],
    workspaces: ['payments', 'search'],
    by_default: false,
  });
  expect(await effective('login=bob')).toMatchObject({ grants: [], workspaces: [], by_default: true });
  expect(await effective('organization=Partners')).toMatchObject({ workspaces: null, granted: ['*'] });
  for (const [method, path] of [
    ['GET', '/v1/access'],
    ['PUT', '/v1/access'],
    ['GET', '/v1/access/effective?login=ann'],
  ] as const) {
    for (const headers of [await server.token('editor'), await server.token('admin', 'payments')]) {
      const { status } = await server.ask(path, { method, headers, ...(method === 'PUT' && { body: { grants: [] } }) });
      expect(status).toBe(403);
    }
  }
});

test("a grant to a team's name fits when Grafana tells the name; when it does not answer, no new name is believed", async () => {
  let answers = true;
  const asked: string[] = [];
  const grafana: Server = createServer((request, answer) => {
    asked.push(`${request.headers.authorization} ${request.url}`);
    answer.writeHead(answers ? 200 : 500, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ totalCount: 1, teams: [{ id: 3, name: 'Payments people' }] }));
  }).listen(0, '127.0.0.1');
  await once(grafana, 'listening');
  const environment = {
    CHARGEBACK_GRAFANA_URL: `http://127.0.0.1:${(grafana.address() as AddressInfo).port}`,
    CHARGEBACK_GRAFANA_TOKEN: 'glsa_secret',
  };
  try {
    const server = await start(environment);
    await put(server, { grants: [{ team: 'Payments people', workspaces: ['payments'] }] });
    expect(await seenBy(server, { Login: 'bob', Teams: [3] })).toEqual(['payments']);
    expect(await seenBy(server, { Login: 'bob', Teams: [4] })).toEqual([]);
    expect(await seenBy(server, { Login: 'bob', Teams: [] })).toEqual([]);
    expect(asked).toEqual(['Bearer glsa_secret /api/teams/search?perpage=1000&page=1']);
    answers = false;
    expect(await seenBy(server, { Login: 'bob', Teams: [3] })).toEqual(['payments']);
    expect(await seenBy(await start(environment), { Login: 'bob', Teams: [3] })).toEqual([]);
    // Without a token names are not known at all.
    expect(await seenBy(await start(), { Login: 'bob', Teams: [3] })).toEqual([]);
  } finally {
    grafana.close();
  }
});
