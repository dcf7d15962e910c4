import type { Directory, DirectoryMatches, DirectoryPreview, ListedRule, RuleCounts } from '../../api/directory';
import type { Problem } from '../../api/common';
import { Decimal, formatDecimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { startApi, type ApiAnswer, type ApiServer } from '../../testing/api-server';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { ledgerFacts } from '../../testing/ledger-facts';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { testContext } from '../../testing/test-context';
import { inTransaction } from '../db/pool';
import { changeOwners } from './change-owners';

const MARCH = Date.parse('2026-03-01T00:00:00Z');
const HOURS = 6;
/** Growth of a topic in each hour, by cluster. */
const USED: Record<string, Record<string, number>> = {
  'vc-pay': { 'cards.auth': 100, 'cards.settled': 40, 'transfers.sepa': 300, 'audit.log': 7 },
  'vc-search': { 'index.rows': 60 },
  'vc-nobody': { stray: 9 },
};
const SERIES = Object.entries(USED).flatMap(([cluster, topics]) =>
  Object.entries(topics).map(([topic, growth]) => ({
    labels: { __name__: 'bytes_total', cluster, topic },
    samples: Array.from({ length: HOURS * 2 + 1 }, (_, half): [number, string] => [
      MARCH + half * (HOUR / 2),
      String((growth * half) / 2),
    ]),
  })),
);

/** The audit takes its topics out of every cluster, whatever their team; the rest of vc-pay is payments'. */
const RULES: ListedRule[] = [
  { match: { topic: 'audit.*' }, set: { workspace: 'audit', application: 'audit' } },
  { match: { cluster: 'vc-*' }, set: { environment: '${1}' } },
  { match: { cluster: 'vc-pay' }, set: { workspace: 'payments', application: 'payments', team: 'money' } },
  { match: { cluster: 'vc-search' }, set: { workspace: 'search', application: 'search' } },
  { match: { cluster: 'vc-pay-two', topic: 'b*' }, set: { workspace: 'payments', application: 'second' } },
];
const [, , PAY, , SECOND] = RULES as [ListedRule, ListedRule, ListedRule, ListedRule, ListedRule];
const CARDS: ListedRule = {
  match: { cluster: 'vc-pay', topic: 'cards.*' },
  set: { workspace: 'payments', application: 'cards', team: 'plastic' },
};

let prometheus: LocalServer;
let ledger: TestLedger;
let api: ApiServer;
let editor: Record<string, string>;
beforeAll(async () => {
  prometheus = await startPrometheus(SERIES);
});
afterAll(() => prometheus?.stop());
beforeEach(async () => {
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [
      { slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { cluster: 'cluster', topic: 'topic' } },
    ],
    directory: { rules: RULES },
    rates: { rate_cards: [{ name: 'general', valid_from: '2026-01-01', prices: { bytes: { unit_price: '0.5' } } }] },
  });
  await ledger.collect(MARCH, MARCH + HOURS * HOUR);
  api = await startApi(ledger.database.url, {}, () => MARCH + 12 * HOUR);
  editor = await api.token('editor', 'payments');
});
afterEach(async () => {
  await api?.close();
  await ledger?.drop();
});

const ask = (path: string, body?: unknown, headers = editor, method = body === undefined ? 'GET' : 'POST') =>
  api.ask(path, { method, body, headers });
async function read(headers = editor): Promise<Directory> {
  const { status, json } = await ask('/v1/directory', undefined, headers);
  expect(status).toBe(200);
  return json as Directory;
}
/** Saves rules on the version in force, or on another one. */
async function save(rules: ListedRule[], version?: number, headers = editor): Promise<ApiAnswer> {
  const on = version ?? (await read()).version;
  return ask('/v1/directory', { rules }, { ...headers, 'if-match': `"${on}"` }, 'PUT');
}
const wholeRules = async () => ((await api.asAdmin('/v1/directory')).json as Directory).rules;
const problems = ({ json }: ApiAnswer) => (json as Problem).errors ?? [];

/** Costs by any field, from the facts. */
async function costs(field: string): Promise<Record<string, string>> {
  const { rows } = await ledger.database.pool.query<{ value: string; cost: string }>(
    `select ${field} as value, sum(cost)::text as cost from chargeback.hourly_cost_facts group by 1`,
  );
  return Object.fromEntries(rows.map(({ value, cost }) => [value, formatDecimal(cost)]));
}
const cost = (...growths: number[]) =>
  formatDecimal(new Decimal(growths.reduce((sum, growth) => sum + growth, 0)).times(HOURS).times('0.5'));

