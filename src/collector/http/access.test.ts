import { parseAccessFile } from '../access/access-file';
import { applyAccess } from '../access/access-store';
import { GRAFANA_KEY, startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';

/** Every workspace of the ledger; the empty one is what is unallocated. */
const EVERY = ['', 'pay-eu', 'pay-us', 'payments', 'search'];
const ACCESS = `
grants:
  - { login: ann, workspaces: [payments] }
  - { login: eve, workspaces: [pay-eu, "pay-*"] }
  - { login: boss, workspaces: ["*"] }
  - { login: new, workspaces: [not-begun] }
  - { login: future, workspaces: ["future-*"] }
  - { login: stars, workspaces: ["**"] }
  - { login: sa-1-robot, workspaces: [search] }
  - { login: anonymous, workspaces: [search] }
  - { team: 7, workspaces: ["pay-*"] }
  - { team: 8, workspaces: [search] }
  - { email_domain: example.com, workspaces: [search] }
  - { organization: 2, workspaces: [pay-us] }
  - { organization: Partners, workspaces: [pay-eu] }
`;
const RATES = `${KAFKA_RATES}
  - name: agreement with search
    workspace: search
    valid_from: 2026-01-01
    prices: { kafka_ingress_bytes: { per: 1073741824, unit_price: "0.07" } }
  - name: agreement with pay-eu
    workspace: pay-eu
    valid_from: 2026-01-01
    prices: { kafka_ingress_bytes: { per: 1073741824, unit_price: "0.06" } }
`;

/** Who asks, as Grafana states it, and what they see: null is everything, 'default' what no grant decides. */
type Person = [who: string, context: Record<string, unknown>, sees: string[] | null | 'default'];
const PEOPLE: Person[] = [
  ['an administrator', { Login: 'root', OrgRole: 'Admin' }, null],
  ['an administrator with a grant for less', { Login: 'ann', OrgRole: 'Admin' }, null],
  ['an administrator of Grafana', { Login: 'root', OrgRole: 'Viewer', IsGrafanaAdmin: true }, null],
  ['a viewer without a grant', { Login: 'bob' }, 'default'],
  ['an editor without a grant', { Login: 'bob', OrgRole: 'Editor' }, 'default'],
  ['a viewer by login', { Login: 'ann' }, ['payments']],
  ['an editor by login', { Login: 'ann', OrgRole: 'Editor' }, ['payments']],
  ['one whose login differs in case', { Login: 'Ann' }, 'default'],
  ['a viewer by a name and a glob', { Login: 'eve' }, ['pay-eu', 'pay-us']],
  ['a viewer of everything', { Login: 'boss' }, null],
  ['a viewer of a workspace without usage', { Login: 'new' }, ['not-begun']],
  ['a viewer of a glob that nothing matches yet', { Login: 'future' }, []],
  ['a viewer of every workspace that has a name', { Login: 'stars' }, EVERY.slice(1)],
  ['a viewer by team', { Login: 'bob', Teams: [3, 7] }, ['pay-eu', 'pay-us']],
  ['an editor by two teams', { Login: 'bob', OrgRole: 'Editor', Teams: [7, 8] }, ['pay-eu', 'pay-us', 'search']],
  ['a viewer by login and team', { Login: 'ann', Teams: [8] }, ['payments', 'search']],
  ['a viewer by verified address', { Login: 'bob', Email: 'Bob@EXAMPLE.com', EmailVerified: true }, ['search']],
  ['a viewer by an address not verified', { Login: 'bob', Email: 'bob@example.com' }, 'default'],
  ['a viewer of a subdomain', { Login: 'bob', Email: 'bob@sub.example.com', EmailVerified: true }, 'default'],
  ['a viewer with two @', { Login: 'bob', Email: 'bob@example.com@evil.test', EmailVerified: true }, 'default'],
  ['a viewer by number of organization', { Login: 'bob', OrgID: 2, OrgName: 'Main' }, ['pay-us']],
  ['a viewer by name of organization', { Login: 'bob', OrgID: 1, OrgName: 'Partners' }, ['pay-eu']],
  ['a viewer of a like-named organization', { Login: 'bob', OrgID: 1, OrgName: '2' }, 'default'],
  ['an anonymous visitor', { IsAnonymous: true, Login: '', Teams: null, OrgID: 1 }, 'default'],
  ['an anonymous visitor of a granted organization', { IsAnonymous: true, Teams: null, OrgID: 2 }, ['pay-us']],
  [
    'an anonymous visitor who claims more',
    { IsAnonymous: true, Login: 'ann', Teams: [7], OrgID: 1, Email: 'a@example.com', EmailVerified: true },
    'default',
  ],
  [
    'a service account with the name of a grant',
    { Login: 'sa-1-robot', IsServiceAccount: true, Teams: [7], OrgID: 1 },
    'default',
  ],
  ['a service account of a granted organization', { Login: 'sa-2', IsServiceAccount: true, OrgID: 2 }, ['pay-us']],
];

let database: TestDatabase;
let servers: Record<'all' | 'none', ApiServer>;
beforeAll(async () => {
  database = await createPricedLedger({
    rates: RATES,
    usage: EVERY.map((workspace, index) => ({
      hour: marchHour(index),
      meter: 'kafka_ingress_bytes',
      resource: { workspace, application: `app of ${workspace}`, topic: `topic-${index}` },
      quantity: String(1_073_741_824 * (index + 1)),
    })),
  });
  await applyAccess(database.pool, parseAccessFile(ACCESS, 'access.yaml'), 'test');
  servers = {
    all: await startApi(database.url, { CHARGEBACK_DEFAULT_ACCESS: 'all' }),
    // What holds where nobody has said otherwise.
    none: await startApi(database.url),
  };
});
afterAll(async () => {
  await servers.all.close();
  await servers.none.close();
  await database.drop();
});

const headersOf = (context: Record<string, unknown>) => ({
  'x-chargeback-key': GRAFANA_KEY,
  'x-grafana-context': JSON.stringify({ OrgRole: 'Viewer', ...context }),
});

const RANGE = 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-03-02T00:00:00Z';
/** Routes that answer by workspace, and the workspaces that an answer names. */
const BY_WORKSPACE: Array<[path: string, named: (answer: { json: unknown; text: string }) => string[]]> = [
  [
    `/v1/costs?${RANGE}&granularity=total&group_by=workspace`,
    ({ json }) => (json as { data: Array<{ workspace: string }> }).data.map(({ workspace }) => workspace),
  ],
  [
    '/v1/dimensions?dimension_type=workspaces',
    ({ json }) => (json as { data: Array<{ value: string }> }).data.map(({ value }) => value),
  ],
  [
    '/v1/dimensions?dimension_type=applications',
    ({ json }) => (json as { data: Array<{ value: string }> }).data.map(({ value }) => value.slice('app of '.length)),
  ],
  [
    '/v1/chargeback?period=2026-03',
    ({ json }) => (json as { lines: Array<{ workspace: string }> }).lines.map(({ workspace }) => workspace),
  ],
  [
    '/v1/chargeback/lines?period=2026-03&limit=500',
    ({ json }) => (json as { lines: Array<{ workspace: string }> }).lines.map(({ workspace }) => workspace),
  ],
  [
    '/v1/chargeback/days?period=2026-03&by=workspace&top=20',
    ({ json }) => (json as { series: Array<{ value: string | null }> }).series.map(({ value }) => value ?? 'others'),
  ],
  [
    '/v1/chargeback.csv?period=2026-03',
    ({ text }) =>
      text
        .split(/\r?\n/)
        .slice(1)
        .filter((line) => line !== '' && !line.startsWith('TOTAL'))
        .map((line) => line.split(',')[0]?.replace('Unallocated', '') ?? ''),
  ],
];
const OWN_PRICES = ['pay-eu', 'search'];

describe.each(['all', 'none'] as const)('where %s is the default', (byDefault) => {
  test.each(PEOPLE)('%s sees on every way what was granted and nothing else', async (_who, context, granted) => {
    const api = servers[byDefault];
    const headers = headersOf(context);
    const sees = granted === 'default' ? (byDefault === 'all' ? null : []) : granted;
    const existing = EVERY.filter((workspace) => sees === null || sees.includes(workspace));

    expect((await api.ask('/v1/me', { headers })).json).toMatchObject({ workspaces: sees ?? ['*'] });

    for (const [path, named] of BY_WORKSPACE) {
      const answer = await api.ask(path, { headers });
      expect([path, answer.status]).toEqual([path, 200]);
      expect([path, named(answer).sort()]).toEqual([path, existing]);
    }
    const { totals } = (await api.ask('/v1/chargeback?period=2026-03', { headers })).json as {
      totals: { total_cost: string };
    };
    const { rows } = await database.pool.query<{ cost: string }>(
      `select trim_scale(coalesce(sum(cost), 0))::text as cost from chargeback.hourly_cost_facts where workspace = any ($1)`,
      [existing],
    );
    expect(totals.total_cost).toBe(rows[0]?.cost);
    const { json: summary } = await api.ask('/v1/chargeback/summary?period=2026-03', { headers });
    expect(summary).toMatchObject({
      totals: { total_cost: rows[0]?.cost },
      workspaces: existing.filter((workspace) => workspace !== '').length,
      unallocated: { resources: sees === null ? 1 : 0 },
    });

    const { data: cards } = (await api.ask('/v1/rate-cards', { headers })).json as {
      data: Array<{ id: number; workspace: string }>;
    };
    expect(cards.map(({ workspace }) => workspace).sort()).toEqual([
      '',
      ...OWN_PRICES.filter((workspace) => existing.includes(workspace)),
    ]);

    expect((await api.ask('/v1/directory/unmatched', { headers })).status).toBe(sees === null ? 200 : 403);
    expect((await api.ask('/v1/collections', { headers })).status).toBe(200);
    const costs = await api.ask('/metrics', { headers });
    expect(costs.text.includes('chargeback_cost_hourly{')).toBe(sees === null);
  });

  test.each(PEOPLE)('%s is told nothing of what exists beyond that', async (_who, context, granted) => {
    const api = servers[byDefault];
    const headers = headersOf(context);
    const sees = granted === 'default' ? (byDefault === 'all' ? null : []) : granted;
    for (const path of [
      '/v1/chargeback?period=2026-03',
      '/v1/chargeback.csv?period=2026-03',
      '/v1/chargeback/lines?period=2026-03',
      '/v1/chargeback/summary?period=2026-03',
      '/v1/chargeback/days?period=2026-03',
      `/v1/costs?${RANGE}`,
    ]) {
      const ask = async (workspace: string) => {
        const { status, text } = await api.ask(`${path}&workspace=${workspace}`, { headers });
        return { status, text };
      };
      const nowhere = await ask('no-such-workspace');
      // A glob over all names lets one ask for names that are not there; what is unallocated has no name.
      expect([path, nowhere.status]).toEqual([path, sees === null || context.Login === 'stars' ? 200 : 403]);
      for (const workspace of EVERY) {
        const answer = await ask(workspace);
        if (sees === null || sees.includes(workspace)) {
          expect([path, workspace, answer.status]).toEqual([path, workspace, 200]);
        } else {
          const { code, detail } = JSON.parse(answer.text) as { code: string; detail: string };
          expect([answer.status, code, detail]).toEqual([403, 'FORBIDDEN', expect.stringMatching(/administrator/)]);
          expect(EVERY.slice(1).filter((name) => detail.includes(name))).toEqual([]);
          if (nowhere.status === 403) {
            expect(answer).toEqual(nowhere);
          }
        }
      }
    }
    const { data: all } = (await api.asAdmin('/v1/rate-cards')).json as {
      data: Array<{ id: number; workspace: string }>;
    };
    for (const { id, workspace } of all) {
      const visible = workspace === '' || sees === null || sees.includes(workspace);
      const answer = await api.ask(`/v1/rate-cards/${id}`, { headers });
      expect([workspace, answer.status]).toEqual([workspace, visible ? 200 : 404]);
    }
  });
});

test('one granted workspace beside one that was not is refused as a whole', async () => {
  const headers = headersOf({ Login: 'ann' });
  const path = `/v1/costs?${RANGE}&group_by=workspace&workspace=payments`;
  expect((await servers.all.ask(path, { headers })).status).toBe(200);
  expect((await servers.all.ask(`${path}&workspace=search`, { headers })).status).toBe(403);
  expect((await servers.all.ask(`${path}&workspace=`, { headers })).status).toBe(403);
});

test('an own price of a workspace is told to its members only, among the prices in force too', async () => {
  const cardsOf = async (context: Record<string, unknown>) => {
    const { json } = await servers.none.ask('/v1/chargeback?period=2026-03', { headers: headersOf(context) });
    return [
      ...new Set((json as { rates: Array<{ rate_card: string }> }).rates.map(({ rate_card }) => rate_card)),
    ].sort();
  };
  expect(await cardsOf({ Login: 'ann' })).toEqual(['kafka-2026']);
  expect(await cardsOf({ Login: 'eve' })).toEqual(['agreement with pay-eu', 'kafka-2026']);
  expect(await cardsOf({ Login: 'nobody' })).toEqual(['kafka-2026']);
});

test('a workspace that appears is seen at once by those whose glob it matches', async () => {
  const headers = headersOf({ Login: 'future' });
  const workspaces = async () =>
    ((await servers.none.ask('/v1/me', { headers })).json as { workspaces: string[] }).workspaces;
  expect(await workspaces()).toEqual([]);
  await database.pool.query(
    `insert into chargeback_data.resource (key, workspace) values ('\\x01', 'future-1'), ('\\x02', 'the-future-2')`,
  );
  expect(await workspaces()).toEqual(['future-1']);
});

test('tokens see their workspace, whatever access.yaml and the default say', async () => {
  for (const api of Object.values(servers)) {
    expect((await api.ask('/v1/me', { headers: await api.token('viewer', 'search') })).json).toMatchObject({
      workspaces: ['search'],
    });
    expect((await api.ask('/v1/me', { headers: await api.token('viewer') })).json).toMatchObject({ workspaces: ['*'] });
  }
});
