import { connect } from 'node:net';
import { once } from 'node:events';
import type { Problem } from '../../api/common';
import type { RateCard } from '../../api/rate-cards';
import { startApi, type ApiAnswer, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { ledgerFacts } from '../../testing/ledger-facts';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';

let database: TestDatabase;
let api: ApiServer;
beforeAll(async () => {
  database = await createPricedLedger({
    rates: KAFKA_RATES,
    usage: [
      {
        hour: marchHour(0),
        meter: 'kafka_ingress_bytes',
        resource: { workspace: 'payments', topic: 'a' },
        quantity: '1073741824',
      },
      {
        hour: marchHour(1),
        meter: 'kafka_ingress_bytes',
        resource: { workspace: 'storefront', topic: 'b' },
        quantity: '1073741824',
      },
    ],
  });
  api = await startApi(database.url);
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

function expectProblem({ status, headers, json }: ApiAnswer, expected: Partial<Problem>): void {
  expect(json).toMatchObject({ status, ...expected });
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(headers['x-content-type-options']).toBe('nosniff');
}

test.each([
  '/v1/../healthz',
  '/v1/./me',
  '/v1/%2e%2e/healthz',
  '/v1/%2E%2E%2Fme',
  '/v1/jobs/..%2f..%2fhealthz',
  '/v1/jobs/a%2Fb',
  '/v1/jobs/a%5cb',
  '/v1\\me',
  '/v1//me',
  '//v1/me',
  '/v1/%6de',
  '/v1/me%00',
  '/v1/me%0d%0aX-Evil:1',
  '/docs/..',
  '/docs/%2e%2e/package.json',
  '/v1/jobs/%zz',
  '/v1/jobs/\u00e9',
])('the path %s is refused before anybody is asked who they are', async (path) => {
  expectProblem(await api.asAdmin(path), { status: 400, code: 'INVALID_REQUEST' });
});

test('a path that there is not, and a method that there is not, are problems too', async () => {
  expectProblem(await api.ask('/nope?a=<script>'), {
    status: 404,
    code: 'NOT_FOUND',
    detail: expect.not.stringContaining('script'),
  });
  expectProblem(await api.asAdmin('/v1/nope'), { status: 404, code: 'NOT_FOUND' });
  expectProblem(await api.asAdmin('/v1/me', { method: 'POST', body: {} }), { status: 404, code: 'NOT_FOUND' });
  expectProblem(await api.asAdmin('/v1/me/'), { status: 404, code: 'NOT_FOUND' });
  expectProblem(await api.asAdmin(`/v1/jobs/${'x'.repeat(300)}`), {});
  expectProblem(await api.asAdmin('/v1/rate-cards/0'), { status: 400 });
  expectProblem(await api.asAdmin('/v1/rate-cards/99999999999'), { status: 400 });
  expectProblem(await api.asAdmin('/v1/rate-cards/1;drop'), { status: 400 });
  expectProblem(await api.asAdmin('/v1/rate-cards/4711'), { status: 404, code: 'NOT_FOUND' });
  expectProblem(await api.asAdmin('/v1/jobs/4711'), { status: 404, code: 'NOT_FOUND' });
});

test('a body that is no JSON, no object, too large, or of another kind is a problem', async () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    api.asAdmin('/v1/rate-cards', { method: 'POST', body, headers });
  expectProblem(await post('{"name":'), { status: 400, code: 'INVALID_REQUEST' });
  expectProblem(await post('[]'), { status: 400, code: 'INVALID_REQUEST' });
  expectProblem(await post('null'), { status: 400, code: 'INVALID_REQUEST' });
  expectProblem(await post(`{"name":${'['.repeat(50_000)}${']'.repeat(50_000)}}`), {
    status: 400,
    code: 'INVALID_REQUEST',
    errors: expect.arrayContaining([{ path: 'name', message: 'must not be nested more than 50 deep' }]),
  });
  expectProblem(await post('{"__proto__":{"admin":true},"name":"x"}'), { status: 400, code: 'INVALID_REQUEST' });
  expectProblem(await post('', {}), { status: 400, code: 'INVALID_REQUEST' });
  expectProblem(await post(`{"name":"${'x'.repeat(2_000_000)}"}`), { status: 413, code: 'REQUEST_TOO_LARGE' });
  expectProblem(await post('<a/>', { 'content-type': 'application/xml' }), {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  });
});

test('every problem of a rate card is listed with its path', async () => {
  const answer = await api.asAdmin('/v1/rate-cards', {
    method: 'POST',
    body: {
      name: 'a\nb',
      currency: 'EURO',
      valid_from: '2026-01-01T00:30:00Z',
      notes: 'nul \u0000',
      colour: 'red',
      prices: {
        kafka_ingress_bytes: { per: '0', unit_price: '-1', tiers: [] },
        kafka_requests: { unit_price: 1 },
        kafka_egress_bytes: {},
      },
    },
  });
  expectProblem(answer, { status: 400, code: 'INVALID_REQUEST' });
  const paths = (answer.json as Problem).errors?.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'name',
      'currency',
      'notes',
      'colour',
      'prices.kafka_ingress_bytes.per',
      'prices.kafka_ingress_bytes.unit_price',
      'prices.kafka_requests.unit_price',
      'prices.kafka_egress_bytes',
    ]),
  );
});

