import { createExampleLedger, type ExampleLedger } from './example-ledger';
import { ClientError, createClient, type Client, type ClientRequest } from '../api/client';
import { EXAMPLES } from '../api/examples';

let examples: ExampleLedger;
let client: Client;
beforeAll(async () => {
  examples = await createExampleLedger();
  client = createClient({ baseUrl: `${examples.api.url}/`, token: examples.token });
});
afterAll(() => examples?.stop());

const march10 = { from_ts: '2026-03-10T00:00:00Z', to_ts: '2026-03-11T00:00:00Z' };
const grouped = { ...march10, granularity: 'hour', group_by: 'workspace,charge_type' } as const;

/** A client whose answers are these, one after the other, and what it sent. */
function scripted(...answers: Array<{ status: number; body?: unknown; headers?: Record<string, string> }>) {
  const sent: ClientRequest[] = [];
  const scriptedClient = createClient({
    transport: async (request) => {
      sent.push(request);
      const { status, body, headers } = answers[sent.length - 1] ?? { status: 500 };
      return { status, body, headers: new Headers(headers) };
    },
  });
  return { sent, client: scriptedClient };
}
const failure = async (work: Promise<unknown>): Promise<ClientError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ClientError);
  return error as ClientError;
};
const me = { status: 200, body: EXAMPLES.getMe.answer };

test('money comes as the decimal text that the collector says', async () => {
  const { data } = await client.getCosts({ ...march10, group_by: 'workspace', environment: ['prod', 'dev'] });
  expect(data.map(({ workspace, cost }) => [workspace, cost])).toEqual([
    ['payments', '1.9716796875'],
    ['search', '0.6931640625'],
  ]);
});

test('all rows of all pages, whatever the size of a page', async () => {
  const { data } = await client.getCosts(grouped);
  const costs = [];
  for await (const row of client.each('getCosts', { ...grouped, limit: 7 })) {
    costs.push(row);
  }
  expect(costs).toEqual(data);
  expect(costs.length).toBeGreaterThan(30);

  const lines = [];
  for await (const { workspace } of client.each('getChargebackLines', {
    period: '2026-03',
    limit: 1,
    sort: 'workspace',
  })) {
    lines.push(workspace);
  }
  expect(lines).toEqual(['payments', 'search', '']);

  const changes = [];
  for await (const { action } of client.each('listHistory', { limit: 2 })) {
    changes.push(action);
  }
  expect(changes).toHaveLength((await client.listHistory({ limit: 500 })).data.length);
});

test('who stops reading asks for no further page', async () => {
  const page = { ...EXAMPLES.getCosts.answer, next_cursor: 'further' };
  const { client: half, sent } = scripted({ status: 200, body: page }, { status: 200, body: page });
  for await (const row of half.each('getCosts', march10)) {
    expect(row.cost).toBe('0.9697265625');
    break;
  }
  expect(sent).toHaveLength(1);
});

test('a file comes with its name', async () => {
  const { name, content } = await client.getChargebackFile({ period: '2026-03', workspace: 'payments' });
  expect(name).toMatch(/^kafka-chargeback-payments-.*\.csv$/);
  expect(await content.text()).toContain('payments,checkout,prod');
});

test('a thing is changed by the version that was read; a stale one is refused, and what changed is told', async () => {
  const { data, etag } = await client.ask('getBudget', { id: 1 });
  const { name, scope, owner, valid_from } = data;
  const change = (amount: string) => ({ id: 1, body: { name, scope, owner, valid_from, amount } });
  const ifMatch = etag ?? '';
  expect((await client.replaceBudget(change('21'), { ifMatch })).amount).toBe('21');
  const stale = await failure(client.replaceBudget(change('22'), { ifMatch }));
  expect([stale.status, stale.code]).toEqual([412, 'PRECONDITION_FAILED']);
  expect(stale.body).toMatchObject({
    changed: { version: 2, fields: [{ field: 'amount', before: '20', after: '21' }] },
  });
  expect((await failure(client.replaceBudget(change('22')))).code).toBe('PRECONDITION_REQUIRED');
});

test('what is made twice with one key is made once', async () => {
  const body = { name: 'once', amount: '1', owner: 'ann', valid_from: '2026-03' };
  const first = await client.createBudget({ body }, { idempotencyKey: 'the-same' });
  const again = await client.createBudget({ body }, { idempotencyKey: 'the-same' });
  expect(again).toEqual(first);
  expect((await failure(client.createBudget({ body }))).code).toBe('BUDGET_EXISTS');
  expect(await client.deleteBudget({ id: first.id }, { ifMatch: '*' })).toBeUndefined();
});

