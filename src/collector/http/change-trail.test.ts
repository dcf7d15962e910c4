import { recordAudit } from '../ledger/audit';
import { ADMIN_TOKEN, GRAFANA_KEY, startApi, type ApiAnswer, type ApiServer } from '../../testing/api-server';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { RIGHTS } from './rights';

let ledger: TestLedger;
let api: ApiServer;
beforeAll(async () => {
  ledger = await createLedger({
    prometheusUrl: 'http://127.0.0.1:9',
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total' }],
    rates: { rate_cards: [{ name: 'c', valid_from: '2020-01-01', prices: { bytes: { unit_price: '1' } } }] },
  });
  api = await startApi(ledger.database.url);
  // The first grants have nothing before them.
  await api.asAdmin('/v1/access', { method: 'PUT', body: { grants: [] } });
});
afterAll(async () => {
  await api?.close();
  await ledger?.drop();
});

interface Trail {
  actor: string;
  via: string;
  address: string | null;
  action: string;
  subject: string;
  object_id: string | null;
  workspace: string | null;
  before: unknown;
  after: unknown;
}
/** What has been recorded since the last time, in order. */
let seen = 0;
async function recorded(): Promise<Trail[]> {
  const { rows } = await ledger.database.pool.query<Trail & { id: string }>(
    `select id, actor, via, address, action, subject, object_id, workspace, before, after
     from chargeback_data.audit where id > $1 order by id`,
    [seen],
  );
  seen = Number(rows.at(-1)?.id ?? seen);
  return rows.map(({ id: _id, ...row }) => row);
}

