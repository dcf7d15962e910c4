import { createDatabase, type TestDatabase } from '../../testing/database';
import { startApi, type ApiServer } from '../../testing/api-server';

let database: TestDatabase;
let api: ApiServer;
beforeAll(async () => {
  database = await createDatabase();
  api = await startApi(database.url);
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

interface Operation {
  summary?: string;
  tags?: string[];
  parameters?: Array<{ name: string; required?: boolean; schema: unknown }>;
  requestBody?: unknown;
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}

test('every operation says what it is for and what it may answer', async () => {
  const { json } = await api.ask('/openapi.json');
  const { openapi, paths } = json as { openapi: string; paths: Record<string, Record<string, Operation>> };
  expect(openapi).toBe('3.1.0');
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      expect([path, method, operation.summary, operation.tags]).toEqual([
        path,
        method,
        expect.any(String),
        [expect.any(String)],
      ]);
      expect(operation.responses.default?.content).toHaveProperty(['application/problem+json']);
      expect(Object.values(operation.responses).map(({ description }) => description)).not.toContain(
        'Default Response',
      );
    }
  }
  expect(paths['/v1/costs']?.get?.parameters?.filter(({ required }) => required).map(({ name }) => name)).toEqual([
    'from_ts',
    'to_ts',
  ]);
  expect(paths['/v1/chargeback.csv']?.get?.responses['200']?.content).toHaveProperty(['text/csv']);
});

test('the page to read it loads what it names, and nothing from elsewhere', async () => {
  const { text, headers } = await api.ask('/docs');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  const named = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
  expect(named).toHaveLength(3);
  for (const address of named) {
    const { status, text: content } = await api.ask(`/${address}`);
    expect([address, status, content.length > 50]).toEqual([address, 200, true]);
  }
});