/** Sends rules that must be refused, by each way, and nothing is written. */
async function refused(rules: ListedRule[]): Promise<Array<{ path: string; message: string }>> {
  const before = [await wholeRules(), await ledgerFacts(ledger.database.pool)];
  const answers = [
    await save(rules),
    await ask('/v1/directory/preview', { rules }),
    await ask('/v1/directory/matches', { rules }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  const [first, ...others] = answers.map(problems);
  others.forEach((other) => expect(other).toEqual(first));
  expect([await wholeRules(), await ledgerFacts(ledger.database.pool)]).toEqual(before);
  expect(answers.map(({ text }) => text).join()).not.toMatch(/audit|search|stray|\d{2,} rules/);
  return first ?? [];
}

test('the payments team reads its own rules, numbered by themselves, with what they do for it', async () => {
  const mine = [
    { ...PAY, group: 1 },
    { ...SECOND, group: 2 },
  ];
  expect(await read()).toEqual({ version: 1, rules: mine, applied_at: null, applied_by: '' });
  const viewer = await api.token('viewer', 'payments');
  expect((await read(viewer)).rules).toEqual([PAY, SECOND]);

  const { json, text } = await ask('/v1/directory/matches?period=2026-03', undefined, viewer);
  expect(json as DirectoryMatches).toEqual({
    version: 1,
    period: '2026-03',
    currency: 'USD',
    // The rule matches audit.log, too, and says its team: that it does is not payments' to know.
    rules: [
      { matches: 3, decides: 3, cost: cost(100, 40, 300) },
      { matches: 0, decides: 0, cost: '0' },
    ],
    unmatched: null,
  });
  expect(text).not.toMatch(/audit|search/);
  expect((await ask('/v1/directory/unmatched?period=2026-03')).status).toBe(403);
  for (const [method, path] of [
    ['PUT', '/v1/directory'],
    ['POST', '/v1/directory/preview'],
    ['POST', '/v1/directory/matches'],
  ] as const) {
    expect((await ask(path, { rules: mine }, { ...viewer, 'if-match': '"1"' }, method)).status).toBe(403);
  }
});

test('the payments team splits its topics among two applications', async () => {
  const before = { byWorkspace: await costs('workspace'), facts: await ledgerFacts(ledger.database.pool) };
  const { rules, version } = await read();
  const proposed = [{ ...CARDS, group: 1 }, ...rules];

  const tried = (await ask('/v1/directory/matches?period=2026-03', { rules: proposed })).json as RuleCounts;
  expect(tried.rules.slice(0, 2)).toEqual([
    { matches: 2, decides: 2 },
    { matches: 3, decides: 1 },
  ]);
  const preview = (await ask('/v1/directory/preview?period=2026-03', { rules: proposed })).json as DirectoryPreview;
  expect(preview).toMatchObject({ resources_changed: 2, changes: [], unmatched: null });
  expect(preview.rules.map((rule) => rule.cost)).toEqual([cost(100, 40), cost(300), '0']);
  const change = (field: string, value: string, from: string, to: string) => ({
    workspace: 'payments',
    field,
    value,
    currency: 'USD',
    before: from,
    after: to,
    difference: formatDecimal(new Decimal(to).minus(from)),
  });
  expect(preview.within).toEqual([
    change('application', 'cards', '0', cost(140)),
    change('application', 'payments', cost(440), cost(300)),
    change('team', 'money', cost(440), cost(300)),
    change('team', 'plastic', '0', cost(140)),
  ]);
  expect(await ledgerFacts(ledger.database.pool)).toEqual(before.facts);

  const saved = await save(proposed, version);
  expect([saved.status, saved.headers.etag]).toEqual([200, '"2"']);
  expect(saved.json).toMatchObject({ version: 2, rules: proposed, applied_by: '', resources_changed: 2 });
  expect(await costs('workspace')).toEqual(before.byWorkspace);
  expect(await costs('application')).toEqual({
    audit: cost(7),
    cards: cost(140),
    payments: cost(300),
    search: cost(60),
    '': cost(9),
  });
  expect(await wholeRules()).toEqual([...RULES.slice(0, 2), CARDS, ...RULES.slice(2)]);

  const history = (await api.asAdmin('/v1/history?object=directory&limit=1')).json as { data: unknown[] };
  expect(history.data).toMatchObject([{ actor: expect.stringContaining('token'), workspace: 'payments' }]);

  // And back: what was added may be taken out again.
  expect((await save(rules)).status).toBe(200);
  expect(await ledgerFacts(ledger.database.pool)).toEqual(before.facts);
});

test('a rule without a group goes to the first one that gives the workspace as much', async () => {
  const { rules } = await read();
  const later: ListedRule = {
    match: { cluster: 'vc-pay-two', topic: 'bank.*' },
    set: { workspace: 'payments', application: 'bank' },
  };
  expect((await save([CARDS, later, ...rules])).status).toBe(200);
  expect(await wholeRules()).toEqual([...RULES.slice(0, 2), CARDS, PAY, RULES[3], later, SECOND]);
});

test("an editor cannot claim another team's topics by a wider glob", async () => {
  const { rules } = await read();
  const wider: ListedRule[] = [
    { match: { cluster: 'vc-*' }, set: { workspace: 'payments' }, group: 1 },
    { match: { cluster: 'vc-search' }, set: { workspace: 'payments' }, group: 1 },
    { match: { topic: '*' }, set: { workspace: 'payments' }, group: 1 },
    { match: { cluster: 'vc-pay*' }, set: { workspace: 'payments' }, group: 1 },
    { match: { cluster: 'vc-pay-two', topic: '*b*' }, set: { workspace: 'payments' }, group: 2 },
    // What another group has is not this group's.
    { match: { cluster: 'vc-pay' }, set: { workspace: 'payments' }, group: 2 },
  ];
  const found = await refused([...wider, ...rules]);
  expect(found.map(({ path }) => path)).toEqual(wider.map((_rule, index) => `rules[${index}].match`));
  expect(found[0]?.message).toMatch(/^may match only what one of the group's rules matches/);
});

test('nor unallocated ones, whether they were seen already or not', async () => {
  const { rules } = await read();
  const found = await refused([
    { match: { cluster: 'vc-nobody' }, set: { workspace: 'payments' } },
    { match: { cluster: 'vc-next-year' }, set: { workspace: 'payments' } },
    { match: { topic: 'stray' }, set: { workspace: 'payments' }, group: 1 },
    ...rules,
  ]);
  expect(found.map(({ path }) => path)).toEqual(['rules[0].match', 'rules[1].match', 'rules[2].match']);
});

test('nor give costs away: to another team, to nobody, or from a later day on', async () => {
  const { rules } = await read();
  const [first, second] = rules as [ListedRule, ListedRule];
  const given = { ...first, set: { ...first.set, workspace: 'search-of-others' } };
  const found = await refused([given, second]);
  expect(found).toEqual([{ path: 'rules[0].set.workspace', message: expect.stringMatching(/^must be payments/) }]);
  expect((await refused([second])).map(({ path }) => path)).toEqual(['before[0]']);
  expect((await refused([])).map(({ path }) => path)).toEqual(['before[0]', 'before[1]']);
  const late = await refused([{ ...first, valid_from: '2026-03-02' }, second]);
  expect(late).toEqual([{ path: 'before[0]', message: expect.stringMatching(/may not give up/) }]);
  const narrower = await refused([{ ...first, match: { cluster: 'vc-pay', topic: 'cards.*' } }, second]);
  expect(narrower.map(({ path }) => path)).toEqual(['before[0]']);
});

test('nor begin before the team has it', async () => {
  const put = await api.asAdmin('/v1/directory', {
    method: 'PUT',
    headers: { 'if-match': '"1"' },
    body: { rules: [{ ...PAY, valid_from: '2026-03-01T02:00:00Z' }, RULES[3]] },
  });
  expect(put.status).toBe(200);
  const { rules } = await read();
  const found = await refused([{ ...CARDS, valid_from: '2026-03-01T01:00:00Z', group: 1 }, ...rules]);
  expect(found).toEqual([
    { path: 'rules[0].valid_from', message: expect.stringMatching(/^must not be before 2026-03-01T02:00:00Z/) },
  ]);
  const soon = { ...CARDS, valid_from: '2026-03-01T03:00:00Z', group: 1 };
  expect((await save([soon, ...rules])).status).toBe(200);
  expect(await costs('application')).toMatchObject({ cards: formatDecimal(new Decimal(140).times(3).times('0.5')) });
});

test('nor say of what team the topics are that others take out of its cluster', async () => {
  const { rules } = await read();
  const [first, second] = rules as [ListedRule, ListedRule];
  const found = await refused([{ ...first, set: { ...first.set, team: 'coins', product: 'money' } }, second]);
  expect(found.map(({ path }) => path).sort()).toEqual(['rules[0].set.product', 'rules[0].set.team']);
  // What the others say themselves is nobody else's to say, and what they cannot match is free.
  expect((await save([{ ...first, set: { ...first.set, application: 'coins' } }, second])).status).toBe(200);
  expect((await save([{ ...CARDS, group: 1 }, ...(await read()).rules])).status).toBe(200);
  expect(await costs('team')).toMatchObject({ money: cost(300, 7), plastic: cost(140) });
});

test('all that is wrong is told at once', async () => {
  const { rules } = await read();
  const found = await refused([
    { match: { cluster: 'vc-pay' }, set: { application: 'x' }, group: 1 },
    { match: { cluster: 'vc-other' }, set: { workspace: 'payments' }, group: 1 },
    { ...CARDS, group: 3 },
    { ...CARDS, match: { cluster: 'vc-other' } },
    ...rules.slice(0, 1),
  ]);
  expect(found.map(({ path }) => path)).toEqual([
    'rules[0].set.workspace',
    'rules[1].match',
    'rules[2].group',
    'rules[3].match',
    'before[1]',
  ]);
});

test('one editor does not make the directory too long for everybody', async () => {
  const { rules } = await read();
  const many = Array.from({ length: 1000 }, (_, index) => ({
    ...CARDS,
    match: { cluster: 'vc-pay', topic: `t${index}` },
  }));
  expect(await refused([...many, ...rules])).toEqual([
    { path: 'rules', message: expect.stringMatching(/^has too many rules/) },
  ]);
  expect((await ask('/v1/directory/matches', { rules: [...many.slice(2), ...rules] })).status).toBe(200);
});

test('two editors at once: the second is told that there was a change, not what others changed', async () => {
  const { rules, version } = await read();
  const searching = await api.token('editor', 'search');
  const { rules: theirs } = await read(searching);
  const indexing: ListedRule = {
    match: { cluster: 'vc-search', topic: 'index.*' },
    set: { workspace: 'search', application: 'indexing' },
    group: 1,
  };
  expect((await save([indexing, ...theirs], version, searching)).status).toBe(200);

  const late = await save([{ ...CARDS, group: 1 }, ...rules], version);
  expect(late.status).toBe(412);
  expect(late.text).not.toMatch(/search|index|token/);
  expect((await save([{ ...CARDS, group: 1 }, ...rules])).status).toBe(200);
  expect((await wholeRules()).length).toBe(RULES.length + 2);
  expect(await costs('application')).toMatchObject({ cards: cost(140), indexing: cost(60) });
});

test('an editor who sees everything refines what has a workspace, and leaves to administrators what has none', async () => {
  const everywhere = await api.token('editor');
  const { rules } = await read(everywhere);
  expect(rules.map(({ group }) => group)).toEqual([1, undefined, 2, 3, 4]);
  const proposed = rules.toSpliced(2, 0, { ...CARDS, group: 2 });
  const saved = await save(proposed, undefined, everywhere);
  expect(saved.status).toBe(200);
  expect((saved.json as Directory).rules).toEqual(proposed);

  const changed = await save(
    proposed.with(1, { match: { cluster: 'vc-*' }, set: { workspace: 'payments' } }),
    undefined,
    everywhere,
  );
  expect(problems(changed).map(({ path }) => path)).toEqual(['rules[1]']);
  const without = await save(proposed.toSpliced(1, 1), undefined, everywhere);
  expect(problems(without).map(({ path }) => path)).toEqual(['before[1]']);
  expect((await ask('/v1/directory/unmatched?period=2026-03', undefined, everywhere)).status).toBe(200);
});

test('should what is admitted ever reach others, the change itself stops before anything is written', async () => {
  const context = testContext(ledger.environment, () => MARCH + 12 * HOUR);
  const facts = await ledgerFacts(ledger.database.pool);
  const attempts: ListedRule[][] = [
    RULES.with(3, { match: { cluster: 'vc-search' }, set: { workspace: 'payments' } }),
    RULES.with(3, { match: { cluster: 'vc-search' }, set: { workspace: 'search', application: 'other' } }),
    RULES.toSpliced(2, 1),
    [...RULES, { match: { topic: 'stray' }, set: { workspace: 'payments' } }],
    [...RULES, { match: { topic: 'stray' }, set: { team: 'payments' } }],
  ];
  try {
    for (const rules of attempts) {
      const change = inTransaction(context.pool, (db) =>
        changeOwners(db, rules, 'UTC', { subject: 'test', actor: 'test' }, (workspace) => workspace === 'payments'),
      );
      await expect(change).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  } finally {
    await context.pool.end();
  }
  expect(await ledgerFacts(ledger.database.pool)).toEqual(facts);
});
