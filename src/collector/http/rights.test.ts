import type { Role } from '../../api/common';
import { ROLES } from '../../api/common';
import { GRAFANA_KEY, startApi, type ApiAnswer, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';
import { parseAccessFile } from '../access/access-file';
import { applyAccess } from '../access/access-store';
import { RIGHTS, type Right } from './rights';
import { GRANTED, outcomeOf, type Granted } from './rights-matrix';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const OWN = 'payments';
const OTHER = 'search';
const RATES = [OWN, OTHER].reduce(
  (text, workspace) => `${text}
  - name: prices of ${workspace}
    workspace: ${workspace}
    valid_from: 2026-01-01
    prices: { kafka_ingress_bytes: { per: 1073741824, unit_price: "0.07" } }`,
  KAFKA_RATES,
);
const GRANTS = `
grants:
  - { login: everything, workspaces: ["*"] }
  - { login: some, workspaces: [${OWN}] }
`;

let database: TestDatabase;
let api: ApiServer;
/** Headers of who has a role and grants, by each way in. Administrators of Grafana have everything. */
const people = new Map<string, Record<string, string>>();
beforeAll(async () => {
  database = await createPricedLedger({
    rates: RATES,
    usage: ['', OWN, OTHER].map((workspace, index) => ({
      hour: marchHour(index),
      meter: 'kafka_ingress_bytes',
      resource: { workspace, application: `app of ${workspace}`, topic: `topic of ${workspace}` },
      quantity: '1073741824',
    })),
  });
  await applyAccess(database.pool, parseAccessFile(GRANTS, 'access.yaml'), 'test');
  api = await startApi(database.url, { CHARGEBACK_DEFAULT_ACCESS: 'none' }, () => NOW);
  for (const role of ROLES) {
    people.set(`${role} everything token`, await api.token(role));
    people.set(`${role} some token`, await api.token(role, OWN));
    people.set(`${role} nothing token`, await api.token(role, 'not-begun'));
    for (const login of role === 'admin' ? (['everything'] as const) : GRANTED) {
      people.set(`${role} ${login} grafana`, {
        'x-chargeback-key': GRAFANA_KEY,
        'x-grafana-context': JSON.stringify({ Login: login, OrgRole: `${role[0]?.toUpperCase()}${role.slice(1)}` }),
      });
    }
  }
  for (const workspace of [OWN, OTHER]) {
    await made('/v1/budgets', budget(workspace));
  }
  const rule = (workspace: string) => ({
    match: { cluster: `cluster-of-${workspace}-*` },
    set: { workspace, application: `app of ${workspace}` },
  });
  const { status } = await api.asAdmin('/v1/directory', {
    method: 'PUT',
    headers: { 'if-match': '*' },
    body: { rules: [rule(OTHER), rule(OWN)] },
  });
  expect(status).toBe(200);
});
afterAll(async () => {
  await api?.close();
  await database?.drop();
});

let number = 0;
const budget = (workspace: string) => ({
  name: `budget ${number++} of ${workspace}`,
  owner: `owner of ${workspace}`,
  scope: { workspace },
  amount: '100',
  valid_from: '2026-03',
});
const card = (workspace: string) => ({
  name: `prices ${number++} of ${workspace}`,
  workspace,
  currency: 'USD',
  // Each from a month of its own: no two cards price a meter from the same moment.
  valid_from: `${2027 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}-01`,
  prices: { kafka_ingress_bytes: { unit_price: '1' } },
});

/** The id of a new object, made as administrator. */
async function made(path: string, body: unknown): Promise<number> {
  const { status, json, text } = await api.asAdmin(path, { method: 'POST', body });
  expect([status, text]).toEqual([201, text]);
  return (json as { id: number }).id;
}

const MONTH = 'period=2026-03';
const METER = 'charge_type=kafka_ingress_bytes';
const MARCH = 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-03-02T00:00:00Z';
interface Ask {
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}
const ANY = { headers: { 'if-match': '*' } };

/** A good request of each route, about a workspace where it can be about one; what it needs is made before. */
const REQUESTS: Record<string, (workspace: string, who: Record<string, string>) => Ask | Promise<Ask>> = {
  'GET /v1/me': () => ({ path: '/v1/me' }),
  'GET /v1/costs': (workspace) => ({
    path: `/v1/costs?${MARCH}&group_by=workspace,application&workspace=${workspace}`,
  }),
  'GET /v1/costs.csv': (workspace) => ({ path: `/v1/costs.csv?${MARCH}&group_by=application&workspace=${workspace}` }),
  'GET /v1/costs.ndjson': (workspace) => ({
    path: `/v1/costs.ndjson?${MARCH}&group_by=application&workspace=${workspace}`,
  }),
  'GET /v1/dimensions': () => ({ path: '/v1/dimensions?dimension_type=applications' }),
  'GET /v1/chargeback': (workspace) => ({ path: `/v1/chargeback?${MONTH}&workspace=${workspace}` }),
  'GET /v1/chargeback.csv': (workspace) => ({ path: `/v1/chargeback.csv?${MONTH}&workspace=${workspace}` }),
  'GET /v1/chargeback.ndjson': (workspace) => ({ path: `/v1/chargeback.ndjson?${MONTH}&workspace=${workspace}` }),
  'GET /v1/chargeback/lines': (workspace) => ({ path: `/v1/chargeback/lines?${MONTH}&workspace=${workspace}` }),
  'GET /v1/chargeback/summary': (workspace) => ({ path: `/v1/chargeback/summary?${MONTH}&workspace=${workspace}` }),
  'GET /v1/chargeback/days': (workspace) => ({
    path: `/v1/chargeback/days?${MONTH}&by=application&workspace=${workspace}`,
  }),
  'GET /v1/explanations/days': (workspace) => ({
    path: `/v1/explanations/days?${MONTH}&${METER}&workspace=${workspace}`,
  }),
  'GET /v1/explanations/hours': (workspace) => ({
    path: `/v1/explanations/hours?day=2026-03-01&${METER}&workspace=${workspace}`,
  }),
  'GET /v1/explanations/readings': (workspace) => ({
    path: `/v1/explanations/readings?hour=2026-03-01T01:00:00Z&${METER}&workspace=${workspace}`,
  }),
  'GET /v1/rate-cards': () => ({ path: '/v1/rate-cards' }),
  'GET /v1/rate-cards/:id': async (workspace) => ({
    path: `/v1/rate-cards/${await made('/v1/rate-cards', card(workspace))}`,
  }),
  'POST /v1/rate-cards': (workspace) => ({ path: '/v1/rate-cards', body: card(workspace) }),
  'PUT /v1/rate-cards/:id': async (workspace) => {
    const body = card(workspace);
    return { path: `/v1/rate-cards/${await made('/v1/rate-cards', body)}`, body, ...ANY };
  },
  'DELETE /v1/rate-cards/:id': async (workspace) => ({
    path: `/v1/rate-cards/${await made('/v1/rate-cards', card(workspace))}`,
    ...ANY,
  }),
  'POST /v1/rate-cards/preview': (workspace) => ({ path: '/v1/rate-cards/preview', body: { card: card(workspace) } }),
  'GET /v1/budgets': () => ({ path: '/v1/budgets' }),
  'GET /v1/budgets/crossings': () => ({ path: '/v1/budgets/crossings' }),
  'GET /v1/budgets/:id': async (workspace) => ({ path: `/v1/budgets/${await made('/v1/budgets', budget(workspace))}` }),
  'POST /v1/budgets': (workspace) => ({ path: '/v1/budgets', body: budget(workspace) }),
  'PUT /v1/budgets/:id': async (workspace) => {
    const body = budget(workspace);
    return { path: `/v1/budgets/${await made('/v1/budgets', body)}`, body, ...ANY };
  },
  'DELETE /v1/budgets/:id': async (workspace) => ({
    path: `/v1/budgets/${await made('/v1/budgets', budget(workspace))}`,
    ...ANY,
  }),
  'POST /v1/budgets/preview': (workspace) => ({ path: '/v1/budgets/preview', body: budget(workspace) }),
  'GET /v1/directory': () => ({ path: '/v1/directory' }),
  'PUT /v1/directory': async (workspace, who) => ({
    path: '/v1/directory',
    body: { rules: await rulesFor(workspace, who) },
    ...ANY,
  }),
  'GET /v1/directory/matches': () => ({ path: `/v1/directory/matches?${MONTH}` }),
  'POST /v1/directory/matches': async (workspace, who) => ({
    path: `/v1/directory/matches?${MONTH}`,
    body: { rules: await rulesFor(workspace, who) },
  }),
  'GET /v1/directory/unmatched': () => ({ path: `/v1/directory/unmatched?${MONTH}` }),
  'POST /v1/directory/preview': async (workspace, who) => ({
    path: `/v1/directory/preview?${MONTH}`,
    body: { rules: await rulesFor(workspace, who) },
  }),
  'GET /v1/meters': () => ({ path: '/v1/meters' }),
  'GET /v1/collections': () => ({ path: '/v1/collections' }),
  'GET /v1/collections/hours': () => ({
    path: '/v1/collections/hours?meter=kafka_ingress_bytes&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z',
  }),
  'POST /v1/collect/usage': () => ({
    path: '/v1/collect/usage',
    body: { from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' },
  }),
  'GET /v1/jobs/:id': async () => {
    const { json } = await api.asAdmin('/v1/collect/usage', {
      method: 'POST',
      body: { from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' },
    });
    return { path: `/v1/jobs/${(json as { job: string }).job}` };
  },
  'GET /v1/history': () => ({ path: '/v1/history' }),
  'GET /v1/history.csv': () => ({ path: '/v1/history.csv' }),
  'GET /v1/tokens': () => ({ path: '/v1/tokens' }),
  'POST /v1/tokens': (workspace) => ({
    path: '/v1/tokens',
    body: { name: `token ${number++} of ${workspace}`, role: 'viewer', workspaces: [workspace] },
  }),
  'DELETE /v1/tokens/:id': async (workspace) => ({
    path: `/v1/tokens/${await made('/v1/tokens', { name: `token ${number++} of ${workspace}`, role: 'viewer' })}`,
  }),
  'GET /v1/access': () => ({ path: '/v1/access' }),
  'PUT /v1/access': () => ({ path: '/v1/access', body: { grants: parseAccessFile(GRANTS, 'access.yaml') }, ...ANY }),
  'GET /v1/access/effective': (workspace) => ({ path: `/v1/access/effective?login=${workspace}` }),
};

/** The rules of the directory as `who` reads them; beside them one of a workspace of which `who` reads none. */
async function rulesFor(workspace: string, who: Record<string, string>): Promise<unknown[]> {
  const { status, json } = await api.ask('/v1/directory', { headers: who });
  const { rules } = (status === 200 ? json : { rules: [] }) as { rules: Array<{ set: { workspace?: string } }> };
  return rules.some(({ set }) => set.workspace === workspace)
    ? rules
    : [...rules, { match: { topic: 'orders.*' }, set: { workspace } }];
}

const ask = async (right: Right, headers: Record<string, string>, workspace: string) => {
  const request = await REQUESTS[`${right.method} ${right.path}`]?.(workspace, headers);
  expect(request).toBeDefined();
  const { path, ...rest } = request as Ask;
  return {
    asked: JSON.stringify([path, rest.body]),
    ...(await api.ask(path, { ...rest, method: right.method, headers: { ...rest.headers, ...headers } })),
  };
};
const good = ({ status }: ApiAnswer) => status >= 200 && status < 300;
const tellsOf = ({ text }: ApiAnswer, workspace: string) => text.includes(`of ${workspace}`);

const CASES = RIGHTS.flatMap((right) =>
  ROLES.flatMap((role) =>
    GRANTED.flatMap((granted) => ['token', 'grafana'].map((way) => ({ right, role, granted, way }))),
  ),
).filter(({ role, granted, way }) => !(way === 'grafana' && role === 'admin' && granted !== 'everything'));

test.each(RIGHTS.map((right) => [`${right.method} ${right.path}`]))('%s is tried', (route) => {
  expect(Object.keys(REQUESTS)).toContain(route);
});

test.each(
  CASES.map(({ right, role, granted, way }) => [
    role,
    granted,
    way,
    `${right.method} ${right.path}`,
    outcomeOf(right, role, granted),
    right,
  ]),
)(
  'one who is %s, granted %s, by %s: %s is %s',
  async (role: Role, granted: Granted, way: string, _route: string, outcome: string, right: Right) => {
    const headers = people.get(`${role} ${granted} ${way}`) ?? {};
    const own = await ask(right, headers, OWN);
    if (outcome === 'refused') {
      expect([own.status, own.json]).toMatchObject([403, { code: 'FORBIDDEN' }]);
      expect([OWN, OTHER].filter((workspace) => tellsOf(own, workspace))).toEqual([]);
    } else if (outcome === 'nothing') {
      expect(good(own) || [400, 403, 404].includes(own.status)).toBe(true);
      expect([OWN, OTHER].filter((workspace) => tellsOf(own, workspace))).toEqual([]);
    } else {
      expect([own.status, good(own), own.text.slice(0, 500)]).toEqual([own.status, true, own.text.slice(0, 500)]);
    }
    if (outcome === 'all') {
      const other = await ask(right, headers, OTHER);
      expect([other.status, good(other), other.text.slice(0, 500)]).toEqual([
        other.status,
        true,
        other.text.slice(0, 500),
      ]);
    }
    if (outcome === 'own') {
      expect(tellsOf(own, OTHER)).toBe(false);
      const other = await ask(right, headers, OTHER);
      expect(tellsOf(other, OTHER)).toBe(false);
      // A question without a workspace in it is answered about the own ones; one about another is refused.
      expect(other.asked === own.asked ? good(other) : [400, 403, 404].includes(other.status)).toBe(true);
    }
  },
);
