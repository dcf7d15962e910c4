import { createDatabase, type TestDatabase } from '../../testing/database';
import { keepSettleMinutes } from './keep-settle-minutes';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

test('alerts count from when hours settle with the collector that started last', async () => {
  const { pool } = database;
  await pool.query(
    `insert into chargeback_data.meter (slug, unit, kind, query) values ('bytes', 'byte', 'counter', 'bytes_total');
     insert into chargeback_data.collection (meter_id, hour, collected_at) select id, now() - interval '10 hours', now() from chargeback_data.meter`,
  );
  const late = async (settleMinutes: number) => {
    await keepSettleMinutes({ pool, config: { settleMinutes } });
    const { rows } = await pool.query<{ value: string }>('select value from chargeback.alert_collector_stale');
    return Number(rows[0]?.value);
  };
  const before = await late(5);
  expect(before).toBeGreaterThanOrEqual(8 * 60 - 5);
  expect(before - (await late(125))).toBeCloseTo(120, 0);
  expect(await late(1440)).toBe(0);
});
