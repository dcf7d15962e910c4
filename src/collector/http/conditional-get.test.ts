import { startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { addUsage } from '../../testing/facts';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';
import { RIGHTS } from './rights';

const MARCH = 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-04-01T00:00:00Z';
const QUESTIONS = [
  `/v1/costs?${MARCH}&group_by=workspace`,
  '/v1/chargeback?period=2026-03',
  '/v1/chargeback/lines?period=2026-03',
  '/v1/chargeback/summary?period=2026-03',
  '/v1/chargeback/days?period=2026-03',
  '/v1/dimensions?dimension_type=workspaces',
  '/v1/explanations/days?period=2026-03&charge_type=kafka_ingress_bytes',
];

let database: TestDatabase;
let api: ApiServer;
const use = (hour: number, workspace: string) =>
  addUsage(database.pool, [
    { hour: marchHour(hour), meter: 'kafka_ingress_bytes', resource: { workspace, topic: workspace }, quantity: '7' },
  ]);
beforeAll(async () => {
  database = await createPricedLedger({ rates: KAFKA_RATES, usage: [] });
  await use(0, 'payments');
  await use(1, 'search');
  api = await startApi(database.url);
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const withTag = (path: string, tag: string, headers: Record<string, string> = {}) =>
  api.asAdmin(path, { headers: { 'if-none-match': tag, ...headers } });

test.each(QUESTIONS)('%s is not sent again to who has it', async (path) => {
  const { status, headers } = await api.asAdmin(path);
  const tag = String(headers.etag);
  expect([status, tag, headers['cache-control']]).toEqual([
    200,
    expect.stringMatching(/^"[\w-]{27}"$/),
    'private, no-cache',
  ]);
  expect(headers.vary).toMatch(/\bAuthorization, X-Chargeback-Key, X-Grafana-Context\b/);
  for (const known of [tag, `W/${tag}`, `"other", W/${tag}`, '*']) {
    const again = await withTag(path, known);
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag]);
    expect(again.headers['content-type']).toBeUndefined();
    expect(again.headers['cache-control']).toBe('private, no-cache');
  }
  expect((await withTag(path, '"other"')).status).toBe(200);
  const head = await api.asAdmin(path, { method: 'HEAD' });
  expect([head.status, head.headers.etag]).toEqual([200, tag]);
});

test('after more was collected the same question has another answer', async () => {
  const [path = ''] = QUESTIONS;
  const { headers } = await api.asAdmin(path);
  await use(2, 'payments');
  const again = await withTag(path, String(headers.etag));
  expect([again.status, again.headers.etag === headers.etag]).toEqual([200, false]);
});

test.each(QUESTIONS)('with the tag of an administrator a member gets %s as it is for them', async (path) => {
  const headers = await api.token('viewer', 'payments');
  const whole = await api.asAdmin(path);
  const own = await withTag(path, String(whole.headers.etag), headers);
  expect([own.status, own.text.includes('search')]).toEqual([200, false]);
});

test('a revoked token gets no 304 for what it once read', async () => {
  const [path = ''] = QUESTIONS;
  const headers = await api.token('viewer', 'payments');
  const tag = String((await api.ask(path, { headers })).headers.etag);
  await database.pool.query(`update chargeback_data.api_token set revoked_at = now(), revoked_by = 'test'`);
  expect((await api.ask(path, { headers: { ...headers, 'if-none-match': tag } })).status).toBe(401);
});

test('nothing below /v1 is for a store that others share, and only costs are for one at all', async () => {
  const paths = RIGHTS.filter(({ method }) => method === 'GET').map(({ path }) => path.replace(':id', '1'));
  for (const path of [...paths, ...QUESTIONS]) {
    const { status, headers } = await api.asAdmin(path);
    const kept = status === 200 && (QUESTIONS.includes(path) || path === '/v1/dimensions');
    expect([path, headers['cache-control']]).toEqual([path, kept ? 'private, no-cache' : 'no-store']);
  }
});
