import { HOUR, isoHour } from '../../domain/hours';
import {
  badInputLedger,
  collectArguments,
  END,
  LONG,
  NEWLINES,
  START,
  type BadInputLedger,
} from '../../testing/bad-input-ledger';
import { runChargeback } from '../../testing/run-chargeback';
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

test.each([['nan'], ['inf']])('a sample of %s fails its hour by name, and no other', async (meter) => {
  const run = await runChargeback(
    collectArguments(isoHour(START), isoHour(END), '--meter', meter),
    input.ledger.environment,
  );
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(
    new RegExp(`meter ${meter}, hour ${isoHour(START + HOUR)}: a NaN or infinite sample in .*topic`),
  );
  const { rows } = await input.ledger.database.pool.query<{ state: string }>(
    'select state from chargeback.collection_status where meter = $1 order by hour',
    [meter],
  );
  expect(rows.map(({ state }) => state)).toEqual(['collected', 'failed', 'collected']);
  const usage = await input.ledger.database.pool.query<{ hour: Date }>(
    'select hour from chargeback.hourly_usage where meter = $1 and quantity <> 0',
    [meter],
  );
  expect(usage.rows.map(({ hour }) => hour.getTime())).not.toContain(START + HOUR);
});

test('a counter that is negative is no counter, and says so', async () => {
  const run = await runChargeback(
    collectArguments(isoHour(START), isoHour(END), '--meter', 'negative'),
    input.ledger.environment,
  );
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/negative/);
  const { rows } = await input.ledger.database.pool.query(
    'select from chargeback.hourly_usage where meter = $1 and quantity <> 0',
    ['negative'],
  );
  expect(rows).toEqual([]);
});

test('labels of 10 kB and with line breaks are kept whole, through view, API and CSV', async () => {
  await input.ledger.run(...collectArguments(isoHour(START), isoHour(END), '--meter', 'odd'));
  const { rows } = await input.ledger.database.pool.query<{ topic: string; quantity: string }>(
    `select topic, sum(quantity)::text as quantity from chargeback.hourly_usage where meter = 'odd' group by 1 order by length(topic)`,
  );
  expect(rows).toEqual([
    { topic: NEWLINES, quantity: '60' },
    { topic: LONG, quantity: '6' },
  ]);
  const costs = await api.get(
    `/v1/costs?from_ts=${isoHour(START)}&to_ts=${isoHour(END)}&group_by=topic&charge_type=odd`,
  );
  expect(
    costs
      .json<{ data: Array<{ topic: string }> }>()
      .data.map(({ topic }) => topic)
      .sort(),
  ).toEqual([NEWLINES, LONG].sort());
  const focus = await input.ledger.run('export', 'focus', '--period', '2026-03');
  expect(focus).toContain(LONG);
  expect(focus).toContain('second ""quoted""');
});
