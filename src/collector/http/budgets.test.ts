import type { Budget, BudgetBackTest, BudgetCrossings, BudgetList } from '../../api/budgets';
import type { History } from '../../api/history';
import type { Problem } from '../../api/common';
import { GRAFANA_KEY, startApi, type ApiServer } from '../../testing/api-server';
import { createBudgetLedger, type BudgetLedger } from '../../testing/budget-ledger';

type Headers = Record<string, string>;
let ledger: BudgetLedger;
let api: ApiServer;
let member: { viewer: Headers; editor: Headers; admin: Headers };
let all: { viewer: Headers; editor: Headers; admin: Headers };

beforeEach(async () => {
  ledger = await createBudgetLedger();
  await ledger.spend(
    ['2026-02-10T00:00Z', '40', { workspace: 'orders' }],
    ['2026-03-05T00:00Z', '60', { workspace: 'orders', team: 'web' }],
    ['2026-03-06T00:00Z', '35', { workspace: 'orders' }],
    ['2026-03-06T00:00Z', '20', { workspace: 'search' }],
    ['2026-03-06T00:00Z', '5'],
  );
  api = await startApi(ledger.database.url);
  const of = async (workspace?: string) => ({
    viewer: await api.token('viewer', workspace),
    editor: await api.token('editor', workspace),
    admin: await api.token('admin', workspace),
  });
  [member, all] = await Promise.all([of('orders'), of()]);
});
afterEach(async () => {
  await api.close();
  await ledger.drop();
});

const INPUT = { name: 'Orders', scope: { workspace: 'orders' }, amount: '100.00', owner: 'web', valid_from: '2026-02' };
/** Writes over whatever is there, unless the headers say which version. */
const send = (method: string, path: string, headers: Headers, body?: unknown) =>
  api.ask(`/v1/budgets${path}`, { method, headers: { 'if-match': '*', ...headers }, body });
const at = (version: number, headers: Headers) => ({ ...headers, 'if-match': `"${version}"` });
const code = (answer: { json: unknown }) => (answer.json as Problem).code;

test('a budget is made with what was left out filled in, shown with how it stands, replaced, and deleted', async () => {
  const made = await send('POST', '', all.editor, INPUT);
  expect(made.status).toBe(201);
  const budget = made.json as Budget;
  expect(made.headers.location).toBe(`/v1/budgets/${budget.id}`);
  expect(budget).toEqual({
    id: budget.id,
    version: 1,
    name: 'Orders',
    scope: { workspace: 'orders' },
    amount: '100',
    currency: 'USD',
    interval: 'month',
    thresholds: ['50', '90', '100'],
    owner: 'web',
    contact: [],
    valid_from: '2026-02',
    notes: '',
    created_at: expect.any(String),
    created_by: expect.stringMatching(/^token-/),
    updated_at: budget.created_at,
    updated_by: budget.created_by,
    status: {
      period: { start: '2026-03', end: '2026-04' },
      spent: '95',
      remaining: '5',
      used_percent: '95',
      elapsed_percent: '16.2634',
      burn_ratio: '5.8413',
      thresholds: [
        { percent: '50', reached: true, crossed_at: expect.any(String) },
        { percent: '90', reached: true, crossed_at: expect.any(String) },
        { percent: '100', reached: false, crossed_at: null },
      ],
    },
  });
  const read = await send('GET', `/${budget.id}`, all.viewer);
  expect([read.json, read.headers.etag, made.headers.etag]).toEqual([budget, '"1"', '"1"']);
  expect((await send('GET', '', all.viewer)).json).toEqual({
    data: [budget],
    watermark: '2026-03-06T01:00:00.000Z',
    may_create: false,
  });
  const replaced = await send('PUT', `/${budget.id}`, at(1, all.editor), {
    ...INPUT,
    amount: '95',
    thresholds: [100, '101.5'],
    contact: ['web@example.com'],
  });
  expect([replaced.status, replaced.headers.etag]).toEqual([200, '"2"']);
  expect(replaced.json).toMatchObject({ version: 2, amount: '95', thresholds: ['100', '101.5'] });
  expect((replaced.json as Budget).status?.thresholds).toMatchObject([{ reached: true }, { reached: false }]);
  const gone = await send('DELETE', `/${budget.id}`, at(2, all.editor));
  expect([gone.status, gone.text]).toEqual([204, '']);
  expect((await send('GET', `/${budget.id}`, all.admin)).status).toBe(404);
  expect((await send('GET', '', all.admin)).json).toMatchObject({ data: [], may_create: true });
});

