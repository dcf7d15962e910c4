import { badInputLedger, type BadInputLedger } from '../../testing/bad-input-ledger';
import { startApi, type TestApi } from '../../testing/test-api';

let input: BadInputLedger;
let api: TestApi;

beforeAll(async () => {
  input = await badInputLedger();
  api = await startApi(input.ledger);
});
afterAll(async () => {
  await api?.stop();
  await input?.stop();
});

test.each([
  ['GET', '/v1/costs?from_ts=2026-03-10T09:30:00Z&to_ts=2026-03-10T08:00:00Z&group_by=colour&limit=9999', undefined],
  ['GET', '/v1/chargeback?period=2026-13', undefined],
  ['GET', '/v1/chargeback', undefined],
  ['GET', '/v1/dimensions?dimension_type=colours', undefined],
  ['POST', '/v1/rate-cards', { name: '', valid_from: 'x', prices: {} }],
  ['POST', '/v1/rate-cards', '{ broken'],
  ['PUT', '/v1/directory', { rules: [{ match: {}, set: {} }] }],
] as const)('%s %s is refused with a problem that says what and where', async (method, path, body) => {
  const answer = method === 'GET' ? await api.get(path) : await api.send(method, path, body);
  expect(answer.status).toBe(400);
  expect(answer.type).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({
    status: 400,
    code: 'INVALID_REQUEST',
    title: expect.any(String),
    detail: expect.any(String),
  });
});
test('without a token, with a wrong one, and what does not exist', async () => {
  expect((await api.get('/v1/chargeback?period=2026-03', null)).status).toBe(401);
  expect((await api.get('/v1/chargeback?period=2026-03', 'wrong')).json()).toMatchObject({
    status: 401,
    code: 'UNAUTHENTICATED',
  });
  expect((await api.get('/v1/nothing')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect((await api.get('/v1/rate-cards/999')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
});
test('a viewer may not write', async () => {
  const token = (
    JSON.parse(await input.ledger.run('token', 'create', '--role', 'viewer', '--json')) as { token: string }
  ).token;
  const card = { name: 'v', valid_from: '2026-02-01', currency: 'USD', prices: { bytes: { unit_price: '1' } } };
  expect((await api.send('POST', '/v1/rate-cards', card, token)).json()).toMatchObject({
    status: 403,
    code: 'FORBIDDEN',
  });
  expect((await api.send('PUT', '/v1/directory', { rules: [] }, token)).status).toBe(403);
  expect(await input.cards()).toEqual(['base']);
});
