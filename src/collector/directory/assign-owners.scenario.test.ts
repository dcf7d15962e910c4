import type { Directory, DirectoryMatches, DirectoryPreview, DirectoryRule, Unmatched } from '../../api/directory';
import { Decimal, formatDecimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { startApi, type ApiServer } from '../../testing/api-server';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { ledgerFacts } from '../../testing/ledger-facts';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import type { Sample } from '../../testing/sample-set';
import { DIRECTORY_LOCK } from '../metering/series-registry';

const MARCH = Date.parse('2026-03-01T00:00:00Z');
const FEBRUARY_END = MARCH - 4 * HOUR;
const HOURS = 10;
/** Growth of a topic in each hour; the four hours before March are closed. */
const TOPICS = { 'orders.eu': 300, 'orders.us': 900, audit: 20, refunds: 7, unpriced: 5 };
const counter = (topic: string, growth: number) => ({
  labels: { __name__: topic === 'unpriced' ? 'requests_total' : 'bytes_total', cluster: `vc-${topic.length}`, topic },
  samples: Array.from({ length: HOURS * 2 + 1 }, (_, half): Sample => [
    FEBRUARY_END + half * (HOUR / 2),
    String((growth * half) / 2),
  ]),
});

const RULES: DirectoryRule[] = [{ match: { topic: 'refunds' }, set: { workspace: 'payments', team: 'red' } }];

let prometheus: LocalServer;
let ledger: TestLedger;
let api: ApiServer;
beforeAll(async () => {
  prometheus = await startPrometheus(Object.entries(TOPICS).map(([topic, growth]) => counter(topic, growth)));
});
afterAll(() => prometheus?.stop());
beforeEach(async () => {
  const dimensions = { cluster: 'cluster', topic: 'topic' };
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [
      { slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions },
      { slug: 'requests', unit: 'request', counter: 'requests_total', dimensions },
    ],
    directory: { rules: RULES },
    rates: {
      rate_cards: [
        {
          name: 'general',
          valid_from: '2026-01-01',
          prices: {
            bytes: {
              per: '3',
              tiers: [
                { from: '0', unit_price: '1' },
                { from: '1000', unit_price: '0.7' },
              ],
            },
          },
        },
        { name: 'orders', workspace: 'orders', valid_from: '2026-01-01', prices: { bytes: { unit_price: '0.1' } } },
      ],
    },
  });
  await ledger.collect(FEBRUARY_END, FEBRUARY_END + HOURS * HOUR);
  await ledger.run('close', '--period', '2026-02');
  api = await startApi(ledger.database.url, {}, () => MARCH + 12 * HOUR);
});
afterEach(async () => {
  await api?.close();
  await ledger?.drop();
});

async function answer<T>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
  const { status, json, text } = await api.asAdmin(path, { method, body });
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
  return json as T;
}
const unmatched = (query = '') => answer<Unmatched>(`/v1/directory/unmatched?period=2026-03${query}`);
const topics = ({ data }: Unmatched) => data.map(({ resource }) => resource.topic);

/** Cost of March by workspace, from the facts. */
async function bills(): Promise<Map<string, string>> {
  const { rows } = await ledger.database.pool.query<{ workspace: string; cost: string }>(
    `select workspace, sum(cost)::text as cost from chargeback.hourly_cost_facts where hour >= '2026-03-01T00:00:00Z' group by 1`,
  );
  return new Map(rows.map(({ workspace, cost }) => [workspace, formatDecimal(cost)]));
}
async function tables(): Promise<unknown> {
  const { rows } = await ledger.database.pool.query(
    `select (select json_agg(o order by observed_id, valid_from) from chargeback_data.ownership o) as owners,
       (select count(*) from chargeback_data.resource) as resources, (select count(*) from chargeback_data.audit) as audit,
       (select json_agg(d) from chargeback_data.directory d) as directory`,
  );
  return [rows, await ledgerFacts(ledger.database.pool)];
}