const INJECTIONS = [
  `' or 1=1 --`,
  `'; drop schema chargeback_data cascade; --`,
  `$1`,
  `\\'`,
  `%27%20union%20select`,
  `"`,
  `\u202e`,
  '\ud83d\ude00',
  'x'.repeat(5000),
];

test('texts that would be SQL are texts, in every parameter', async () => {
  const before = await ledgerFacts(database.pool);
  const range = 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-04-01T00:00:00Z';
  for (const text of INJECTIONS) {
    const value = encodeURIComponent(text);
    const dimensions = [
      'organization',
      'environment',
      'cluster',
      'workspace',
      'application',
      'topic',
      'principal',
      'agent',
      'model',
      'business_unit',
      'product',
      'team',
      'cost_center',
      'charge_type',
    ];
    for (const dimension of dimensions) {
      expect((await api.asAdmin(`/v1/costs?${range}&${dimension}=${value}`)).json).toMatchObject({ data: [] });
    }
    for (const parameter of ['granularity', 'group_by', 'currency', 'limit', 'cursor', value]) {
      expectProblem(await api.asAdmin(`/v1/costs?${range}&${parameter}=${value}`), { status: 400 });
    }
    expectProblem(await api.asAdmin(`/v1/costs?from_ts=${value}&to_ts=${value}`), { status: 400 });
    expect(
      (await api.asAdmin(`/v1/chargeback?period=2026-03&workspace=${value}&application=${value}`)).json,
    ).toMatchObject({ lines: [] });
    expectProblem(await api.asAdmin(`/v1/chargeback?period=${value}`), { status: 400 });
    expectProblem(await api.asAdmin(`/v1/dimensions?dimension_type=${value}`), { status: 400 });
    expect(
      (await api.ask('/v1/me', { headers: { authorization: `Bearer ${encodeURI(text).slice(0, 3000)}` } })).status,
    ).toBe(401);
    expectProblem(
      await api.asAdmin('/v1/collect/usage', { method: 'POST', body: { from: text, to: text, meters: [text] } }),
      { status: 400 },
    );
  }
  expect(await ledgerFacts(database.pool)).toEqual(before);
});

test('bytes that are no HTTP are answered as a problem and the connection is closed', async () => {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write('NONSENSE\r\n\r\n');
  await once(socket, 'close');
  expect(Buffer.concat(chunks).toString()).toMatch(
    /^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json[\s\S]*"code":"INVALID_REQUEST"/,
  );
});

test('headers larger than a server should read are refused', async () => {
  expect((await api.ask('/v1/me', { headers: { 'x-grafana-context': 'x'.repeat(100_000) } })).status).toBe(431);
});