test('a refusal says what is wrong and where', async () => {
  const bad = await failure(client.getCosts({ from_ts: '2026-03-10T00:30:00Z', to_ts: '2026-03-01T00:00:00Z' }));
  expect([bad.status, bad.code, bad.errors.map(({ path }) => path)]).toEqual([
    400,
    'INVALID_REQUEST',
    expect.arrayContaining(['from_ts']),
  ]);
  const stranger = createClient({ baseUrl: examples.api.url, token: 'cbk_wrong' });
  expect(await failure(stranger.getMe())).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  expect((await client.getReadiness()).status).toBe('ok');
});

test('nothing answers, or something else does', async () => {
  const nobody = createClient({ baseUrl: 'http://127.0.0.1:9', token: 'secret-token' });
  const unanswered = await failure(nobody.getMe());
  expect([unanswered.status, unanswered.code]).toEqual([0, 'NO_ANSWER']);
  expect(unanswered.message).toContain('http://127.0.0.1:9/v1/me');
  expect(JSON.stringify([unanswered.message, unanswered])).not.toContain('secret-token');
  const other = scripted({ status: 404, body: '<html>' }).client;
  expect(await failure(other.getMe())).toMatchObject({ status: 404, code: 'NOT_A_COLLECTOR' });
});

test('an answer of another shape is an error that names every path', async () => {
  const [row] = EXAMPLES.getCosts.answer.data;
  const body = { ...EXAMPLES.getCosts.answer, data: [row, { ...row, cost: 1.5, currency: undefined }] };
  const error = await failure(scripted({ status: 200, body }).client.getCosts(march10));
  expect([error.code, error.errors.map(({ path }) => path).sort()]).toEqual([
    'UNEXPECTED_ANSWER',
    ['data[1].cost', 'data[1].currency'],
  ]);
});

test('a GET is asked again after the time that a 429 or 503 says; what has no such time, or is no GET, is not', async () => {
  const busy = { status: 429, headers: { 'retry-after': '0' }, body: { code: 'TOO_MANY_REQUESTS' } };
  const patient = scripted(busy, { ...busy, status: 503 }, me);
  expect((await patient.client.getMe()).login).toBe(EXAMPLES.getMe.answer.login);
  expect(patient.sent).toHaveLength(3);

  for (const [answer, method] of [
    [{ ...busy, headers: {} }, 'getMe'],
    [{ ...busy, headers: { 'retry-after': '3600' } }, 'getMe'],
    [busy, 'requestCollection'],
  ] as const) {
    const once = scripted(answer, me);
    await failure(method === 'getMe' ? once.client.getMe() : once.client.requestCollection(EXAMPLES[method].input));
    expect(once.sent).toHaveLength(1);
  }
  const never = scripted(busy, busy, busy, me);
  expect((await failure(never.client.getMe())).status).toBe(429);
  expect(never.sent).toHaveLength(3);
});

test('who no longer wants the answer gets the reason, also while the client waits to ask again', async () => {
  const gone = new AbortController();
  const waiting = scripted({ status: 503, headers: { 'retry-after': '20' } }, me);
  const asked = waiting.client.getMe({}, { signal: gone.signal });
  setTimeout(() => gone.abort(new Error('left the page')), 20);
  await expect(asked).rejects.toThrow('left the page');
  expect(waiting.sent).toHaveLength(1);
  await expect(client.getMe({}, { signal: AbortSignal.abort(new Error('never asked')) })).rejects.toThrow(
    'never asked',
  );
});

test('every POST has a key of its own; a part of a path is that part and no more', async () => {
  const answer = { status: 202, body: { job: 'a' } };
  const { client: asking, sent } = scripted(answer, answer, { status: 404 });
  await asking.requestCollection(EXAMPLES.requestCollection.input);
  await asking.requestCollection(EXAMPLES.requestCollection.input);
  const keys = sent.map(({ headers }) => headers['Idempotency-Key']);
  expect(new Set(keys).size).toBe(2);
  expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
  await failure(asking.getJob({ id: 'a/../../tokens?x' }));
  expect(sent[2]?.path).toBe('/v1/jobs/a%2F..%2F..%2Ftokens%3Fx');
  await expect(asking.getJob({ id: '..' })).rejects.toThrow('cannot be its id');
});
