import fc from 'fast-check';
import { schemaValues, type Hints, type Schema } from './schema-values';

/** The parts of an OpenAPI document that say what can be asked. */
export interface OpenApi {
  paths: Record<string, Record<string, OpenApiOperation>>;
  components?: { schemas?: Record<string, Schema> };
}
interface OpenApiOperation {
  parameters?: Array<{ name: string; in: string; required?: boolean; schema: Schema }>;
  requestBody?: { content: Record<string, { schema: Schema }> };
}

/** A request that may be right, nearly right, or hostile. */
export interface FuzzedRequest {
  method: string;
  /** The route as the document writes it. */
  route: string;
  /** Path and query, as they go over the wire. */
  target: string;
  headers: Record<string, string>;
  /** As it is sent; undefined: none. */
  body: string | undefined;
  /** Which of the identities asks. */
  asker: number;
  /** Whether to send the ETag that the object has then. */
  matching: boolean;
}

const HINTS: Hints = {
  from_ts: ['2026-03-01T00:00:00Z', '2026-03-01T05:00:00Z', '2026-02-01T00:00:00Z'],
  to_ts: ['2026-03-02T00:00:00Z', '2026-03-01T06:00:00+01:00', '2026-04-01T00:00:00Z'],
  from: ['2026-03-01T00:00:00Z', '2026-03-01T05:00:00Z', '0', '1000'],
  to: ['2026-03-01T06:00:00Z', '2026-03-02T00:00:00Z'],
  hour: ['2026-03-01T00:00:00Z', '2026-03-01T07:00:00Z'],
  day: ['2026-03-01', '2026-03-02'],
  period: ['2026-03', '2026-02', '2026-11'],
  currency: ['USD', 'USD', 'EUR'],
  charge_type: ['kafka_ingress_bytes', 'kafka_egress_bytes', 'kafka_requests'],
  meter: ['kafka_ingress_bytes', 'kafka_requests'],
  group_by: ['', 'workspace', 'topic,charge_type', 'workspace,application,team'],
  sort: ['total_cost', '-total_cost', 'workspace', '-confidence'],
  cursor: ['1', '100', 'WyJ4IixbXV0'],
  id: [
    ...Array.from({ length: 25 }, (_, index) => [index + 1, String(index + 1)]).flat(),
    '00000000-0000-4000-8000-00000000000a',
  ],
  budget: [1, 2, 99],
  version: [0, 1, 2, 3],
  workspace: ['alpha', 'alpha', 'kanari', 'new', ''],
  topic: ['own-topic', 'own-*', '*'],
  login: ['anna@alpha', 'somebody'],
  email_domain: ['example.com'],
  valid_from: ['2026-03-01', '2026-03', '2026-02-15T00:00:00Z', '2030-01-01'],
  expires_at: ['2099-01-01T00:00:00Z', null],
  amount: ['100', '0.000000000001', '999999999999'],
  per: ['1', '1073741824', 1000000],
  unit_price: ['0', '0.10', '99999999999999999999.999999999999'],
  percent: ['50', 90],
  thresholds: [['50', '90'], [100]],
  contact: ['team@example.com'],
  meters: ['kafka_ingress_bytes', 'kafka_requests'],
  workspaces: ['alpha', 'alpha*', 'kanari', '*'],
  key: ['kafka_ingress_bytes', 'kafka_egress_bytes', 'kafka_requests', 'kafka_ingress_messages'],
  value: ['alpha', '${1}', 'own-topic'],
  prices: [
    { kafka_ingress_bytes: { per: '1073741824', unit_price: '0.2' } },
    {
      kafka_requests: {
        tiers: [
          { from: '0', unit_price: '1' },
          { from: 1000, unit_price: '0.5' },
        ],
      },
    },
    { kafka_egress_bytes: { unit_price: '0' }, kafka_ingress_messages: { per: 1000, unit_price: '0.000000000001' } },
  ],
  match: [{ topic: 'own-*' }, { workspace: 'alpha' }, { topic: '*', application: '*' }],
  set: [{ team: 'alpha team' }, { workspace: 'alpha' }, { cost_center: '' }],
  grants: [[], [{ login: 'anna@alpha', workspaces: ['alpha'] }], [{ team: 1, workspaces: ['*'] }]],
  limit: [1, 2, 100],
  offset: [0, 1, 1000],
};