test('every write is in the history with what it was before and after; a preview and a refusal are not', async () => {
  const { id } = (await send('POST', '', all.editor, INPUT)).json as Budget;
  await send('POST', '/preview', all.editor, INPUT);
  await send('POST', '', all.editor, INPUT);
  await send('PUT', `/${id}`, all.editor, { ...INPUT, amount: '250' });
  await send('DELETE', `/${id}`, all.editor);
  const history = (await api.asAdmin('/v1/history?object=budget')).json as History;
  const written = {
    ...INPUT,
    amount: '100',
    currency: 'USD',
    interval: 'month',
    thresholds: ['50', '90', '100'],
    contact: [],
    notes: '',
  };
  expect(history.data.map(({ action, subject, before, after }) => ({ action, subject, before, after }))).toEqual([
    { action: 'budget.delete', subject: 'Orders', before: { ...written, amount: '250' }, after: null },
    { action: 'budget.change', subject: 'Orders', before: written, after: { ...written, amount: '250' } },
    { action: 'budget.create', subject: 'Orders', before: null, after: written },
  ]);
});

test('all problems of a budget are told at once', async () => {
  const answer = await send('POST', '', all.editor, {
    name: '',
    scope: { workspac: 'orders', team: 7 },
    amount: 12,
    currency: 'usd',
    interval: 'week',
    thresholds: ['50', '50', '1000.001'],
    contact: ['nobody'],
    valid_from: '2026-13',
    colour: 'red',
  });
  expect([answer.status, code(answer)]).toEqual([400, 'INVALID_REQUEST']);
  expect((answer.json as Problem).errors).toEqual(
    expect.arrayContaining([
      { path: 'name', message: 'must not be empty' },
      { path: 'scope.workspac', message: 'is not a field here' },
      { path: 'amount', message: 'must be written as text, in quotes: "12"' },
      { path: 'currency', message: 'must be an ISO 4217 currency code in capitals, for example USD' },
      { path: 'interval', message: 'must be one of month, quarter, year' },
      { path: 'thresholds[1]', message: 'must be greater than 50, the one before' },
      { path: 'thresholds[2]', message: 'must have at most 2 digits behind the point' },
      { path: 'contact[0]', message: 'must be an e-mail address, for example team@example.com' },
      { path: 'owner', message: 'is missing' },
      { path: 'valid_from', message: 'must be a month written as YYYY-MM, for example 2026-03' },
      { path: 'colour', message: 'is not a field here' },
    ]),
  );
  expect((await send('GET', '', all.viewer)).json).toMatchObject({ data: [] });
});

test('amounts that are no money of a period are refused', async () => {
  for (const [amount, message] of [
    ['0', 'must be greater than 0'],
    ['-5', 'must be greater than 0'],
    ['1e3', 'must be a decimal number written as text'],
    ['1000000000000', 'at most 12 digits before and 12 behind'],
    ['0.0000000000001', 'at most 12 digits before and 12 behind'],
  ] as const) {
    const answer = await send('POST', '', all.editor, { ...INPUT, amount });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(message);
  }
});