test('an administrator assigns the largest unallocated resource', async () => {
  const before = await unmatched();
  expect(topics(before)).toEqual(['orders.us', 'orders.eu', 'audit', 'unpriced']);
  expect(before.data.at(-1)).toMatchObject({
    cost: '0',
    usage: [{ meter: 'requests', unit: 'request', quantity: '30', rated: false }],
  });
  const billed = await bills();
  expect(before.found).toEqual({ resources: 4, cost: billed.get('') });

  const { version, rules } = await answer<Directory>('/v1/directory');
  const [largest] = before.data;
  const { cluster = '', topic = '' } = largest?.resource ?? {};
  const proposed = [...rules, { match: { cluster, topic }, set: { workspace: 'orders' } }];

  const untouched = await tables();
  const preview = await answer<DirectoryPreview>('/v1/directory/preview', { rules: proposed });
  expect(await tables()).toEqual(untouched);
  expect(preview).toMatchObject({ period: '2026-03', currency: 'USD', resources_changed: 1 });
  expect(preview.rules[1]).toMatchObject({ matches: 1, decides: 1 });
  expect(preview.unmatched?.resources).toBe(3);

  const february = (await ledgerFacts(ledger.database.pool)).filter((line) => line.includes(' 2026-02-'));
  expect(february.length).toBeGreaterThan(0);
  await answer('/v1/directory', { rules: proposed }, 'PUT');
  const after = await bills();
  expect(preview.changes.map(({ workspace }) => workspace)).toEqual(['', 'orders']);
  for (const change of preview.changes) {
    const [from, to] = [billed.get(change.workspace) ?? '0', after.get(change.workspace) ?? '0'];
    expect(change).toEqual({
      workspace: change.workspace,
      currency: 'USD',
      before: from,
      after: to,
      difference: formatDecimal(new Decimal(to).minus(from)),
    });
  }
  // At the workspace's own price; in February it stays with nobody.
  expect(after.get('orders')).toBe('540');
  expect((await ledgerFacts(ledger.database.pool)).filter((line) => line.includes(' 2026-02-'))).toEqual(february);
  expect(topics(await unmatched())).toEqual(['orders.eu', 'audit', 'unpriced']);
  const matches = await answer<DirectoryMatches>('/v1/directory/matches');
  expect(matches).toEqual({ version: version + 1, ...withoutChanges(preview) });
  expect(matches.rules[1]).toEqual({ matches: 1, decides: 1, cost: '540' });
  expect(matches.unmatched).toEqual({ resources: 3, cost: after.get('') });
});

const withoutChanges = ({ changes: _changes, resources_changed: _count, ...outcome }: DirectoryPreview) => outcome;

