import type { History } from '../../api/history';
import type { Problem } from '../../api/common';
import { HOUR, isoHour } from '../../domain/hours';
import { startApi, type ApiServer } from '../../testing/api-server';
import { createLedger, type TestLedger } from '../../testing/ledger';
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
      actor: 'test',
      subject: 'c',
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

test('one who may not see every workspace sees none of it', async () => {
  for (const role of ['viewer', 'admin'] as const) {
    const { status } = await api.ask('/v1/history', { headers: await api.token(role, 'payments') });
    expect(status).toBe(403);
  }
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
  const { status, json } = await api.asAdmin('/v1/history?object=rate&limit=501&cursor=x&actor=me');
  expect(status).toBe(400);
  expect((json as Problem).errors?.map(({ path }) => path).sort()).toEqual(['actor', 'cursor', 'limit', 'object']);
});