let number = 0;
const card = () => ({
  name: `card ${number++}`,
  workspace: 'payments',
  valid_from: new Date(Date.UTC(2026, 0, number)).toISOString(),
  prices: { bytes: { unit_price: '1' } },
});
const budget = () => ({
  name: `budget ${number++}`,
  scope: { workspace: 'payments' },
  amount: '100',
  owner: 'o',
  valid_from: '2026-03',
});
const rules = () => [{ match: { topic: `t${number++}` }, set: { workspace: 'payments' } }];
const grants = () => [{ login: `user${number++}`, workspaces: ['payments'] }];
const token = () => ({ name: `token ${number++}`, role: 'viewer' });
const hours = { from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' };

/** Of a route that changes something: what it is sent, and of what before, if it needs one. */
interface Write {
  path: string;
  made?: () => object;
  body?: () => object;
  action: string;
  workspace: string | null;
  /** What has a before, and what an after. */
  sides: 'after' | 'before' | 'both';
}
const WRITES: Record<string, Write> = {
  'POST /v1/rate-cards': {
    ...{ path: '/v1/rate-cards', body: card },
    ...{ action: 'rate-card.create', workspace: 'payments', sides: 'after' },
  },
  'PUT /v1/rate-cards/:id': {
    ...{ path: '/v1/rate-cards', made: card, body: card },
    ...{ action: 'rate-card.change', workspace: 'payments', sides: 'both' },
  },
  'DELETE /v1/rate-cards/:id': {
    ...{ path: '/v1/rate-cards', made: card },
    ...{ action: 'rate-card.delete', workspace: 'payments', sides: 'before' },
  },
  'POST /v1/budgets': {
    ...{ path: '/v1/budgets', body: budget },
    ...{ action: 'budget.create', workspace: 'payments', sides: 'after' },
  },
  'PUT /v1/budgets/:id': {
    ...{ path: '/v1/budgets', made: budget, body: budget },
    ...{ action: 'budget.change', workspace: 'payments', sides: 'both' },
  },
  'DELETE /v1/budgets/:id': {
    ...{ path: '/v1/budgets', made: budget },
    ...{ action: 'budget.delete', workspace: 'payments', sides: 'before' },
  },
  'PUT /v1/directory': {
    ...{ path: '/v1/directory', body: () => ({ rules: rules() }) },
    ...{ action: 'directory.apply', workspace: 'payments', sides: 'both' },
  },
  'POST /v1/collect/usage': {
    ...{ path: '/v1/collect/usage', body: () => hours },
    ...{ action: 'collection.request', workspace: null, sides: 'after' },
  },
  'POST /v1/tokens': {
    ...{ path: '/v1/tokens', body: token },
    ...{ action: 'token.create', workspace: null, sides: 'after' },
  },
  'DELETE /v1/tokens/:id': {
    ...{ path: '/v1/tokens', made: token },
    ...{ action: 'token.revoke', workspace: null, sides: 'before' },
  },
  'PUT /v1/access': {
    ...{ path: '/v1/access', body: () => ({ grants: grants() }) },
    ...{ action: 'access.apply', workspace: null, sides: 'both' },
  },
};
/** What only tries something out. */
const TRIES: Record<string, () => object> = {
  'POST /v1/rate-cards/preview': () => ({ card: card() }),
  'POST /v1/budgets/preview': budget,
  'POST /v1/directory/preview': () => ({ rules: rules() }),
  'POST /v1/directory/matches': () => ({ rules: rules() }),
};

/** The two ways in, and the name under which each is recorded. A stranger's word of his address is nobody's. */
const WAYS = {
  token: { actor: 'admin-token', headers: { authorization: `Bearer ${ADMIN_TOKEN}` } },
  grafana: {
    actor: 'ann',
    headers: {
      'x-chargeback-key': GRAFANA_KEY,
      'x-grafana-context': JSON.stringify({ Login: 'ann', OrgRole: 'Admin' }),
    },
  },
};
const FORGED = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9' };

test('every route that is no question either changes something or only tries it', () => {
  const routes = RIGHTS.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
  expect([...Object.keys(WRITES), ...Object.keys(TRIES)].sort()).toEqual(routes.sort());
});

describe.each(Object.entries(WAYS))('by way of %s', (via, { actor, headers }) => {
  const send = (method: string, path: string, body?: object): Promise<ApiAnswer> =>
    api.ask(path, { method, headers: { ...headers, ...FORGED, 'if-match': '*' }, ...(body && { body }) });

  it.each(Object.entries(WRITES))('%s leaves one entry with all of it', async (route, write) => {
    const [method = ''] = route.split(' ');
    let path = write.path;
    if (write.made) {
      path = (await send('POST', write.path, write.made())).headers.location as string;
    }
    await recorded();
    const { status, json } = await send(method, path, write.body?.());
    expect([status, status < 300]).toEqual([status, true]);
    const entries = await recorded();
    const { id } = (json ?? {}) as { id?: number };
    const known = /\/(\d+)$/.exec(path)?.[1] ?? id?.toString();
    expect(entries).toEqual([
      {
        actor,
        via,
        address: '127.0.0.1',
        action: write.action,
        subject: expect.stringMatching(/./),
        object_id: known ?? (write.action === 'collection.request' ? (json as { job: string }).job : null),
        workspace: write.workspace,
        before: write.sides === 'after' ? null : expect.anything(),
        after: write.sides === 'before' ? null : expect.anything(),
      },
    ]);
  });

  it.each(Object.entries(WRITES))('%s that is refused leaves none', async (route, write) => {
    const [method = ''] = route.split(' ');
    await recorded();
    const path = write.made ? `${write.path}/999999` : write.path;
    const { status } = await send(method, path, write.body && { nonsense: true });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await recorded()).toEqual([]);
  });

  it.each(Object.entries(TRIES))('%s leaves none', async (route, body) => {
    const [method = '', path = ''] = route.split(' ');
    await recorded();
    expect((await send(method, path, body())).status).toBe(200);
    expect(await recorded()).toEqual([]);
  });
});

test('the same again changes nothing, and is no entry', async () => {
  const put = (path: string, body: object) => api.asAdmin(path, { method: 'PUT', body });
  const [directory, access] = [{ rules: rules() }, { grants: grants() }];
  await put('/v1/directory', directory);
  await put('/v1/access', access);
  await recorded();
  await put('/v1/directory', directory);
  await put('/v1/access', access);
  expect(await recorded()).toEqual([]);
});

test('no secret is recorded: neither a token nor the key', async () => {
  const { json } = await api.asAdmin('/v1/tokens', { method: 'POST', body: token() });
  const made = (json as { token: string }).token;
  const { rows } = await ledger.database.pool.query<{ text: string }>(
    'select audit::text as text from chargeback_data.audit',
  );
  expect(rows.length).toBeGreaterThan(20);
  for (const { text } of rows) {
    for (const secret of [made, ADMIN_TOKEN, GRAFANA_KEY, 'cbk_']) {
      expect(text).not.toContain(secret);
    }
  }
});

test('what nobody asked for is recorded as the doing of the collector', async () => {
  await recorded();
  await recordAudit(ledger.database.pool, {
    ...{ actor: 'collector', action: 'period.close', subject: '2026-01', workspace: null, before: null, after: {} },
  });
  expect(await recorded()).toMatchObject([{ via: 'collector', address: null }]);
});