test('two administrators change the directory at once: one is told, and nothing is overwritten', async () => {
  const { version, rules } = await answer<Directory>('/v1/directory');
  const mine = ['orders', 'platform'].map((workspace) => [{ match: { topic: 'audit' }, set: { workspace } }, ...rules]);
  const both = await Promise.all(
    mine.map((proposed) =>
      api.asAdmin('/v1/directory', {
        method: 'PUT',
        headers: { 'if-match': `"${version}"` },
        body: { rules: proposed },
      }),
    ),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  const winner = both.findIndex(({ status }) => status === 200);
  const told = { rule: mine[winner]?.[0], place: 1 };
  expect(both[1 - winner]?.json).toMatchObject({
    code: 'PRECONDITION_FAILED',
    changed: {
      version: version + 1,
      by: 'admin-token',
      fields: [{ field: 'rules', before: { differing: 0 }, after: { differing: 1, first: [told] } }],
    },
  });
  expect(await answer<Directory>('/v1/directory')).toMatchObject({ version: version + 1, rules: mine[winner] });
  expect((await bills()).has(winner === 0 ? 'orders' : 'platform')).toBe(true);
  expect((await bills()).has(winner === 0 ? 'platform' : 'orders')).toBe(false);
});

test('previews at the same time as a change tell what would come of either state, whole', async () => {
  const body = { rules: [{ match: { topic: '*' }, set: { workspace: 'all' } }] };
  const start = await bills();
  const [, ...previews] = await Promise.all([
    answer('/v1/directory', { rules: [{ match: { topic: 'orders.*' }, set: { workspace: 'orders' } }] }, 'PUT'),
    answer<DirectoryPreview>('/v1/directory/preview', body),
    answer<DirectoryPreview>('/v1/directory/preview', body),
  ]);
  const changed = await bills();
  const states = [start, changed].map((state) => [...state].sort());
  for (const { changes } of previews) {
    const before = changes.filter((change) => change.before !== '0').map((change) => [change.workspace, change.before]);
    expect(states).toContainEqual(before.sort());
  }
});

test('a rule counts from its moment on: for a month that is past at its end, else now', async () => {
  const later = (at: number) => new Date(at).toISOString();
  await answer(
    '/v1/directory',
    {
      rules: [
        { match: { topic: 'orders.*' }, set: { workspace: 'orders' }, valid_from: later(MARCH + 12 * HOUR) },
        { match: { topic: 'orders.eu' }, set: { workspace: 'late' }, valid_from: later(MARCH + 13 * HOUR) },
        { match: { topic: 'orders.us', cluster: 'vc-9' }, set: { team: 'blue' } },
      ],
    },
    'PUT',
  );
  const counts = async (period: string) =>
    (await answer<DirectoryMatches>(`/v1/directory/matches?period=${period}`)).rules.map(({ matches, decides }) => [
      matches,
      decides,
    ]);
  expect(await counts('2026-03')).toEqual([
    [2, 2],
    [0, 0],
    [1, 1],
  ]);
  expect(await counts('2026-02')).toEqual([
    [0, 0],
    [0, 0],
    [1, 1],
  ]);
});

test('rules come back as they were written: the order of the fields is the order of their globs', async () => {
  const rules = [{ match: { topic: '*', cluster: 'vc-*' }, set: { workspace: '${1}', team: '${2}' } }];
  const swapped = [{ match: { cluster: 'vc-*', topic: '*' }, set: { workspace: '${1}', team: '${2}' } }];
  for (const [proposed, workspace] of [
    [rules, 'audit'],
    [swapped, '5'],
  ] as const) {
    await answer('/v1/directory', { rules: proposed }, 'PUT');
    const stored = await answer<Directory>('/v1/directory');
    expect(JSON.stringify(stored.rules)).toBe(JSON.stringify(proposed));
    expect((await bills()).has(workspace)).toBe(true);
    const again = await answer<Directory>('/v1/directory', { rules: stored.rules }, 'PUT');
    expect(again).toMatchObject({ version: stored.version, resources_changed: 0, facts_changed: 0 });
  }
});

test('every problem of rules is told at once, with the same paths when they are previewed and when they are put', async () => {
  const rules = [
    { match: { topic: 'orders' }, set: { workspace: '${1}' } },
    { match: {}, set: { workspace: 'a', colour: 'red' } },
    { match: { topic: 'a*' }, set: { workspace: '${2}' }, valid_from: '2026-03-01T00:30:00Z' },
    { set: {} },
  ];
  const problems = await Promise.all(
    (['POST', 'PUT'] as const).map(async (method) => {
      const path = method === 'POST' ? '/v1/directory/preview' : '/v1/directory';
      const { status, json } = await api.asAdmin(path, { method, body: { rules } });
      expect(status).toBe(400);
      return (json as { errors: Array<{ path: string }> }).errors.map(({ path: place }) => place).sort();
    }),
  );
  expect(problems[0]).toEqual([
    'rules[0].set.workspace',
    'rules[1].match',
    'rules[1].set.colour',
    'rules[2].set.workspace',
    'rules[2].valid_from',
    'rules[3].match',
    'rules[3].set',
  ]);
  expect(problems[1]).toEqual(problems[0]);
});

test('what nobody owns is for those who see every workspace, and trying rules for editors', async () => {
  const member = await api.token('editor', 'payments');
  const viewer = await api.token('viewer');
  for (const [path, status] of [
    ['/v1/directory', 200],
    ['/v1/directory/matches', 200],
    ['/v1/directory/unmatched', 403],
  ] as const) {
    expect((await api.ask(path, { headers: member })).status).toBe(status);
    expect((await api.ask(path, { headers: viewer })).status).toBe(200);
  }
  const editor = await api.token('editor');
  for (const path of ['/v1/directory/matches', '/v1/directory/preview']) {
    for (const [headers, status] of [
      [member, 200],
      [viewer, 403],
      [editor, 200],
    ] as const) {
      const { rules } = (await api.ask('/v1/directory', { headers })).json as Directory;
      expect((await api.ask(path, { method: 'POST', body: { rules }, headers })).status).toBe(status);
    }
  }
});

test('a search finds words in any field, capitals or not; totals are over all that is found', async () => {
  expect(topics(await unmatched('&search=ORDERS'))).toEqual(['orders.us', 'orders.eu']);
  expect(topics(await unmatched('&search=us%20vc-9'))).toEqual(['orders.us']);
  expect(topics(await unmatched('&search=us%20audit'))).toEqual([]);
  expect(topics(await unmatched('&search=%25'))).toEqual([]);
  const page = await unmatched('&search=orders&limit=1&offset=1');
  const whole = await unmatched('&search=orders');
  expect(page).toEqual({ ...whole, offset: 1, data: whole.data.slice(1) });
  expect(await unmatched('&offset=100')).toMatchObject({ found: (await unmatched()).found, data: [] });
});

test('many previews wait for one another, and not everybody for them', async () => {
  const other = await ledger.database.pool.connect();
  try {
    await other.query('begin');
    await other.query(`select pg_advisory_xact_lock(${DIRECTORY_LOCK})`);
    const rules: DirectoryRule[] = [{ match: { topic: 'orders.*' }, set: { workspace: 'orders' } }];
    const previews = Array.from({ length: 12 }, () => answer<DirectoryPreview>('/v1/directory/preview', { rules }));
    expect((await api.asAdmin('/v1/directory')).status).toBe(200);
    await other.query('rollback');
    const answers = await Promise.all(previews);
    expect(new Set(answers.map(({ changes }) => JSON.stringify(changes))).size).toBe(1);
  } finally {
    other.release();
  }
});