test('a fault of ours tells nothing of the inside', async () => {
  const broken = await startApi(database.url);
  await database.pool.query('alter table chargeback_data.rate_card rename to secret_table');
  try {
    const answer = await broken.asAdmin('/v1/rate-cards');
    expectProblem(answer, { status: 500, code: 'INTERNAL' });
    expect(answer.text).not.toMatch(/secret_table|rate_card"|relation|select|postgres/i);
  } finally {
    await database.pool.query('alter table chargeback_data.secret_table rename to rate_card');
    await broken.close();
  }
});

test('without a database the API says so, and health goes on', async () => {
  const lonely = await startApi('postgres://nobody:secretpassword@127.0.0.1:1/none', {
    PROMETHEUS_URL: 'http://user:hush@127.0.0.1:1',
  });
  try {
    const answer = await lonely.asAdmin('/v1/rate-cards');
    expectProblem(answer, { status: 503, code: 'DATABASE_UNAVAILABLE' });
    const ready = await lonely.ask('/readyz');
    expect(ready.status).toBe(503);
    expect(ready.json).toMatchObject({
      status: 'failed',
      checks: { database: { status: 'failed' }, prometheus: { status: 'failed' } },
    });
    expect(answer.text + ready.text).not.toMatch(/secretpassword|hush/);
    expect((await lonely.ask('/healthz')).status).toBe(200);
    expect((await lonely.ask('/metrics')).text).toContain('chargeback_database_up 0');
  } finally {
    await lonely.close();
  }
});

test('a rate card lives: added, read, previewed, changed, refused when changed meanwhile, deleted; the login is kept', async () => {
  const key = {
    'x-chargeback-key': 'the-shared-key-of-the-tests',
    'x-grafana-context': JSON.stringify({ Login: 'ann', OrgRole: 'Admin' }),
  };
  const card = {
    name: 'payments 2026',
    workspace: 'payments',
    valid_from: '2026-02-01',
    prices: { kafka_ingress_bytes: { per: '1073741824', unit_price: '0.30' } },
  };
  const facts = await ledgerFacts(database.pool);

  const preview = await api.ask('/v1/rate-cards/preview', { method: 'POST', headers: key, body: { card } });
  expect(preview.json).toMatchObject({
    rows: [
      { workspace: 'payments', charge_type: 'kafka_ingress_bytes', before: '0.1', after: '0.3', difference: '0.2' },
    ],
  });
  expect(await ledgerFacts(database.pool)).toEqual(facts);

  const created = await api.ask('/v1/rate-cards', { method: 'POST', headers: key, body: card });
  expect(created.status).toBe(201);
  const { id, version } = created.json as RateCard;
  expect(created.headers.location).toBe(`/v1/rate-cards/${id}`);
  expect(created.json).toMatchObject({ created_by: 'ann', workspace: 'payments', currency: 'USD' });
  expect((await api.asAdmin('/v1/chargeback?period=2026-03&workspace=payments')).json).toMatchObject({
    totals: { total_cost: '0.3' },
  });
  expectProblem(await api.ask('/v1/rate-cards', { method: 'POST', headers: key, body: card }), {
    status: 409,
    code: 'RATE_CARD_EXISTS',
  });

  const seen = async (headers: Record<string, string>) =>
    ((await api.ask('/v1/rate-cards', { headers })).json as { data: RateCard[] }).data.map(({ name }) => name);
  expect(await seen(await api.token('viewer', 'payments'))).toEqual(['payments 2026', 'kafka-2026']);
  expect(await seen(await api.token('viewer', 'storefront'))).toEqual(['kafka-2026']);
  expectProblem(await api.ask(`/v1/rate-cards/${id}`, { headers: await api.token('viewer', 'storefront') }), {
    status: 404,
  });

  const changed = await api.ask(`/v1/rate-cards/${id}`, {
    method: 'PUT',
    headers: { ...key, 'if-match': `"${version}"` },
    body: {
      ...card,
      notes: 'cheaper',
      prices: { kafka_ingress_bytes: { per: '1073741824', unit_price: '0.20' } },
    },
  });
  expect(changed.json).toMatchObject({ version: version + 1, notes: 'cheaper' });
  const stale = { ...key, 'if-match': `"${version}"` };
  expectProblem(await api.ask(`/v1/rate-cards/${id}`, { method: 'PUT', headers: stale, body: card }), {
    status: 412,
    code: 'PRECONDITION_FAILED',
  });

  const whichever = { ...key, 'if-match': '*' };
  expect((await api.ask(`/v1/rate-cards/${id}`, { method: 'DELETE', headers: whichever })).status).toBe(204);
  expect(await ledgerFacts(database.pool)).toEqual(facts);
  const { rows } = await database.pool.query(
    `select actor, action from chargeback_data.audit where action like 'rate-card.%' and actor <> 'test' order by id`,
  );
  expect(rows).toEqual([
    { actor: 'ann', action: 'rate-card.create' },
    { actor: 'ann', action: 'rate-card.change' },
    { actor: 'ann', action: 'rate-card.delete' },
  ]);
});

test("years that cannot be, and amounts that cannot be stored, are the asker's to mend", async () => {
  for (const period of ['9999-12', '0000-01', '1969-12', '3000-01']) {
    expectProblem(await api.asAdmin(`/v1/chargeback?period=${period}`), { status: 400, code: 'INVALID_REQUEST' });
  }
  const METER = 'kafka_ingress_bytes';
  const [FIRST, LAST] = ['0001-01-01T00:00:00%2B01:00', '9999-12-31T23:00:00-01:00'];
  for (const path of [
    `chargeback?from_ts=9999-12-31T22:00:00Z&to_ts=${LAST}`,
    `chargeback/summary?from_ts=9999-12-31T22:00:00Z&to_ts=${LAST}`,
    `chargeback/lines?from_ts=${FIRST}&to_ts=0001-01-01T04:00:00Z`,
    `collections/hours?meter=${METER}&from=${FIRST}&to=0001-01-01T04:00:00Z`,
    `explanations/readings?charge_type=${METER}&hour=${FIRST}`,
    `explanations/readings?charge_type=${METER}&hour=${LAST}`,
    `explanations/hours?charge_type=${METER}&day=0000-12-31`,
  ]) {
    expectProblem(await api.asAdmin(`/v1/${path}`), { status: 400, code: 'INVALID_REQUEST' });
  }
  const rule = { match: { topic: '*' }, set: { workspace: 'all' } };
  for (const [valid_from, status] of [
    ['0000-01-01', 200],
    ['0000-12-31T23:00:00Z', 400],
    ['9999-12-31T23:00:00-01:00', 400],
  ] as const) {
    const body = { rules: [{ ...rule, valid_from }] };
    expect(await api.asAdmin('/v1/directory/preview', { method: 'POST', body })).toMatchObject({ status });
  }
  expectProblem(
    await api.asAdmin('/v1/collect/usage', {
      method: 'POST',
      body: { from: '0026-11-01T00:00:00Z', to: '0026-11-01T01:00:00Z' },
    }),
    { status: 400, code: 'INVALID_REQUEST' },
  );
  const card = {
    name: 'too dear',
    valid_from: '2026-02-01',
    prices: { kafka_ingress_bytes: { per: '0.000000000000000000000000000001', unit_price: '99999999999999999999' } },
  };
  for (const [path, body] of [
    ['/v1/rate-cards', card],
    ['/v1/rate-cards/preview', { card }],
  ] as const) {
    expectProblem(await api.asAdmin(path, { method: 'POST', body }), {
      status: 400,
      code: 'INVALID_REQUEST',
      detail: expect.stringContaining('26 digits'),
    });
  }
});

test('the directory is read and replaced with its version', async () => {
  const rules = [{ match: { topic: '*' }, set: { workspace: 'all' } }];
  expect((await api.asAdmin('/v1/directory')).json).toMatchObject({ version: 0, rules: [] });
  const headers = { 'if-match': '"0"' };
  expect((await api.asAdmin('/v1/directory', { method: 'PUT', headers, body: { rules } })).json).toMatchObject({
    version: 1,
    rules,
    applied_by: 'admin-token',
  });
  expectProblem(await api.asAdmin('/v1/directory', { method: 'PUT', headers, body: { rules: [] } }), {
    status: 412,
    code: 'PRECONDITION_FAILED',
  });
  expectProblem(
    await api.asAdmin('/v1/directory', { method: 'PUT', body: { rules: [{ match: {}, set: { colour: 'red' } }] } }),
    { status: 400 },
  );
});