/** Values that nobody honest sends. */
const HOSTILE: readonly unknown[] = [
  ...[
    '',
    ' ',
    '*',
    '%',
    '_',
    '${1}',
    '$1',
    '\\',
    '"',
    "'; drop table chargeback_data.fact; --",
    "' or '1'='1",
    '1e309',
  ],
  ...[
    '\0',
    'a\u0000b',
    '\ud800',
    'x\udfffy',
    '\u202e',
    '\ufeff',
    '\r\nX-Evil: 1',
    '=1+1',
    '../../etc/passwd',
    '{{7*7}}',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'NaN',
    'Infinity',
    '-Infinity',
    '-0',
    '0x10',
    '1_000',
    '１２',
    'null',
    'true',
  ],
  ...[
    '9'.repeat(400),
    `0.${'9'.repeat(400)}`,
    '1e-400',
    'x'.repeat(5000),
    '*'.repeat(200),
    '('.repeat(200),
    '💥'.repeat(100),
  ],
  ...[
    '2026-13-45',
    '0000-00-00',
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '2026-02-30',
  ],
  ...['2026-03-01T00:00:00+23:59', '2016-12-31T23:59:60Z', '1969-12', '2999-12', '2026-03-01T00:30:00Z'],
  ...[-1, 0, 0.5, 1e308, -1e308, 2_147_483_648, 9_007_199_254_740_993, 1e21, null, true, false],
  ...[[], {}, [[]], [{}], { __proto__: null, a: 1 }, ['a', 'a'], [null], { toString: 'x' }, { length: 1e9 }],
];
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Half a body, no JSON, too deep, with a key that is a trap. */
const BROKEN_BODIES = [
  ...['', '{', '{"a":', 'null', '[]', '"text"', '1', 'true', '{}x', '\u0000', '{"a":1,"a":2}', '\ufeff{}', "{'a':1}"],
  ...['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}', '{"a":1e999}', '{"\\ud800":1}'],
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  JSON.stringify({ rules: Array.from({ length: 300 }, () => ({ match: { topic: '*' }, set: { team: '${1}' } })) }),
];
const BROKEN_HEADERS: Array<Record<string, string>> = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  { accept: 'application/xml' },
  { accept: 'text/csv;q=x, */*' },
  { 'accept-encoding': 'gzip, br;q=1, *;q=0' },
  { range: 'bytes=0-10' },
  { expect: 'x' },
  { 'if-match': '*' },
  { 'if-match': '"0"' },
  { 'if-match': 'W/"1", "2", x' },
  { 'if-match': `"${'9'.repeat(100)}"` },
  { 'if-none-match': '*' },
  { 'if-none-match': '"x", W/"y"' },
  { 'if-modified-since': 'Thu, 99 Foo 2026 00:00:00 GMT' },
  { 'idempotency-key': 'one' },
  { 'idempotency-key': '' },
  { 'idempotency-key': 'x'.repeat(5000) },
  { 'idempotency-key': "\xe9'; drop" },
  { 'x-chargeback-see-as': '{"login":"anna@alpha"}' },
  { 'x-chargeback-see-as': 'login=anna' },
  { 'x-chargeback-see-as': '{' },
  { 'x-request-id': 'x'.repeat(3000) },
];

