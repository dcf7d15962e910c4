import type { Access } from '../../api/access';
import type { PreconditionProblem } from '../../api/changed-meanwhile';
import type { Problem } from '../../api/common';
import { startApi, type ApiServer } from '../../testing/api-server';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { expectedVersions } from './etag';

let ledger: TestLedger;
let api: ApiServer;
let admin: Record<string, string>;
beforeAll(async () => {
  ledger = await createLedger({
    prometheusUrl: 'http://127.0.0.1:9',
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total' }],
    rates: { rate_cards: [{ name: 'c', valid_from: '2020-01-01', prices: { bytes: { unit_price: '1' } } }] },
  });
  api = await startApi(ledger.database.url);
  admin = await api.token('admin');
});
afterAll(async () => {
  await api?.close();
  await ledger?.drop();
});

const ask = (method: string, path: string, body?: unknown, ifMatch?: string) =>
  api.ask(path, { method, body, headers: { ...admin, ...(ifMatch !== undefined && { 'if-match': ifMatch }) } });

let number = 0;
/** The objects that are changed, each with a path of one that is there, and a body that makes it different with every call. */
const OBJECTS: Record<string, { path: () => Promise<string>; body: () => object; field: string }> = {
  'a rate card': {
    path: async () => (await ask('POST', '/v1/rate-cards', card())).headers.location as string,
    body: card,
    field: 'name',
  },
  'a budget': {
    path: async () => (await ask('POST', '/v1/budgets', budget())).headers.location as string,
    body: budget,
    field: 'name',
  },
  'the directory': {
    path: () => Promise.resolve('/v1/directory'),
    body: () => ({ rules: [{ match: { topic: `t${number++}` }, set: { team: 'a' } }] }),
    field: 'rules',
  },
  'the grants': {
    path: () => Promise.resolve('/v1/access'),
    body: () => ({ grants: [{ login: `user${number++}`, workspaces: ['a'] }] }),
    field: 'grants',
  },
};
function card() {
  number += 1;
  const valid_from = new Date(Date.UTC(2026, 0, number)).toISOString();
  return { name: `card ${number}`, valid_from, prices: { bytes: { unit_price: '1' } } };
}
function budget() {
  return { name: `budget ${number++}`, amount: '100', owner: 'o', valid_from: '2026-03' };
}

