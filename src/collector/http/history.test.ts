import type { History } from '../../api/history';
import type { Problem } from '../../api/common';
import { HOUR, isoHour } from '../../domain/hours';
import { startApi, type ApiServer } from '../../testing/api-server';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { parseCsv } from '../../testing/parse-csv';
import { recordAudit } from '../ledger/audit';

let ledger: TestLedger;
let api: ApiServer;
beforeEach(async () => {
  ledger = await createLedger({
    prometheusUrl: 'http://127.0.0.1:9',
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total' }],
    rates: { rate_cards: [{ name: 'c', valid_from: '2026-01-01', prices: { bytes: { unit_price: '1' } } }] },
  });
  api = await startApi(ledger.database.url);
});
afterEach(async () => {
  await api?.close();
  await ledger?.drop();
});

const history = async (query = '', headers?: Record<string, string>) => {
  const { status, json } = headers
    ? await api.ask(`/v1/history?${query}`, { headers })
    : await api.asAdmin(`/v1/history?${query}`);
  expect(status).toBe(200);
  return json as History;
};
const actions = ({ data }: History) => data.map(({ action }) => action);

test('who changed what, newest first, as it was before and after', async () => {
  await ledger.applyRates({
    rate_cards: [{ name: 'c', valid_from: '2026-01-01', prices: { bytes: { unit_price: '2' } } }],
  });
  await ledger.deleteRateCard('c');
  const { data, next_cursor } = await history();
  expect(next_cursor).toBeNull();
  expect(data).toMatchObject([
    {
      action: 'rate-card.delete',
      object: 'rate-card',
      actor: 'test',
      via: 'collector',
      address: null,
      subject: 'c',
      workspace: null,
      before: { prices: { bytes: { unit_price: '2' } } },
      after: null,
    },
    {
      action: 'rate-card.change',
      before: { version: 1, prices: { bytes: { unit_price: '1' } } },
      after: { version: 2 },
    },
    { action: 'rate-card.create', before: null, after: { name: 'c', version: 1 } },
  ]);
  expect(Math.abs(Date.parse(data[0]?.at ?? '') - Date.now())).toBeLessThan(60_000);
});

test('of one kind of thing, or of one thing', async () => {
  await ledger.applyRates({
    rate_cards: [{ name: 'd', valid_from: '2026-02-01', prices: { bytes: { unit_price: '2' } } }],
  });
  await ledger.applyDirectory({ rules: [{ match: { topic: 'a' }, set: { team: 'b' } }] });
  expect(actions(await history('object=directory'))).toEqual(['directory.apply']);
  expect((await history('object=rate-card')).data.map(({ subject }) => subject)).toEqual(['d', 'c']);
  expect((await history('object=rate-card&subject=c')).data.map(({ subject }) => subject)).toEqual(['c']);
  expect((await history('object=period')).data).toEqual([]);
});

test('page by page; what is changed meanwhile neither repeats nor hides an entry', async () => {
  const put = async (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      await recordAudit(ledger.database.pool, {
        actor: 'x',
        action: 'period.close',
        subject: `${index}`,
        workspace: null,
        before: null,
        after: {},
      });
    }
  };
  // More than nine: as text 10 would stand before 9.
  await put(0, 12);
  const seen: string[] = [];
  let cursor = '';
  for (;;) {
    const { data, next_cursor } = await history(`object=period&limit=3${cursor}`);
    seen.push(...data.map(({ subject }) => subject));
    if (next_cursor === null) {
      break;
    }
    cursor = `&cursor=${next_cursor}`;
    await put(100, 103);
  }
  expect(seen).toEqual(['11', '10', '9', '8', '7', '6', '5', '4', '3', '2', '1', '0']);
});

