import { HOUR, isoHour } from '../../domain/hours';
import { badInputLedger, collectArguments, END, START, type BadInputLedger } from '../../testing/bad-input-ledger';
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

test('from after to, and an hour that is not on the hour, both at once', async () => {
  await input.refused(collectArguments('2026-03-10T09:30:00Z', '2026-03-10T08:00:00Z'), 2, [
    'from: ',
    'on the hour',
    'to: ',
    'later than from',
  ]);
});
test('not a time, and an unknown meter', async () => {
  await input.refused(collectArguments('yesterday', isoHour(END)), 2, ['yesterday']);
  await input.refused(collectArguments(isoHour(START), isoHour(END), '--meter', 'nothing'), 2, ['nothing', 'bytes']);
});
test('more than ten years, and hours that have not been yet', async () => {
  await input.refused(collectArguments('2015-01-01T00:00:00Z', '2026-01-01T00:00:00Z'), 2, [
    /ten years|10 years|3660|years/,
  ]);
  const future = isoHour(Math.ceil(Date.now() / HOUR) * HOUR + 5 * HOUR);
  await input.refused(collectArguments(isoHour(START), future), 2, [/future|ended|not.*yet/]);
});
test('missing options are wrong usage', async () => {
  await input.refused(['collect', '--from', isoHour(START)], 2, ['--to']);
  await input.refused(['collekt'], 2, ['collekt']);
});
test('the same over HTTP', async () => {
  const answer = await api.send('POST', '/v1/collect/usage', {
    from: '2026-03-10T09:30:00Z',
    to: '2026-03-10T08:00:00Z',
    meters: ['nothing'],
  });
  expect([answer.status, answer.type]).toEqual([400, expect.stringContaining('application/problem+json')]);
  const problem = answer.json<{ code: string; errors: Array<{ path: string; message: string }> }>();
  expect(problem.code).toBe('INVALID_REQUEST');
  expect(problem.errors.map(({ path }) => path).join(' ')).toMatch(/from/);
  expect(problem.errors.length).toBeGreaterThanOrEqual(2);
});
