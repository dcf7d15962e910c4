import type { ChargebackDays } from '../../api/chargeback';
import { HOUR } from '../../domain/hours';
import { startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { createPricedLedger, KAFKA_RATES } from '../../testing/priced-ledger';

const opened: Array<{ database: TestDatabase; api: ApiServer }> = [];
afterAll(async () => {
  for (const { database, api } of opened) {
    await api.close();
    await database.drop();
  }
});

/** Connection hours, at 0.002 each: of a workspace 500 hours, so a cost of 1, in every hour given. */
async function ledgerOf(timezone: string, hours: Array<[hour: string, workspace: string, units?: number]>) {
  const usage = hours.map(([hour, workspace, units = 500]) => ({
    hour: Date.parse(hour),
    meter: 'kafka_connection_hours',
    resource: { workspace, topic: `${workspace}.events` },
    quantity: String(units),
  }));
  const database = await createPricedLedger({ rates: KAFKA_RATES, usage, timezone });
  const api = await startApi(database.url, { CHARGEBACK_TIMEZONE: timezone });
  opened.push({ database, api });
  return async (query: string) => (await api.asAdmin(`/v1/chargeback/days?${query}`)).json as ChargebackDays;
}

test('every day of a month is there, with its cost or zero', async () => {
  const days = await ledgerOf('UTC', [
    ['2026-03-01T00:00:00Z', 'shop'],
    ['2026-03-01T23:00:00Z', 'shop'],
    ['2026-03-31T23:00:00Z', 'shop'],
    ['2026-04-01T00:00:00Z', 'shop'],
  ]);
  const march = await days('period=2026-03');
  expect([march.days.length, march.days[0], march.days.at(-1)]).toEqual([31, '2026-03-01', '2026-03-31']);
  expect(march.series).toEqual([
    { value: 'shop', values: 1, total: '3', costs: ['2', ...Array.from({ length: 29 }, () => '0'), '1'] },
  ]);
  const part = await days('from_ts=2026-03-01T05:00:00Z&to_ts=2026-03-03T01:00:00Z&by=charge_type');
  expect(part.days).toEqual(['2026-03-01', '2026-03-02', '2026-03-03']);
  expect(part.series).toEqual([{ value: 'kafka_connection_hours', values: 1, total: '1', costs: ['1', '0', '0'] }]);
});

test('the greatest are told apart, the rest is one; unallocated is a value like any other', async () => {
  const days = await ledgerOf(
    'UTC',
    ['a', 'b', 'c', 'd', '', 'e'].flatMap((workspace, index) => [
      [`2026-03-0${index + 1}T00:00:00Z`, workspace, 1000 * (index + 1)] as [string, string, number],
      ['2026-03-07T00:00:00Z', workspace, 500] as [string, string, number],
    ]),
  );
  const { series } = await days('from_ts=2026-03-01T00:00:00Z&to_ts=2026-03-08T00:00:00Z&top=2');
  expect(series).toEqual([
    { value: 'e', values: 1, total: '13', costs: ['0', '0', '0', '0', '0', '12', '1'] },
    { value: '', values: 1, total: '11', costs: ['0', '0', '0', '0', '10', '0', '1'] },
    { value: null, values: 4, total: '24', costs: ['2', '4', '6', '8', '0', '0', '4'] },
  ]);
  expect((await days('period=2026-03&top=6')).series.map(({ value }) => value)).toEqual(['e', '', 'd', 'c', 'b', 'a']);
  expect((await days('period=2026-03&workspace=a&workspace=')).series.map(({ total }) => total)).toEqual(['11', '3']);
});

test('days are those of the billing time zone, also the one of 23 hours and the one of 25', async () => {
  const everyHour = (from: string, hours: number) =>
    Array.from(
      { length: hours },
      (_, hour) => [new Date(Date.parse(from) + hour * HOUR).toISOString(), 'shop'] as [string, string],
    );
  const berlin = await ledgerOf('Europe/Berlin', everyHour('2026-03-27T23:00:00Z', 71));
  const spring = await berlin('period=2026-03');
  expect(spring.days).toHaveLength(31);
  expect(spring.series[0]?.costs.slice(-4)).toEqual(['24', '23', '24', '0']);
  const autumn = await ledgerOf('Europe/Berlin', everyHour('2026-10-23T22:00:00Z', 73));
  expect((await autumn('period=2026-10')).series[0]?.costs.slice(22, 27)).toEqual(['0', '24', '25', '24', '0']);
  const kolkata = await ledgerOf('Asia/Kolkata', everyHour('2026-03-09T18:00:00Z', 48));
  // The hour from 23:30 belongs to the day in which it begins.
  expect((await kolkata('period=2026-03')).series[0]?.costs.slice(8, 12)).toEqual(['1', '24', '23', '0']);
  const edge = await kolkata('from_ts=2026-03-09T18:30:00Z&to_ts=2026-03-10T18:30:00Z');
  expect([edge.days, edge.series[0]?.costs]).toEqual([['2026-03-10'], ['24']]);
  const cairo = await ledgerOf('Africa/Cairo', everyHour('2026-04-22T22:00:00Z', 71));
  expect((await cairo('period=2026-04')).series[0]?.costs.slice(21, 26)).toEqual(['0', '24', '23', '24', '0']);
});

test('400 days are a picture, more are refused', async () => {
  const days = await ledgerOf('Europe/Berlin', [['2026-03-01T00:00:00Z', 'shop']]);
  const range = (to: string) => `from_ts=2026-01-01T00:00:00%2B01:00&to_ts=${to}`;
  expect((await days(range('2027-02-05T00:00:00%2B01:00'))).days).toHaveLength(400);
  expect(await days(range('2027-02-05T01:00:00%2B01:00'))).toMatchObject({
    code: 'INVALID_REQUEST',
    errors: [{ path: 'from_ts', message: 'the range has more than 400 days; ask for it in parts' }],
  });
  // Counting the days of this one would keep everybody waiting for a minute.
  expect(await days('from_ts=0001-01-01T00:00:00Z&to_ts=9999-12-31T00:00:00Z')).toMatchObject({
    code: 'INVALID_REQUEST',
    errors: [
      { path: 'from_ts', message: 'the range is longer than eleven years; ask for it in parts' },
      { path: 'from_ts', message: 'the range has more than 400 days; ask for it in parts' },
    ],
  });
});