test('of a directory only what changed is told, be it as large as it may', async () => {
  const rule = (index: number, team: string) => ({ match: { topic: `topic-${index}` }, set: { team } });
  const many = Array.from({ length: 10_000 }, (_, index) => rule(index, 'red'));
  await ledger.applyDirectory({ rules: many });
  const after = [...many.slice(0, 4), rule(4, 'blue'), ...many.slice(5), rule(0, 'red')];
  await ledger.applyDirectory({ rules: after.slice(1) });
  await ledger.applyDirectory({ rules: [...after.slice(1)].reverse() });
  const answer = await api.asAdmin('/v1/history?object=directory');
  expect(answer.text.length).toBeLessThan(20_000);
  const [reversed, changed, first] = (answer.json as History).data;
  expect(first).toMatchObject({
    before: { rules: 0, differing: 0, first: [] },
    after: { rules: 10_000, differing: 10_000 },
  });
  expect((first?.after as { first: unknown[] }).first).toHaveLength(50);
  expect((first?.after as { first: unknown[] }).first[49]).toEqual({ place: 50, rule: rule(49, 'red') });
  // The first rule only moved to the end.
  expect(changed?.before).toEqual({ rules: 10_000, differing: 1, first: [{ place: 5, rule: rule(4, 'red') }] });
  expect(changed?.after).toEqual({ rules: 10_000, differing: 1, first: [{ place: 4, rule: rule(4, 'blue') }] });
  expect([reversed?.before, reversed?.after]).toEqual([
    { rules: 10_000, differing: 0, first: [] },
    { rules: 10_000, differing: 0, first: [] },
  ]);
});

test('a change that was recorded with all its rules is told alike', async () => {
  const rules = ['a', 'b', 'c'].map((topic) => ({ match: { topic }, set: { team: 'red' } }));
  const [before, after] = [rules.slice(0, 2), rules.slice(1)];
  await recordAudit(ledger.database.pool, {
    actor: 'x',
    action: 'directory.apply',
    subject: 'version 1',
    workspace: null,
    before,
    after,
  });
  expect((await history('object=directory')).data[0]).toMatchObject({
    before: { rules: 2, differing: 1, first: [{ place: 1, rule: rules[0] }] },
    after: { rules: 2, differing: 1, first: [{ place: 2, rule: rules[2] }] },
  });
});

test('a rule that is there twice and then once has changed', async () => {
  const rule = { match: { topic: 'a' }, set: { team: 'b' } };
  await ledger.applyDirectory({ rules: [rule, rule] });
  await ledger.applyDirectory({ rules: [rule] });
  expect((await history('object=directory&limit=1')).data[0]).toMatchObject({
    before: { rules: 2, differing: 1, first: [{ place: 2, rule }] },
    after: { rules: 1, differing: 0, first: [] },
  });
});

test('what concerns access tokens is for administrators', async () => {
  const viewer = await api.token('viewer');
  const editor = await api.token('editor');
  expect(actions(await history())).toEqual(['token.create', 'token.create', 'rate-card.create']);
  expect(actions(await history('object=token'))).toEqual(['token.create', 'token.create']);
  for (const headers of [viewer, editor]) {
    expect(actions(await history('limit=1', headers))).toEqual(['rate-card.create']);
    const { status, json } = await api.ask('/v1/history?object=token', { headers });
    expect([status, (json as Problem).code]).toEqual([403, 'FORBIDDEN']);
  }
});