describe.each(Object.entries(OBJECTS))('%s', (_name, { path: made, body, field }) => {
  it('carries its version as a strong ETag, and every change another one', async () => {
    const path = await made();
    const first = await ask('GET', path);
    const { version } = first.json as { version: number };
    expect(first.headers.etag).toBe(`"${version}"`);
    const changed = await ask('PUT', path, body(), first.headers.etag as string);
    expect([changed.status, changed.headers.etag]).toEqual([200, `"${(changed.json as { version: number }).version}"`]);
    expect(changed.headers.etag).not.toBe(first.headers.etag);
    expect((await ask('GET', path)).headers.etag).toBe(changed.headers.etag);
  });

  it('is not changed by a request that does not say on which version it builds', async () => {
    const path = await made();
    const before = await ask('GET', path);
    for (const method of path.match(/\d$/) ? ['PUT', 'DELETE'] : ['PUT']) {
      const { status, json } = await ask(method, path, method === 'PUT' ? body() : undefined);
      expect([status, json]).toEqual([
        428,
        expect.objectContaining({ code: 'PRECONDITION_REQUIRED', detail: expect.stringContaining('If-Match: "3"') }),
      ]);
    }
    expect((await ask('GET', path)).json).toEqual(before.json);
  });

  it('is changed by one of several who have read the same, and the others are told what he made of it', async () => {
    const path = await made();
    const tag = (await ask('GET', path)).headers.etag as string;
    const bodies = Array.from({ length: 5 }, body);
    const answers = await Promise.all(bodies.map((one) => ask('PUT', path, one, tag)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
    const now = await ask('GET', path);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(now.headers.etag).toBe(answers[winner]?.headers.etag);
    expect(now.json).toMatchObject(bodies[winner] as never);
    for (const { json } of answers.filter(({ status }) => status === 412)) {
      const { code, changed } = json as PreconditionProblem;
      const { version } = now.json as Access;
      expect([code, changed]).toEqual([
        'PRECONDITION_FAILED',
        {
          version,
          by: expect.stringMatching(/^token-/),
          at: expect.any(String),
          fields: expect.arrayContaining([expect.objectContaining({ field })]),
        },
      ]);
    }
  });

  it('knows lists of tags, * for whichever, and tags that match nothing', async () => {
    const path = await made();
    const { version } = (await ask('GET', path)).json as { version: number };
    const status = async (ifMatch: string) => (await ask('PUT', path, body(), ifMatch)).status;
    expect(await status(`"x", "${version}" ,W/"1"`)).toBe(200);
    expect(await status('*')).toBe(200);
    for (const none of [`W/"${version + 2}"`, '"x"', '""', `"0${version + 2}"`, '"99999999999"', `"${version}"`]) {
      expect([none, await status(none)]).toEqual([none, 412]);
    }
    for (const wrong of ['', String(version), `"${version}`, '*, "1"', '"1" "2"', `'${version}'`]) {
      const { status: refused, json } = await ask('PUT', path, body(), wrong);
      expect([wrong, refused, (json as Problem).errors?.map(({ path: at }) => at)]).toEqual([wrong, 400, ['If-Match']]);
    }
  });

  it('tells first what is wrong with the body', async () => {
    const path = await made();
    expect((await ask('PUT', path, { nonsense: true })).status).toBe(400);
    expect((await ask('PUT', path, { ...body(), version: 1 }, '*')).status).toBe(400);
  });
});

test('what changed is told field by field, over several changes, with prices and scopes apart', async () => {
  const tags: string[] = [];
  const base = { name: 'told', valid_from: '2030-01-01', prices: { bytes: { unit_price: '1' } } };
  const { headers } = await ask('POST', '/v1/rate-cards', base);
  tags.push(headers.etag as string);
  const path = headers.location as string;
  await ask('PUT', path, { ...base, notes: 'first' }, '*');
  await ask('PUT', path, { ...base, notes: 'second', prices: { bytes: { unit_price: '2' } } }, '*');
  const changed = async (method: string, ifMatch: string) => {
    const { status, json } = await ask(method, path, method === 'PUT' ? base : undefined, ifMatch);
    expect(status).toBe(412);
    return (json as PreconditionProblem).changed;
  };
  for (const method of ['PUT', 'DELETE']) {
    expect((await changed(method, '"1"')).fields).toEqual([
      { field: 'notes', before: '', after: 'second' },
      { field: 'prices.bytes', before: { per: '1', unit_price: '1' }, after: { per: '1', unit_price: '2' } },
    ]);
  }
  expect((await changed('PUT', '"2"')).fields.map(({ field, before }) => [field, (before as object) ?? null])).toEqual([
    ['notes', 'first'],
    ['prices.bytes', { per: '1', unit_price: '1' }],
  ]);
  // Versions that there never were tell nothing.
  for (const unknown of ['"0"', '"77"', 'W/"1"']) {
    expect(await changed('PUT', unknown)).toMatchObject({ version: 3, fields: [] });
  }
});

test('a budget that came from elsewhere does not tell what it was there', async () => {
  const secret = { ...budget(), scope: { workspace: 'search' }, notes: 'secret', contact: ['secret@example.com'] };
  const made = await ask('POST', '/v1/budgets', secret);
  const path = made.headers.location as string;
  await ask('PUT', path, { ...secret, scope: { workspace: 'payments' }, notes: '', contact: [] }, '*');
  const member = { ...(await api.token('editor', 'payments')), 'if-match': '"1"' };
  const { status, text, json } = await api.ask(path, {
    method: 'PUT',
    headers: member,
    body: { ...budget(), scope: { workspace: 'payments' } },
  });
  expect([status, (json as PreconditionProblem).changed.fields]).toEqual([412, []]);
  expect(text).not.toMatch(/secret|search/);
});

test('what is not there is 404, whatever the precondition says', async () => {
  for (const path of ['/v1/budgets/999', '/v1/rate-cards/999']) {
    for (const ifMatch of ['*', '"1"', 'W/"1"']) {
      expect((await ask('DELETE', path, undefined, ifMatch)).status).toBe(404);
    }
  }
});

test('the description of the API says that the header is needed', async () => {
  const document = (await ask('GET', '/openapi.json')).json as {
    paths: Record<string, Record<string, { parameters?: Array<{ name: string; in: string; required?: boolean }> }>>;
  };
  for (const [path, methods] of Object.entries({
    '/v1/rate-cards/{id}': ['put', 'delete'],
    '/v1/budgets/{id}': ['put', 'delete'],
    '/v1/directory': ['put'],
    '/v1/access': ['put'],
  })) {
    for (const method of methods) {
      expect([path, document.paths[path]?.[method]?.parameters]).toEqual([
        path,
        expect.arrayContaining([expect.objectContaining({ name: 'If-Match', in: 'header', required: true })]),
      ]);
    }
  }
});

test.each([
  ['*', undefined],
  [' * ', undefined],
  ['"1"', [1]],
  ['"1","2"', [1, 2]],
  [', "1" ,, "2",', [1, 2]],
  ['W/"1", "2"', [2]],
  ['"a,b", "3"', [3]],
  ['"01"', []],
  ['"-1"', []],
  ['"1e3"', []],
])('If-Match: %s', (header, versions) => {
  expect(expectedVersions({ 'if-match': header })).toEqual(versions);
});
