import { Validator } from '@seriousme/openapi-schema-validator';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { EXAMPLES } from '../../api/examples';
import type { Example } from '../../api/example';
import type { Operation } from '../../api/operation';
import { OPERATIONS, type OperationId } from '../../api/operations';
import { createExampleLedger, type ExampleLedger } from '../../testing/example-ledger';
import { ERRORS } from '../errors';
import type { DescribedOperation } from './described-operation';
import { addressOf } from './example-curl';
import { plainSchemas } from './plain-schemas';
import { RIGHTS } from './rights';

let examples: ExampleLedger;
let document: Document;
beforeAll(async () => {
  examples = await createExampleLedger();
  const { status, json } = await examples.api.ask('/openapi.json');
  expect({ status, json }).toMatchObject({ status: 200 });
  document = json as Document;
});
afterAll(() => examples?.stop());

type Document = Record<string, unknown> & {
  openapi: string;
  paths: Record<string, Record<string, DescribedOperation & { summary?: string; tags?: string[] }>>;
  components: { schemas: Record<string, { enum?: string[] }> };
  tags: Array<{ name: string }>;
};

const ids = Object.keys(OPERATIONS) as OperationId[];
const shapeOf = (id: OperationId): Operation => OPERATIONS[id];
const exampleOf = (id: OperationId): Example<Operation> => EXAMPLES[id];
const described = (id: OperationId) => {
  const { method, path } = shapeOf(id);
  return document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
};
/** In the order in which one does not take away what the next one needs. */
const inTurn = [...ids].sort((a, b) => turn(shapeOf(a)) - turn(shapeOf(b)));
function turn({ method, status }: Operation): number {
  return ['GET', 'POST', 'PUT', 'DELETE'].indexOf(method) + (status === 200 ? 0 : 0.5);
}

test('the document is OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  expect(document.openapi).toBe('3.1.0');
});

test('every route of the server is among OPERATIONS (src/api/operations.ts), and every one of these is a route', () => {
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(routes.sort()).toEqual(ids.map((id) => `${shapeOf(id).method} ${shapeOf(id).path}`).sort());
});

test('it has every route of the table of rights, and what is open, and nothing else', () => {
  const open = ['GET /healthz', 'GET /metrics', 'GET /readyz'];
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(routes.sort()).toEqual([...open, ...RIGHTS.map(({ method, path }) => `${method} ${path}`)].sort());
});

test.each(ids)('%s says what it is for, who may use it, what it takes and what it may answer', (id) => {
  const { operationId, summary, description, tags, parameters = [], responses, ...rest } = described(id) ?? fail(id);
  const { method, path, status, query, body, answer } = shapeOf(id);
  expect({ operationId, summary, tags }).toEqual({
    operationId: id,
    summary: expect.stringMatching(/^\S.{5,}[^.]$/),
    tags: [expect.stringMatching(new RegExp(`^(${document.tags.map(({ name }) => name).join('|')})$`))],
  });
  expect(description).toContain('curl');
  const right = RIGHTS.find((one) => one.method === method && one.path === path);
  expect([rest['x-role'], rest['x-reach']]).toEqual([right?.role, right?.reach]);
  expect(parameters.filter(({ description: words }) => !words).map(({ name }) => name)).toEqual([]);
  expect(rest.requestBody?.required).toBe(body ? true : undefined);
  expect(Object.values(rest.requestBody?.content ?? {}).map(({ schema }) => schema)).toEqual(
    body ? [asInput(body)] : [],
  );
  expect(parameters.filter((one) => one.in === 'query').map(({ name }) => name)).toEqual(namesOf(query));
  if (answer) {
    expect(responses[status]?.content?.['application/json']?.schema).toEqual(asOutput(answer));
  }
  expect(Object.keys(responses)).toEqual(expect.arrayContaining([String(status), 'default']));
  expect(Object.values(responses).map((answer) => answer.description)).not.toContain('Default Response');
  if (right) {
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '429', '503']));
    expect(responses['429']?.headers).toHaveProperty('Retry-After');
  }
});