/** What concerns payments alone, what concerns others, and what concerns all, oldest first. */
async function twoTeams() {
  const write = async (method: string, path: string, body?: object) => {
    const answer = await api.asAdmin(path, { method, ...(body && { body }) });
    expect(answer.status).toBeLessThan(300);
    return answer.headers.location as string;
  };
  const budget = (name: string, scope: object) => ({ name, scope, amount: '1', owner: 'o', valid_from: '2026-03' });
  const card = (name: string, workspace: string) => ({
    ...{ name, workspace, valid_from: '2026-02-01' },
    prices: { bytes: { unit_price: '1' } },
  });
  const rule = (workspace: string) => ({ match: { topic: `${workspace}.*` }, set: { workspace } });
  await write('POST', '/v1/budgets', budget('search budget', { workspace: 'search' }));
  const own = await write('POST', '/v1/budgets', budget('payments budget', { workspace: 'payments' }));
  await write('POST', '/v1/rate-cards', card('payments agreement', 'payments'));
  await write('POST', '/v1/rate-cards', card('search agreement', 'search'));
  await write('POST', '/v1/rate-cards', card('for all', ''));
  await write('POST', '/v1/budgets', budget('platform', {}));
  await write('POST', '/v1/budgets', budget('nobody', { workspace: '' }));
  await write('PUT', '/v1/directory', { rules: [rule('search')] });
  await write('PUT', '/v1/directory', { rules: [rule('search'), rule('payments')] });
  await write('PUT', '/v1/directory', { rules: [rule('payments'), rule('search')] });
  await write('PUT', own, budget('payments budget 2', { workspace: 'payments', team: 'red' }));
  const moved = await write('POST', '/v1/budgets', budget('moved', { workspace: 'search' }));
  await write('PUT', moved, budget('moved', { workspace: 'payments' }));
  await write('PUT', moved, budget('moved here', { workspace: 'payments' }));
  await write('DELETE', own);
}
const OWN = [
  'budget.delete payments budget 2',
  'budget.change moved here',
  'budget.change payments budget 2',
  'directory.apply version 2',
  'rate-card.create payments agreement',
  'budget.create payments budget',
];
const told = ({ data }: History) => data.map(({ action, subject }) => `${action} ${subject}`);

test('a member reads what concerns just his workspaces, and nothing tells of others', async () => {
  await twoTeams();
  for (const [role, granted] of [
    ['viewer', 'payments'],
    ['editor', 'pay*'],
    ['admin', 'payments'],
  ] as const) {
    const member = await api.token(role, granted);
    const whole = await history('', member);
    expect(told(whole)).toEqual(OWN);
    expect(new Set(whole.data.map(({ workspace }) => workspace))).toEqual(new Set(['payments']));
    expect(JSON.stringify(whole)).not.toContain('search');
    // Neither a number of entries nor one of rules says how much there is of others; addresses are for administrators.
    expect(whole.data.map(({ via, address }) => [via, address])).toEqual(OWN.map(() => ['token', null]));
    expect(whole.data[3]).toMatchObject({
      before: { rules: null, differing: 0, first: [] },
      after: { rules: null, differing: 1, first: [{ place: null, rule: { set: { workspace: 'payments' } } }] },
    });
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: History = await history(`limit=2${cursor && `&cursor=${cursor}`}`, member);
      paged.push(...told(page));
      cursor = page.next_cursor;
    }
    expect(paged).toEqual(OWN);
    for (const query of ['object=token', 'object=access', 'object=reader', 'workspace=search', 'workspace=nowhere']) {
      for (const path of ['history', 'history.csv']) {
        const { status } = await api.ask(`/v1/${path}?${query}`, { headers: member });
        expect([path, query, status]).toEqual([path, query, 403]);
      }
    }
    const file = await api.ask('/v1/history.csv', { headers: member });
    expect(file.text.split('\n').filter((line) => line !== '')).toHaveLength(OWN.length + 1);
    expect(file.text).not.toContain('search');
  }
  expect((await history('', await api.token('viewer', 'nothing'))).data).toEqual([]);
});

test('the entry of another is no place to go on from, as one that there is not', async () => {
  await twoTeams();
  const member = await api.token('viewer', 'payments');
  const others = (await history('')).data.filter(({ workspace }) => workspace !== 'payments');
  expect(others.length).toBeGreaterThan(5);
  const refused = async (cursor: string) => {
    const { status, text } = await api.ask(`/v1/history?cursor=${cursor}`, { headers: member });
    expect(status).toBe(400);
    return text;
  };
  const unknown = await refused('3b241101-e2bb-4255-8caf-4136c566a962');
  for (const { id } of others) {
    expect(await refused(id)).toBe(unknown);
  }
  const last = (await history('', member)).data.at(-1)?.id;
  expect(await history(`cursor=${last}`, member)).toEqual({ data: [], next_cursor: null });
});

