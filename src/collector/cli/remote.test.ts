import { createExampleLedger, type ExampleLedger } from '../../testing/example-ledger';
import { runChargeback } from '../../testing/run-chargeback';

let examples: ExampleLedger;
beforeAll(async () => {
  examples = await createExampleLedger();
});
afterAll(() => examples?.stop());

const remote = (...args: string[]) =>
  runChargeback(args, { CHARGEBACK_URL: examples.api.url, CHARGEBACK_TOKEN: examples.token });
const march10 = ['--from', '2026-03-10T00:00:00Z', '--to', '2026-03-11T00:00:00Z'];

test('costs of a range for people, as JSON with every digit, and as the CSV file of the collector', async () => {
  const asked = ['costs', ...march10, '--group-by', 'workspace', '--where', 'environment=prod'];
  const people = await remote(...asked);
  expect([people.code, people.stderr]).toEqual([0, '']);
  expect(people.stdout.split('\n')).toEqual([
    'workspace     Quantity  Unit          Cost  Currency',
    'payments   31583109120  byte  1.9716796875  USD',
    'search     11450449920  byte  0.6931640625  USD',
    '',
  ]);
  const { data } = JSON.parse((await remote(...asked, '--json')).stdout);
  expect(data.map(({ workspace, cost }: { workspace: string; cost: string }) => [workspace, cost])).toEqual([
    ['payments', '1.9716796875'],
    ['search', '0.6931640625'],
  ]);
  expect((await remote(...asked, '--csv')).stdout.split('\n').slice(0, 2)).toEqual([
    'workspace,quantity,unit,cost,currency,confidence',
    'payments,31583109120,byte,1.9716796875,USD,1',
  ]);
});

test('any operation by its name', async () => {
  expect(JSON.parse((await remote('api', 'getBudget', 'id=1')).stdout)).toMatchObject({ name: 'payments', version: 1 });
  expect((await remote('api', 'getChargebackFile', 'period=2026-03')).stdout).toContain('payments,checkout,prod');
  const body = await examples.ledger.write(
    'budget.json',
    '{ "name": "payments", "amount": "30", "owner": "Payments", "valid_from": "2026-03" }',
  );
  const stale = await remote('api', 'replaceBudget', 'id=1', '--body', body, '--if-match', '"7"');
  expect([stale.code, stale.stderr]).toEqual([1, expect.stringContaining('PRECONDITION_FAILED')]);
  const saved = await remote('api', 'replaceBudget', 'id=1', '--body', body, '--if-match', '"1"');
  expect(JSON.parse(saved.stdout)).toMatchObject({ amount: '30', version: 2 });
});

test('what is wrong is said, and no token in it', async () => {
  for (const [args, code, said] of [
    [['costs', ...march10, '--where', 'colour=red'], 2, '--where colour=red'],
    [['costs', ...march10, '--group-by', 'colour'], 1, 'group_by'],
    [['api', 'getBudget'], 2, 'getBudget needs id='],
    [['api', 'getEverything'], 2, 'getEverything'],
    [['api', 'getBudget', 'id=99'], 1, 'NOT_FOUND'],
  ] as const) {
    const run = await remote(...args);
    expect([args, run.code, run.stderr]).toEqual([args, code, expect.stringContaining(said)]);
    expect(run.stdout + run.stderr).not.toContain(examples.token);
  }
  const nowhere = await runChargeback(['costs', ...march10], {});
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('CHARGEBACK_URL')]);
  const withPassword = { CHARGEBACK_URL: 'http://ann:hunter22@127.0.0.1:9', CHARGEBACK_TOKEN: examples.token };
  const refused = await runChargeback(['api', 'getMe'], withPassword);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('no user and no password')]);
  expect(refused.stdout + refused.stderr).not.toContain('hunter22');
  const nobody = { CHARGEBACK_URL: 'http://127.0.0.1:9', CHARGEBACK_TOKEN: examples.token };
  const silent = await runChargeback(['api', 'getMe'], nobody);
  expect([silent.code, silent.stderr]).toEqual([1, expect.stringContaining('NO_ANSWER')]);
});