test('every code of an error that an answer can have is listed', () => {
  const codes = document.components.schemas.ErrorCode?.enum ?? [];
  expect(Object.keys(ERRORS)).toEqual(expect.arrayContaining(codes));
  expect(codes).toEqual(expect.arrayContaining(['INVALID_REQUEST', 'FORBIDDEN', 'NO_RATE_FOR_PERIOD', 'INTERNAL']));
});

test.each(ids)('the example of %s is in the document, and its answer is of the shape that is described', (id) => {
  const example = exampleOf(id);
  expect(example).toBeDefined();
  const { responses, requestBody, parameters = [] } = described(id) ?? fail(id);
  const { status, answer, body } = shapeOf(id);
  const contents = Object.values(responses[status]?.content ?? {});
  expect(contents.map(({ example: given }) => given)).toEqual(example.answer === undefined ? [] : [example.answer]);
  if (answer) {
    expect(answer.parse(example.answer)).toEqual(example.answer);
  }
  const { body: sent, ...given } = example.input as Record<string, unknown>;
  expect(Object.values(requestBody?.content ?? {}).map((content) => content.example)).toEqual(body ? [sent] : []);
  expect(Object.keys(given)).toEqual(
    expect.arrayContaining(
      parameters.filter(({ required, in: at }) => required && at !== 'header').map(({ name }) => name),
    ),
  );
});

test.each(inTurn)('a collector answers the example request of %s as is described', async (id) => {
  const { method, path, body, status, answer } = shapeOf(id);
  const example = exampleOf(id);
  const got = await examples.api.asAdmin(addressOf(path, example), {
    method,
    headers: { ...(example.ifMatch !== undefined && { 'if-match': example.ifMatch }) },
    ...(body && { body: (example.input as { body: unknown }).body }),
  });
  expect([got.status, got.status === status ? '' : got.text]).toEqual([status, '']);
  const { responses } = described(id) ?? fail(id);
  const [type] = String(got.headers['content-type'] ?? '').split(';');
  expect(Object.keys(responses[status]?.content ?? {})).toEqual(status === 204 ? [] : [type]);
  if (answer) {
    expect(answer.parse(got.json)).toEqual(got.json);
  }
  if (/^\/v1\/(costs|chargeback)\./.test(path)) {
    expect(rowsOf(got.text)).toEqual(rowsOf(String(example.answer)));
  }
  const told = Object.keys(responses[status]?.headers ?? {}).map((name) => name.toLowerCase());
  for (const name of ['etag', 'location', 'content-disposition']) {
    expect([name, got.headers[name] !== undefined]).toEqual([name, told.includes(name)]);
  }
});

test('the page to read it loads what it names, and nothing from elsewhere', async () => {
  const { text, headers } = await examples.api.ask('/docs');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  const named = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].flatMap(([, address = '']) =>
    address.startsWith('data:') ? [] : [address],
  );
  expect(named.length).toBeGreaterThanOrEqual(3);
  for (const address of named) {
    const { status, text: content } = await examples.api.ask(`/${address}`);
    expect([address, status, content.length > 50]).toEqual([address, 200, true]);
  }
});

/** The JSON schemas that the document must have for what the client believes. */
const asInput = (schema: z.ZodType) => jsonSchema('body', schema);
const asOutput = (schema: z.ZodType) => (jsonSchema('response', { 200: schema }) as Record<string, object>)['200'];
const namesOf = (query: z.ZodType | undefined) =>
  query ? Object.keys((jsonSchema('querystring', query) as { properties: object }).properties) : [];
function jsonSchema(part: 'body' | 'querystring' | 'response', schema: unknown): unknown {
  const transform = createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } });
  const openapiObject = { openapi: '3.1.0', info: { title: '', version: '' }, paths: {} };
  const route = { method: 'GET', url: '/', schema: { [part]: schema } };
  const described = transform({ openapiObject, url: '/', schema: route.schema, route } as never).schema;
  return plainSchemas((described as Record<string, unknown>)[part]);
}

/** Lines of a file, those of JSON as what they say. */
const rowsOf = (text: string): unknown[] =>
  text.split('\n').map((line): unknown => (line.startsWith('{') ? JSON.parse(line) : line));

function fail(id: OperationId): never {
  throw new Error(`${shapeOf(id).method} ${shapeOf(id).path} is not in /openapi.json`);
}