test('a name is taken once: 409 says which budget has it; the name of a deleted one is free again', async () => {
  const { id } = (await send('POST', '', all.editor, INPUT)).json as Budget;
  const twin = await send('POST', '', all.editor, { ...INPUT, amount: '1' });
  expect([twin.status, code(twin)]).toEqual([409, 'BUDGET_EXISTS']);
  expect((twin.json as Problem).errors).toEqual([
    { path: 'name', message: `the budget ${id} has this name; change that one, or choose another name` },
  ]);
  const other = (await send('POST', '', all.editor, { ...INPUT, name: 'Other' })).json as Budget;
  expect(code(await send('PUT', `/${other.id}`, all.editor, INPUT))).toBe('BUDGET_EXISTS');
  await send('DELETE', `/${id}`, all.editor);
  expect((await send('PUT', `/${other.id}`, all.editor, INPUT)).status).toBe(200);
});

test('two people change a budget at once: the second is told, and nothing of the first is lost', async () => {
  const { id } = (await send('POST', '', all.editor, INPUT)).json as Budget;
  const answers = await Promise.all([
    send('PUT', `/${id}`, at(1, all.editor), { ...INPUT, amount: '200' }),
    send('PUT', `/${id}`, at(1, all.admin), { ...INPUT, amount: '300' }),
    send('DELETE', `/${id}`, at(0, all.admin)),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  const refused = answers.find(({ status }) => status === 412);
  expect(refused && code(refused)).toBe('PRECONDITION_FAILED');
  expect((await send('GET', `/${id}`, all.viewer)).json).toMatchObject({ version: 2 });
});

test('what is no id of a budget is refused', async () => {
  for (const id of ['0', '-1', '1.5', 'x', '2147483648', '99999999999']) {
    expect((await send('GET', `/${id}`, all.viewer)).status).toBe(400);
  }
});

test('who sees one workspace reads the budgets of it, and is not told that there are others', async () => {
  const own = (await send('POST', '', all.admin, INPUT)).json as Budget;
  const narrower = { ...INPUT, name: 'Web of orders', scope: { workspace: 'orders', team: 'web' } };
  await send('POST', '', all.admin, narrower);
  const hidden: Budget[] = [];
  for (const [name, scope] of Object.entries({
    platform: {},
    search: { workspace: 'search' },
    nobody: { workspace: '' },
    'team of several workspaces': { team: 'web' },
  })) {
    hidden.push((await send('POST', '', all.admin, { ...INPUT, name, scope, amount: '1' })).json as Budget);
  }
  for (const who of Object.values(member)) {
    const { data } = (await send('GET', '', who)).json as BudgetList;
    expect(data.map(({ name }) => name)).toEqual(['Orders', 'Web of orders']);
    expect((await send('GET', `/${own.id}`, who)).status).toBe(200);
    const crossings = (await send('GET', '/crossings', who)).json as BudgetCrossings;
    expect(new Set(crossings.data.map(({ budget }) => budget))).toEqual(new Set(['Orders', 'Web of orders']));
    const absent = await send('GET', '/999', who);
    for (const { id } of hidden) {
      for (const [method, path, body] of [
        ['GET', `/${id}`],
        ['GET', `/crossings?budget=${id}`],
        ...(who === member.viewer
          ? []
          : [
              ['PUT', `/${id}`, INPUT],
              ['DELETE', `/${id}`],
            ]),
      ] as Array<[string, string, unknown?]>) {
        for (const headers of [who, at(1, who), at(77, who)]) {
          const answer = await send(method, path, headers, body);
          expect([answer.status, answer.text.replace(`budget ${id}`, 'budget 999')]).toEqual([404, absent.text]);
        }
      }
    }
  }
  expect(((await send('GET', '', all.viewer)).json as BudgetList).data).toHaveLength(6);
});

test('an editor of a workspace writes budgets of it alone: neither the old nor the new scope may be of others', async () => {
  const made = await send('POST', '', member.editor, INPUT);
  expect(made.status).toBe(201);
  const { id } = made.json as Budget;
  expect((await send('GET', '', member.editor)).json).toMatchObject({ may_create: true });
  for (const scope of [{}, { team: 'web' }, { workspace: '' }, { workspace: 'search' }, { workspace: 'Orders' }]) {
    for (const [method, path] of [
      ['POST', ''],
      ['PUT', `/${id}`],
      ['POST', '/preview'],
    ] as const) {
      const answer = await send(method, path, member.editor, { ...INPUT, name: 'more', scope });
      expect([answer.status, code(answer)]).toEqual([403, 'FORBIDDEN']);
      expect((answer.json as Problem).errors).toEqual([
        { path: 'scope.workspace', message: 'must be a workspace that you may see' },
      ]);
    }
  }
  expect(
    (await send('PUT', `/${id}`, member.editor, { ...INPUT, scope: { workspace: 'orders', team: 'web' } })).status,
  ).toBe(200);
  expect((await send('DELETE', `/${id}`, member.editor)).status).toBe(204);
});

test('names are of a workspace: a member may take one that others have, and learns nothing of it', async () => {
  const there = { ...INPUT, name: 'Secret', scope: { workspace: 'search' } };
  const { id } = (await send('POST', '', all.admin, there)).json as Budget;
  const everywhere = await send('POST', '', all.admin, { ...INPUT, name: 'Secret', scope: {} });
  const mine = await send('POST', '', member.editor, { ...INPUT, name: 'Secret' });
  expect([everywhere.status, mine.status]).toEqual([201, 201]);
  expect(mine.text).not.toContain('search');
  expect(code(await send('POST', '', member.editor, { ...INPUT, name: 'Secret' }))).toBe('BUDGET_EXISTS');
  // One that is moved may find its name taken there.
  expect(code(await send('PUT', `/${(everywhere.json as Budget).id}`, all.admin, there))).toBe('BUDGET_EXISTS');
  expect((await send('PUT', `/${id}`, all.admin, { ...there, amount: '7' })).status).toBe(200);
});

test('a viewer reads and writes nothing; one without a token is asked who he is', async () => {
  const { id } = (await send('POST', '', all.admin, INPUT)).json as Budget;
  for (const [method, path, body] of [
    ['POST', '', INPUT],
    ['PUT', `/${id}`, INPUT],
    ['DELETE', `/${id}`],
    ['POST', '/preview', INPUT],
  ] as Array<[string, string, unknown?]>) {
    for (const who of [all.viewer, member.viewer]) {
      const answer = await send(method, path, who, body);
      expect([answer.status, code(answer)]).toEqual([403, 'FORBIDDEN']);
    }
    expect((await send(method, path, {}, body)).status).toBe(401);
  }
  expect((await send('GET', '/crossings', {})).status).toBe(401);
});

test('a user of Grafana writes under his own name', async () => {
  await api.asAdmin('/v1/access', {
    method: 'PUT',
    body: { grants: [{ login: 'ann', workspaces: [INPUT.scope.workspace] }] },
  });
  const who = {
    'x-chargeback-key': GRAFANA_KEY,
    'x-grafana-user': 'ann',
    'x-grafana-context': JSON.stringify({ Login: 'ann', OrgRole: 'Editor' }),
  };
  expect((await send('POST', '', who, INPUT)).json).toMatchObject({ created_by: 'ann', updated_by: 'ann' });
});

test('crossings come newest first, a page at a time, of one budget or all, also when it was deleted', async () => {
  const first = (await send('POST', '', all.admin, INPUT)).json as Budget;
  const second = (await send('POST', '', all.admin, { ...INPUT, name: 'Platform', scope: {}, amount: '200' }))
    .json as Budget;
  await send('DELETE', `/${first.id}`, all.admin);
  const read = async (query: string) => (await send('GET', `/crossings${query}`, all.viewer)).json as BudgetCrossings;
  const whole = await read('');
  expect(whole.data.map(({ budget, percent, spent, period }) => [budget, percent, spent, period.start])).toEqual([
    ['Platform', '50', '120', '2026-03'],
    ['Orders', '90', '95', '2026-03'],
    ['Orders', '50', '95', '2026-03'],
  ]);
  expect(whole.next_cursor).toBeNull();
  const page = await read('?limit=2');
  expect(page.data).toEqual(whole.data.slice(0, 2));
  expect(await read(`?limit=2&cursor=${page.next_cursor}`)).toEqual({ data: whole.data.slice(2), next_cursor: null });
  expect((await read(`?budget=${second.id}`)).data).toEqual(whole.data.slice(0, 1));
  expect((await read(`?budget=${first.id}`)).data).toEqual(whole.data.slice(1));
  expect((await send('GET', '/crossings?budget=999', all.viewer)).status).toBe(404);
  expect((await send('GET', '/crossings?limit=0&cursor=x&by=day', all.viewer)).status).toBe(400);
});

test('what a moved budget crossed where it was before is not told to those who see only where it is now', async () => {
  const made = (
    await send('POST', '', all.editor, { ...INPUT, name: 'Search', scope: { workspace: 'search' }, amount: '20' })
  ).json as Budget;
  const moved = { ...INPUT, name: 'Search', amount: '1000' };
  expect((await send('PUT', `/${made.id}`, all.editor, moved)).status).toBe(200);
  const crossings = async (headers: Headers) =>
    ((await send('GET', `/crossings?budget=${made.id}`, headers)).json as BudgetCrossings).data.map(
      ({ percent, spent }) => `${percent} % at ${spent}`,
    );
  expect(await crossings(all.viewer)).toEqual(['100 % at 20', '90 % at 20', '50 % at 20']);
  expect(await crossings(member.viewer)).toEqual([]);
  expect((await send('GET', '/crossings', member.viewer)).text).not.toContain('"20"');
});

test('a preview tells by period and day how the budget would have done, and leaves nothing behind', async () => {
  const answer = await send('POST', '/preview', all.editor, { ...INPUT, valid_from: '2027-01', amount: '80' });
  expect(answer.status).toBe(200);
  const { currency, periods } = answer.json as BudgetBackTest;
  expect(currency).toBe('USD');
  expect(periods).toHaveLength(12);
  expect(periods.slice(-3)).toEqual([
    {
      start: '2026-01',
      end: '2026-02',
      spent: '0',
      used_percent: '0',
      crossed: [],
      complete: true,
      partly_known: true,
    },
    {
      start: '2026-02',
      end: '2026-03',
      spent: '40',
      used_percent: '50',
      crossed: [{ percent: '50', on: '2026-02-10' }],
      complete: true,
      partly_known: true,
    },
    {
      start: '2026-03',
      end: '2026-04',
      spent: '95',
      used_percent: '118.75',
      crossed: [
        { percent: '50', on: '2026-03-05' },
        { percent: '90', on: '2026-03-06' },
        { percent: '100', on: '2026-03-06' },
      ],
      complete: false,
      partly_known: false,
    },
  ]);
  const { rows } = await ledger.database.pool.query('select from chargeback_data.budget');
  expect(rows).toEqual([]);
});

test('a preview by year is the year that runs, by quarter the last four, in the rhythm of valid_from', async () => {
  const starts = async (interval: string, valid_from: string) =>
    (
      (await send('POST', '/preview', all.editor, { ...INPUT, interval, valid_from })).json as BudgetBackTest
    ).periods.map(({ start, end, spent }) => `${start} ${end} ${spent}`);
  expect(await starts('year', '2026-04')).toEqual(['2025-04 2026-04 135']);
  expect(await starts('quarter', '2026-02')).toEqual([
    '2025-05 2025-08 0',
    '2025-08 2025-11 0',
    '2025-11 2026-02 0',
    '2026-02 2026-05 135',
  ]);
});