test('asked by whom, of what, of which workspace and when', async () => {
  await twoTeams();
  await ledger.applyDirectory({ rules: [] });
  expect(told(await history('workspace=payments'))).toEqual(OWN);
  expect(told(await history('workspace=payments&object=budget&actor=admin-token&subject=moved%20here'))).toEqual([
    'budget.change moved here',
  ]);
  expect(actions(await history('actor=test'))).toEqual(['directory.apply', 'rate-card.create']);
  const [renamed] = (await history('subject=payments%20budget')).data;
  expect(told(await history(`object=budget&object_id=${renamed?.object_id}`))).toEqual([
    'budget.delete payments budget 2',
    'budget.change payments budget 2',
    'budget.create payments budget',
  ]);
  const { data } = await history('limit=500');
  const at = data[4]?.at ?? '';
  const later = data.filter((entry) => entry.at >= at);
  expect(await history(`limit=500&from_ts=${at}`)).toEqual({ data: later, next_cursor: null });
  expect((await history(`limit=500&to_ts=${at}`)).data).toEqual(data.slice(later.length));
  const none = await api.asAdmin(`/v1/history?from_ts=${at}&to_ts=${at}`);
  expect((none.json as Problem).errors).toEqual([{ path: 'to_ts', message: 'must be later than from_ts' }]);
});

test('as a file: all that the same question finds, and nothing in it runs in a spreadsheet', async () => {
  const write = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      await recordAudit(ledger.database.pool, {
        ...{ actor: '=HYPERLINK("x")', action: 'budget.create' as const, subject: `@${index}, "quoted"\nline` },
        ...{ id: index, workspace: '+payments', before: null, after: { name: '=1+1' } },
      });
    }
  };
  // More than are read at once.
  await write(120);
  const { status, headers, text } = await api.asAdmin('/v1/history.csv?object=budget');
  expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'attachment; filename="chargeback-history.csv"',
  ]);
  const [heading, ...rows] = parseCsv(text);
  expect(heading).toEqual([
    ...['at', 'actor', 'via', 'address', 'object', 'action', 'subject', 'object_id', 'workspace', 'before', 'after'],
  ]);
  expect(rows.map((row) => row[6])).toEqual(
    Array.from({ length: 120 }, (_, index) => `'@${119 - index}, "quoted"\nline`),
  );
  expect(rows[0]?.slice(1)).toEqual([
    ...[`'=HYPERLINK("x")`, 'collector', '', 'budget', 'budget.create', `'@119, "quoted"\nline`, '119'],
    ...["'+payments", '', '{"name":"=1+1"}'],
  ]);
  const filtered = await api.asAdmin('/v1/history.csv?object=budget&object_id=7');
  expect(parseCsv(filtered.text)).toHaveLength(2);
  expect((await api.asAdmin('/v1/history.csv?object=rate&limit=5')).status).toBe(400);
});

test('who asked for a collection is recorded with its range, and a refused request is not', async () => {
  const from = Date.parse('2026-03-01T00:00:00Z');
  const ask = (to: number) =>
    api.asAdmin('/v1/collect/usage', {
      method: 'POST',
      body: { from: isoHour(from), to: isoHour(to), meters: ['bytes'] },
    });
  expect((await ask(from)).status).toBe(400);
  const { status, json } = await ask(from + 2 * HOUR);
  expect(status).toBe(202);
  expect((await history('object=collection')).data).toMatchObject([
    {
      actor: 'admin-token',
      action: 'collection.request',
      subject: '2026-03-01T00:00:00Z/2026-03-01T02:00:00Z',
      before: null,
      after: {
        job: (json as { job: string }).job,
        from: '2026-03-01T00:00:00Z',
        to: '2026-03-01T02:00:00Z',
        meters: ['bytes'],
      },
    },
  ]);
});

test('everything wrong with a question is told at once', async () => {
  const { status, json } = await api.asAdmin('/v1/history?object=rate&limit=501&cursor=7&who=me');
  expect(status).toBe(400);
  expect((json as Problem).errors?.map(({ path }) => path).sort()).toEqual(['cursor', 'limit', 'object', 'who']);
});
