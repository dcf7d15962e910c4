import { ADMIN_TOKEN, GRAFANA_KEY, startApi, type ApiServer } from '../../testing/api-server';
import { createDatabase, type TestDatabase } from '../../testing/database';

let database: TestDatabase;
let api: ApiServer;
beforeAll(async () => {
  database = await createDatabase();
  api = await startApi(database.url);
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const grafana = (context: Record<string, unknown> | string, key = GRAFANA_KEY) => ({
  'x-chargeback-key': key,
  'x-grafana-context': Buffer.from(typeof context === 'string' ? context : JSON.stringify(context), 'utf8').toString(
    'latin1',
  ),
});
const me = (headers: Record<string, string | string[]>) => api.ask('/v1/me', { headers });

const ROUTES: Array<[method: string, path: string]> = [
  ['GET', '/v1/me'],
  ['GET', '/v1/costs'],
  ['GET', '/v1/costs.csv'],
  ['GET', '/v1/costs.ndjson'],
  ['GET', '/v1/dimensions'],
  ['GET', '/v1/chargeback'],
  ['GET', '/v1/chargeback.csv'],
  ['GET', '/v1/chargeback.ndjson'],
  ['GET', '/v1/chargeback/lines'],
  ['GET', '/v1/chargeback/summary'],
  ['GET', '/v1/chargeback/days'],
  ['GET', '/v1/explanations/days'],
  ['GET', '/v1/explanations/hours'],
  ['GET', '/v1/explanations/readings'],
  ['GET', '/v1/history'],
  ['GET', '/v1/history.csv'],
  ['GET', '/v1/rate-cards'],
  ['POST', '/v1/rate-cards'],
  ['GET', '/v1/rate-cards/1'],
  ['PUT', '/v1/rate-cards/1'],
  ['DELETE', '/v1/rate-cards/1'],
  ['POST', '/v1/rate-cards/preview'],
  ['GET', '/v1/directory'],
  ['PUT', '/v1/directory'],
  ['GET', '/v1/directory/matches'],
  ['GET', '/v1/directory/unmatched'],
  ['POST', '/v1/directory/matches'],
  ['POST', '/v1/directory/preview'],
  ['GET', '/v1/budgets'],
  ['POST', '/v1/budgets'],
  ['POST', '/v1/budgets/preview'],
  ['GET', '/v1/budgets/crossings'],
  ['GET', '/v1/budgets/1'],
  ['PUT', '/v1/budgets/1'],
  ['DELETE', '/v1/budgets/1'],
  ['GET', '/v1/access'],
  ['PUT', '/v1/access'],
  ['GET', '/v1/access/effective'],
  ['GET', '/v1/tokens'],
  ['POST', '/v1/tokens'],
  ['DELETE', '/v1/tokens/1'],
  ['GET', '/v1/meters'],
  ['GET', '/v1/collections'],
  ['GET', '/v1/collections/hours'],
  ['POST', '/v1/collect/usage'],
  ['GET', '/v1/jobs/00000000-0000-0000-0000-000000000000'],
];

test('the routes tried here are all that the API describes below /v1', async () => {
  const { json } = await api.ask('/openapi.json');
  const { paths } = json as { paths: Record<string, Record<string, unknown>> };
  const described = Object.entries(paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  const tried = ROUTES.map(([method, path]) => `${method} ${path.replace(/\/(1|0{8}-.*)$/, '/{id}')}`);
  expect(described.sort()).toEqual(tried.sort());
});

test.each(ROUTES)('%s %s is closed to one who says nothing, and to one who is nobody', async (method, path) => {
  const strangers: Array<Record<string, string>> = [
    {},
    { authorization: 'Bearer wrong' },
    { 'x-chargeback-key': 'wrong', 'x-grafana-user': 'admin' },
  ];
  for (const headers of strangers) {
    const { status, json, headers: answered } = await api.ask(path, { method, headers });
    expect(status).toBe(401);
    expect(json).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(answered['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answered['www-authenticate']).toMatch(/^Bearer/);
  }
});

test.each(['/healthz', '/readyz', '/metrics', '/openapi.json', '/docs'])('%s is open', async (path) => {
  const { status } = await api.ask(path);
  expect([200, 503]).toContain(status);
});

test.each([
  ['POST', '/v1/rate-cards'],
  ['PUT', '/v1/rate-cards/1'],
  ['DELETE', '/v1/rate-cards/1'],
  ['POST', '/v1/collect/usage'],
])('%s %s is for administrators who see every workspace', async (method, path) => {
  const refused = [
    await api.token('viewer'),
    await api.token('editor'),
    await api.token('admin', 'payments'),
    grafana({ Login: 'eve', OrgRole: 'Editor' }),
  ];
  for (const headers of refused) {
    const { status, json } = await api.ask(path, { method, headers, body: {} });
    expect([status, (json as { code: string }).code]).toEqual([403, 'FORBIDDEN']);
  }
  const { status } = await api.ask(path, {
    method,
    headers: { ...(await api.token('admin')), 'if-match': '*' },
    ...(method === 'DELETE' ? {} : { body: {} }),
  });
  expect([400, 404, 204]).toContain(status);
});

test('a bearer token is known by its hash only, and says who it is', async () => {
  const headers = await api.token('editor', 'payments');
  expect((await me(headers)).json).toMatchObject({
    login: expect.stringMatching(/^token-\d+$/),
    role: 'editor',
    workspaces: ['payments'],
  });
  const { rows } = await database.pool.query('select * from chargeback_data.api_token');
  expect(JSON.stringify(rows)).not.toContain(headers.authorization?.slice(7));
  expect((await me({ authorization: `bearer ${ADMIN_TOKEN}` })).json).toMatchObject({
    role: 'admin',
    workspaces: ['*'],
  });
});

test.each([
  [
    { Login: 'ann', OrgRole: 'Viewer' },
    { login: 'ann', role: 'viewer' },
  ],
  [
    { Login: 'ann', OrgRole: 'Editor' },
    { login: 'ann', role: 'editor' },
  ],
  [
    { Login: 'ann', OrgRole: 'Admin' },
    { login: 'ann', role: 'admin' },
  ],
  [
    { Login: 'ann', OrgRole: 'Viewer', IsGrafanaAdmin: true },
    { login: 'ann', role: 'admin' },
  ],
  [
    { Login: 'jørgen 山', OrgRole: 'Viewer' },
    { login: 'jørgen 山', role: 'viewer' },
  ],
  [
    { Login: '', OrgRole: 'Admin', IsAnonymous: true, IsGrafanaAdmin: true, Teams: null },
    { login: 'anonymous', role: 'viewer' },
  ],
])('the user that Grafana states is believed: %j', async (context, expected) => {
  expect((await me(grafana(context))).json).toMatchObject(expected);
});

test('X-Grafana-User alone is a viewer, whatever else is claimed beside it', async () => {
  const { json } = await me({ 'x-chargeback-key': GRAFANA_KEY, 'x-grafana-user': 'bob', 'x-grafana-role': 'Admin' });
  expect(json).toMatchObject({ login: 'bob', role: 'viewer' });
});

test.each([
  ['the key without a user', { 'x-chargeback-key': GRAFANA_KEY }, 401],
  ['a user without the key', { 'x-grafana-context': '{"Login":"ann","OrgRole":"Admin"}' }, 401],
  ['an empty key', grafana({ Login: 'ann', OrgRole: 'Admin' }, ''), 401],
  ['a key with something behind it', grafana({ Login: 'ann', OrgRole: 'Admin' }, `${GRAFANA_KEY}x`), 401],
  [
    'the key twice',
    { ...grafana({ Login: 'ann', OrgRole: 'Admin' }), 'x-chargeback-key': [GRAFANA_KEY, GRAFANA_KEY] },
    401,
  ],
  [
    'two users',
    {
      'x-chargeback-key': GRAFANA_KEY,
      'x-grafana-context': ['{"Login":"ann","OrgRole":"Viewer"}', '{"Login":"ann","OrgRole":"Admin"}'],
    },
    401,
  ],
  ['a context that is no JSON', grafana('Login=ann'), 401],
  ['a context that is a list', grafana('[]'), 401],
  ['a context with the role as an object', grafana({ Login: 'ann', OrgRole: { toString: 'Admin' } }), 401],
  ['a login with a line break', grafana({ Login: 'ann\nadmin', OrgRole: 'Admin' }), 401],
  ['a nameless login', grafana({ Login: '', OrgRole: 'Admin' }), 401],
  ['a role that is none', grafana({ Login: 'ann', OrgRole: 'None' }), 403],
  ['a role named like a method of objects', grafana({ Login: 'ann', OrgRole: 'constructor' }), 403],
  ['a disabled user', grafana({ Login: 'ann', OrgRole: 'Admin', IsDisabled: true }), 403],
  ['basic authentication', { authorization: `Basic ${Buffer.from(`admin:${ADMIN_TOKEN}`).toString('base64')}` }, 401],
  ['an empty bearer token', { authorization: 'Bearer ' }, 401],
  ['a huge bearer token', { authorization: `Bearer ${'x'.repeat(9000)}` }, 401],
  [
    'a bad token beside a good key',
    { authorization: 'Bearer wrong', ...grafana({ Login: 'ann', OrgRole: 'Admin' }) },
    401,
  ],
])('%s is refused', async (_what, headers, expected) => {
  expect((await me(headers)).status).toBe(expected);
});

test('a collector without a shared key and without an admin token lets nobody in by an empty one', async () => {
  const keyless = await startApi(database.url, {
    CHARGEBACK_ADMIN_TOKEN: undefined,
    CHARGEBACK_GRAFANA_KEY: undefined,
  });
  try {
    for (const key of ['', ' ', 'undefined', 'null']) {
      expect((await keyless.ask('/v1/me', { headers: grafana({ Login: 'ann', OrgRole: 'Admin' }, key) })).status).toBe(
        401,
      );
    }
    for (const token of ['undefined', 'null']) {
      expect((await keyless.ask('/v1/me', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    }
  } finally {
    await keyless.close();
  }
});