/** Arbitrary requests to everything that the document describes; `askers` identities ask. */
export function fuzzedRequests(document: OpenApi, askers: number): fc.Arbitrary<FuzzedRequest> {
  const operations = Object.entries(document.paths).flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route, method: method.toUpperCase(), operation })),
  );
  const resolve = (reference: string) => document.components?.schemas?.[reference.split('/').at(-1) ?? ''] ?? {};
  const weighted = operations.map((operation) => ({
    weight: { GET: 4, DELETE: 2 }[operation.method] ?? 8,
    arbitrary: fc.constant(operation),
  }));
  return fc.oneof(...weighted).chain(({ route, method, operation }) => {
    const parameters = operation.parameters ?? [];
    const values = (where: string) => {
      const own = parameters.filter((parameter) => parameter.in === where);
      const fields = own.map(({ name, schema, required }) => {
        const value = schemaValues(schema, HINTS, resolve, name);
        const absent = required || where === 'path' ? 0 : 3;
        return [
          name,
          fc.oneof({ weight: absent, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value }),
        ] as const;
      });
      return fc
        .record(Object.fromEntries(fields))
        .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
    };
    const schema = operation.requestBody?.content['application/json']?.schema;
    return fc
      .record({
        path: values('path'),
        query: fc
          .tuple(values('query'), fc.boolean())
          .map(([query, whole]) =>
            withOneRange(
              query,
              whole,
              parameters.some(({ name }) => name === 'period'),
            ),
          )
          .chain((query) => spoiled(query)),
        body: schema ? schemaValues(schema, HINTS, resolve).chain((body) => spoiled(body)) : fc.constant(undefined),
        broken: fc.oneof(
          { weight: 12, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.constantFrom(...BROKEN_BODIES) },
        ),
        headers: fc.oneof(
          { weight: 4, arbitrary: fc.constant({}) },
          { weight: 1, arbitrary: fc.constantFrom(...BROKEN_HEADERS) },
        ),
        trick: fc.oneof(
          { weight: 12, arbitrary: fc.constant('') },
          {
            weight: 1,
            arbitrary: fc.constantFrom(
              '?',
              '&&',
              '[]=1',
              '?a[b][c]=1',
              '%',
              '%zz',
              '#x',
              ';',
              '/..',
              '//',
              '%00',
              '?__proto__=1',
            ),
          },
        ),
        asker: fc.integer({ min: 0, max: askers - 1 }),
        matching: fc.nat({ max: 9 }).map((number) => number > 0),
      })
      .map(({ path, query, body, broken, headers, trick, asker, matching }) => {
        const content = (schema && broken) ?? (body === undefined ? undefined : JSON.stringify(body));
        const address = route.replace(/\{(\w+)\}/g, (_, name: string) => encoded(path[name]));
        const search = pairs(query);
        return {
          ...{ method, route, asker, matching },
          target: `${address}${search && `?${search}`}${trick}`,
          headers: { ...(content !== undefined && { 'content-type': 'application/json' }), ...headers },
          body: content,
        };
      });
  });
}

/** A question is about a month, or about a range from one time to another. */
function withOneRange(query: Record<string, unknown>, month: boolean, takesMonth: boolean): Record<string, unknown> {
  const { period, from_ts, to_ts, ...rest } = query;
  if (!takesMonth) {
    return query;
  }
  return month || from_ts === undefined || to_ts === undefined
    ? { period: period ?? '2026-03', ...rest }
    : { from_ts, to_ts, ...rest };
}

/** A value as it is (half of the time), or with one to three of its parts made hostile, left out, or more than they should be. */
function spoiled(value: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    where: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'add', 'wrap', 'repeat'),
    what: hostile,
  });
  const changes = fc.oneof(fc.constant([]), fc.array(change, { minLength: 1, maxLength: 3 }));
  return changes.map((all) =>
    all.reduce<unknown>((changed, { where, how, what }) => {
      const places = placesIn(changed);
      return places.length === 0 ? what : changedAt(changed, places[where % places.length] ?? [], how, what);
    }, value),
  );
}

/** The paths of all parts of a value, itself not included. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  return typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, part]) => [[...path, key], ...placesIn(part, [...path, key])]);
}

function changedAt(value: unknown, [key, ...rest]: string[], how: string, what: unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) {
    return what;
  }
  const entries = Object.entries(value).flatMap(([name, part]): Array<[string, unknown]> => {
    if (name !== key) {
      return [[name, part]];
    }
    if (rest.length > 0) {
      return [[name, changedAt(part, rest, how, what)]];
    }
    switch (how) {
      case 'remove':
        return [];
      case 'add':
        return [
          [name, part],
          [typeof what === 'string' ? what : 'more', what],
        ];
      case 'wrap':
        return [[name, [part, what]]];
      case 'repeat':
        return [[name, Array.from({ length: 200 }, () => part)]];
      default:
        return [[name, what]];
    }
  });
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}

/** A value as a part of an address; what UTF-8 cannot say goes as the bytes of its replacement. */
const encoded = (value: unknown) =>
  encodeURIComponent(Buffer.from(typeof value === 'object' ? JSON.stringify(value) : String(value)).toString('utf8'));

function pairs(query: unknown): string {
  return typeof query !== 'object' || query === null
    ? encoded(query)
    : Object.entries(query)
        .flatMap(([name, value]) => [value].flat().map((one) => `${encoded(name)}=${encoded(one)}`))
        .join('&');
}
