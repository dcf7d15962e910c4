import type { Problem } from '../../api/common';
import { SEE_AS_HEADER, writeSeeAs } from '../../api/see-as-header';
import { ADMIN_TOKEN, GRAFANA_KEY, startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';
import { parseAccessFile } from '../access/access-file';
import { applyAccess } from '../access/access-store';
import { RIGHTS } from './rights';

const ACCESS = `
grants:
  - { login: ann, workspaces: [payments] }
  - { login: boss, workspaces: ["*"] }
  - { login: "jørgen 山", workspaces: [search] }
  - { team: 7, workspaces: [search] }
  - { email_domain: example.com, workspaces: [search] }
  - { organization: Partners, workspaces: [payments] }
`;

let database: TestDatabase;
let api: ApiServer;
beforeAll(async () => {
  database = await createPricedLedger({
    rates: `${KAFKA_RATES}
  - { name: agreement with search, workspace: search, valid_from: 2026-01-01, prices: { kafka_requests: { unit_price: "1" } } }
`,
    usage: ['', 'payments', 'search'].map((workspace, index) => ({
      hour: marchHour(index),
      meter: 'kafka_ingress_bytes',
      resource: { workspace, application: `app of ${workspace}` },
      quantity: String(1_073_741_824 * (index + 1)),
    })),
  });
  await applyAccess(database.pool, parseAccessFile(ACCESS, 'access.yaml'), 'test');
  api = await startApi(database.url, { CHARGEBACK_DEFAULT_ACCESS: 'none' });
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const grafana = (context: Record<string, unknown>) => ({
  'x-chargeback-key': GRAFANA_KEY,
  'x-grafana-context': JSON.stringify({ Login: 'root', OrgRole: 'Admin', ...context }),
});
const as = (person: Parameters<typeof writeSeeAs>[0]) => ({ [SEE_AS_HEADER]: writeSeeAs(person) });
const ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` };

test.each([
  [{ login: 'ann' }, { login: 'ann', role: 'viewer', workspaces: ['payments'] }],
  [
    { login: 'ann', role: 'editor' as const },
    { login: 'ann', role: 'editor', workspaces: ['payments'] },
  ],
  [{ login: 'boss' }, { login: 'boss', role: 'viewer', workspaces: ['*'] }],
  [{ login: 'jørgen 山' }, { login: 'jørgen 山', workspaces: ['search'] }],
  [
    { login: 'ann', team: ['7'] },
    { login: 'ann', workspaces: ['payments', 'search'] },
  ],
  [{ team: '7' }, { login: 'a member of team 7', workspaces: ['search'] }],
  [{ email: 'zoe@example.com' }, { login: 'zoe@example.com', workspaces: ['search'] }],
  [{ organization: 'Partners' }, { login: 'a member of the organization Partners', workspaces: ['payments'] }],
  [{ login: 'nobody' }, { login: 'nobody', workspaces: [] }],
])('an administrator is answered as %j, and it is said who looks', async (person, expected) => {
  for (const own of [ADMIN, grafana({})]) {
    const { status, json } = await api.ask('/v1/me', { headers: { ...own, ...as(person) } });
    expect(status).toBe(200);
    expect(json).toMatchObject({ ...expected, seen_by: own === ADMIN ? 'admin-token' : 'root' });
  }
});

test('every answer that speaks of workspaces is the one that the person gets, to the letter', async () => {
  const paths = RIGHTS.filter(({ method, path }) => method === 'GET' && !path.includes(':')).map(({ path }) => path);
  expect(paths.length).toBeGreaterThan(15);
  for (const path of paths.filter((one) => one !== '/v1/me')) {
    for (const query of ['', '?period=2026-03', '?period=2026-03&workspace=search', '?workspace=payments']) {
      const asked = async (headers: Record<string, string>) => {
        const { status, text } = await api.ask(`${path}${query}`, { headers });
        return { path, query, status, text };
      };
      expect(await asked({ ...ADMIN, ...as({ login: 'ann' }) })).toEqual(
        await asked(grafana({ Login: 'ann', OrgRole: 'Viewer' })),
      );
    }
  }
});

test('nothing of other workspaces is in what is answered', async () => {
  const headers = { ...ADMIN, ...as({ login: 'ann', role: 'editor' }) };
  const { json } = await api.ask('/v1/chargeback/summary?period=2026-03', { headers });
  expect(json).toMatchObject({ totals: { total_cost: '0.2' }, workspaces: 1, unallocated: { resources: 0 } });
  for (const path of ['/v1/chargeback?period=2026-03', '/v1/chargeback.csv?period=2026-03', '/v1/rate-cards']) {
    const { status, text } = await api.ask(path, { headers });
    expect(status).toBe(200);
    expect(text).not.toMatch(/search/);
  }
  expect((await api.ask('/v1/access', { headers })).status).toBe(403);
  expect((await api.ask('/v1/chargeback?period=2026-03&workspace=search', { headers })).status).toBe(403);
  // Without the header everything is there again.
  expect((await api.ask('/v1/chargeback?period=2026-03', { headers: ADMIN })).text).toMatch(/search/);
});

describe('everybody else', () => {
  const others: Array<[who: string, headers: () => Promise<Record<string, string>>]> = [
    ['a viewer', async () => grafana({ OrgRole: 'Viewer' })],
    ['a viewer who sees everything', async () => grafana({ Login: 'boss', OrgRole: 'Viewer' })],
    ['an editor who sees everything', async () => grafana({ Login: 'boss', OrgRole: 'Editor' })],
    ['an anonymous visitor', async () => grafana({ IsAnonymous: true, Teams: null })],
    ['the token of a viewer', () => api.token('viewer')],
    ['the token of an editor', () => api.token('editor')],
    ['the token of an administrator of one workspace', () => api.token('admin', 'payments')],
  ];
  test.each(others)('%s is refused, reading and writing alike, however it is said', async (_who, headersOf) => {
    const headers = await headersOf();
    for (const header of [as({ login: 'ann' })[SEE_AS_HEADER] ?? '', '', 'nonsense', writeSeeAs({ login: 'boss' })]) {
      for (const method of ['GET', 'PUT', 'HEAD']) {
        const path = method === 'PUT' ? '/v1/access' : '/v1/me';
        const answer = await api.ask(path, {
          method,
          headers: { ...headers, [SEE_AS_HEADER]: header },
          ...(method === 'PUT' && { body: {} }),
        });
        expect([method, header, answer.status]).toEqual([method, header, 403]);
      }
    }
  });

  test('one who says nothing, or is wrong, is a stranger as ever', async () => {
    const strangers: Array<Record<string, string>> = [
      {},
      { authorization: 'Bearer wrong' },
      { ...grafana({}), 'x-chargeback-key': 'wrong' },
    ];
    for (const headers of strangers) {
      expect((await api.ask('/v1/me', { headers: { ...headers, ...as({ login: 'ann' }) } })).status).toBe(401);
    }
  });
});

test.each(RIGHTS.filter(({ method }) => method !== 'GET'))(
  'nothing is written meanwhile: $method $path',
  async ({ method, path }) => {
    const before = await database.pool.query('select count(*)::int as entries from chargeback_data.audit');
    for (const role of ['viewer', 'editor'] as const) {
      const { status, json } = await api.ask(path.replace(':id', '1'), {
        method,
        headers: { ...ADMIN, ...as({ login: 'ann', role }) },
        ...(method !== 'DELETE' && { body: {} }),
      });
      const { code, detail } = json as Problem;
      expect([status, code, detail]).toEqual([409, 'SEEN_AS_ANOTHER', expect.stringMatching(/ann.*Stop/)]);
    }
    const after = await database.pool.query('select count(*)::int as entries from chargeback_data.audit');
    expect(after.rows).toEqual(before.rows);
  },
);

test.each([
  ['nothing', '', []],
  ['no JSON', 'ann', []],
  ['a broken encoding', '%E0%A4%A', []],
  ['nobody', writeSeeAs({}), ['X-Chargeback-See-As']],
  ['an empty list of teams', writeSeeAs({ team: [] }), ['X-Chargeback-See-As']],
  ['an administrator', encodeURIComponent('{"login":"ann","role":"admin"}'), ['X-Chargeback-See-As.role']],
  ['workspaces', encodeURIComponent('{"login":"ann","workspaces":["*"]}'), ['X-Chargeback-See-As']],
  ['a prototype', encodeURIComponent('{"__proto__":{"login":"ann"}}'), ['X-Chargeback-See-As', 'X-Chargeback-See-As']],
  ['a line break', writeSeeAs({ login: 'ann\nbob' }), ['X-Chargeback-See-As.login']],
])('an administrator who says %s is told what is wrong', async (_what, header, paths) => {
  const { status, json } = await api.ask('/v1/me', { headers: { ...ADMIN, [SEE_AS_HEADER]: header } });
  const { code, detail, errors = [] } = json as Problem;
  expect([status, code, detail]).toEqual([400, 'INVALID_REQUEST', expect.stringMatching(/X-Chargeback-See-As/)]);
  if (paths.length > 0) {
    expect(errors.map(({ path }) => path)).toEqual(paths);
  }
});

test('the header twice is no header that says as whom', async () => {
  const value = as({ login: 'ann' })[SEE_AS_HEADER] ?? '';
  const { status } = await api.ask('/v1/me', { headers: { ...ADMIN, [SEE_AS_HEADER]: [value, value] } });
  expect(status).toBe(400);
});

test('an answer is not kept for somebody else', async () => {
  for (const headers of [ADMIN, { ...ADMIN, ...as({ login: 'ann' }) }]) {
    expect((await api.ask('/v1/me', { headers })).headers.vary).toMatch(/x-chargeback-see-as/i);
  }
});
