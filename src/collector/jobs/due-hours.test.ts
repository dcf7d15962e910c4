import { HOUR, hoursBetween, isoHour } from '../../domain/hours';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { loadConfig } from '../config';
import { dueHours, forgetFutureHours } from './due-hours';

/* Times are written as hours after this midnight; the settle delay is 5 minutes. */
const MIDNIGHT = Date.parse('2026-03-10T00:00:00Z');
let database: TestDatabase;

beforeEach(async () => {
  database = await createDatabase();
  await database.pool.query(
    `insert into chargeback_data.meter (slug, unit, kind, query) values ('m', 'unit', 'counter', 'm_total')`,
  );
});
afterEach(() => database.drop());

const due = async (now: number, environment: Record<string, string> = {}) => {
  const config = loadConfig({ DATABASE_URL: database.url, CHARGEBACK_RECOLLECT_HOURS: '0', ...environment });
  const runs = await dueHours({ pool: database.pool, config, now: () => MIDNIGHT + now * HOUR });
  return runs.map(({ from, to }) => [(from - MIDNIGHT) / HOUR, (to - MIDNIGHT) / HOUR]);
};
const collected = (hours: number[], at: number) =>
  database.pool.query(
    `insert into chargeback_data.collection (meter_id, hour, collected_at) select 1, h, $2 from unnest($1::timestamptz[]) h
     on conflict (meter_id, hour) do update set collected_at = excluded.collected_at`,
    [hours.map((hour) => isoHour(MIDNIGHT + hour * HOUR)), new Date(MIDNIGHT + at * HOUR)],
  );
const range = (from: number, to: number) => hoursBetween(from * HOUR, to * HOUR).map((hour) => hour / HOUR);

test('a new ledger begins with the newest hour that has ended and settled', async () => {
  expect(await due(12 + 4 / 60)).toEqual([[10, 11]]);
  expect(await due(12 + 5 / 60)).toEqual([[11, 12]]);
});

test('after an outage of days all missing hours are due, oldest first, in runs of a day', async () => {
  await collected(range(-72, -60), -59);
  await collected([-50], -49);
  expect(await due(0.5)).toEqual([
    [-60, -50],
    [-49, -25],
    [-25, -1],
    [-1, 0],
  ]);
});

test('the last hours are due once more after each new hour, for late samples', async () => {
  await collected(range(0, 10), 10.2);
  expect(await due(10.9, { CHARGEBACK_RECOLLECT_HOURS: '3' })).toEqual([]);
  expect(await due(11.1, { CHARGEBACK_RECOLLECT_HOURS: '3' })).toEqual([[7, 11]]);
  await collected(range(7, 11), 11.11);
  expect(await due(11.2, { CHARGEBACK_RECOLLECT_HOURS: '3' })).toEqual([]);
});

test('an hour that failed is tried again soon when Prometheus was away, with growing patience when its samples are bad', async () => {
  await collected(range(0, 10), 10.2);
  const failed = (attempts: number, transient: boolean) =>
    database.pool.query(
      `update chargeback_data.collection set error = 'words', failed_at = $1, attempts = $2, transient = $3 where hour = $4`,
      [new Date(MIDNIGHT + 10.5 * HOUR), attempts, transient, new Date(MIDNIGHT + 4 * HOUR)],
    );
  await failed(20, true);
  expect(await due(10.5 + 0.5 / 60)).toEqual([]);
  expect(await due(10.5 + 1 / 60)).toEqual([[4, 5]]);
  await failed(3, false);
  expect(await due(10.5 + 3.9 / 60)).toEqual([]);
  expect(await due(10.5 + 4 / 60)).toEqual([[4, 5]]);
  await failed(20, false);
  await collected(range(10, 16), 16.2);
  expect(await due(10.5 + 5.9)).toEqual([]);
  expect(await due(10.5 + 6)).toEqual([[4, 5]]);
});

test('hours of a closed month are never due', async () => {
  await collected([-24 * 30], -24 * 30);
  await database.pool.query(
    `insert into chargeback_data.period values ('2026-02-01', '2026-02-01Z', '2026-03-01Z', now(), 'me')`,
  );
  expect((await due(1.5))[0]).toEqual([-24 * 9, -24 * 8]);
});

test('a clock that was ahead: hours that have not ended are not taken for collected', async () => {
  await collected(range(0, 15), 15.1);
  const now = () => MIDNIGHT + 12.5 * HOUR;
  expect(await forgetFutureHours({ pool: database.pool, now })).toBe(3);
  expect(await due(12.5)).toEqual([]);
  expect(await due(13.1)).toEqual([[12, 13]]);
});
