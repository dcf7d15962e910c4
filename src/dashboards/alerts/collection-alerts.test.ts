import { createDashboardLedger, PLAIN_METERS } from '../../testing/dashboard-ledger';
import type { TestDatabase } from '../../testing/database';
import { alertValues, atOneMoment, firing } from '../../testing/firing-alerts';
import { ALERT_LIMITS } from '../thresholds';
import { collectorStale, ledgerIntegrity, missingHours } from './collection-alerts';

const METERS = Object.keys(PLAIN_METERS);
const EVERY_METER = (value: number) => Object.fromEntries(METERS.map((meter) => [`meter:${meter}`, value]));

let ledger: TestDatabase;
beforeAll(async () => {
  ledger = await createDashboardLedger('Europe/Berlin', []);
});
afterAll(() => ledger.drop());

type Client = Parameters<Parameters<typeof atOneMoment>[1]>[0];

/** Hours that began `from` to `to` before now were collected; an hour need not begin on the clock here. */
const collected = (client: Client, meter: string, from: string, to = from) =>
  client.query(
    `insert into chargeback_data.collection (meter_id, hour, collected_at)
     select m.id, hour, now() from chargeback_data.meter m, generate_series(now() - $2::interval, now() - $3::interval, interval '1 hour') hour
     where m.slug = $1`,
    [meter, from, to],
  );
const settled = (client: Client, minutes: number) =>
  client.query(
    `insert into chargeback_data.setting values ('settle_minutes', $1) on conflict (key) do update set value = excluded.value`,
    [minutes],
  );

const { warning, critical } = ALERT_LIMITS.minutesLate;

test('a meter that is late fires when its next hour has been due for longer than the limit, not at the limit', () =>
  atOneMoment(ledger, async (client) => {
    // The last hour that is known ended an hour before the next one did, which was then due after the 5 minutes of settling.
    const after = (minutes: number) => `${120 + 5 + minutes} minutes`;
    const [first = '', second = '', third = '', fourth = ''] = METERS;
    await collected(client, first, after(0));
    await collected(client, second, after(warning));
    await collected(client, third, `${after(warning)} 1 millisecond`);
    await collected(client, fourth, `${after(critical)} 1 millisecond`);
    expect(await alertValues(client, collectorStale)).toMatchObject({
      [`meter:${first}`]: 0,
      [`meter:${second}`]: warning,
      [`meter:${third}`]: expect.closeTo(warning, 3),
    });
    expect(await firing(client, collectorStale, 'warning')).toEqual([`meter:${fourth}`, `meter:${third}`].sort());
    expect(await firing(client, collectorStale, 'critical')).toEqual([`meter:${fourth}`]);
    await collected(client, fourth, '1 hour');
    expect(await firing(client, collectorStale, 'critical')).toEqual([]);
  }));

test('an hour is due when it has settled, which may take a day', () =>
  atOneMoment(ledger, async (client) => {
    for (const meter of METERS) {
      await collected(client, meter, '26 hours');
    }
    expect(await firing(client, collectorStale, 'warning')).toHaveLength(METERS.length);
    await settled(client, 1440);
    expect(await alertValues(client, collectorStale)).toEqual(EVERY_METER(0));
  }));

test('a meter that was never collected is late, and so is a ledger without any meter', () =>
  atOneMoment(ledger, async (client) => {
    expect(await alertValues(client, collectorStale)).toEqual(EVERY_METER(1_000_000));
    expect(await alertValues(client, missingHours)).toEqual(EVERY_METER(0));
    await client.query('update chargeback_data.meter set active = false');
    expect(await alertValues(client, collectorStale)).toEqual({ 'meter:no meter': 1_000_000 });
    expect(await alertValues(client, missingHours)).toEqual({ 'meter:no meter': 0 });
  }));

test('hours are missing when a later one was collected, in the last 48 hours; those that are only due are not', () =>
  atOneMoment(ledger, async (client) => {
    const [whole = '', holed = '', old = '', late = ''] = METERS;
    await collected(client, whole, '60 hours', '2 hours');
    await collected(client, holed, '60 hours', '9 hours');
    await collected(client, holed, '6 hours', '3 hours');
    await collected(client, old, '80 hours', '70 hours');
    await collected(client, old, '49 hours', '1 hour');
    await collected(client, late, '60 hours', '3 hours');
    await client.query(`update chargeback_data.collection set hour = date_trunc('hour', hour, 'UTC')`);
    expect(await alertValues(client, missingHours)).toEqual({
      [`meter:${whole}`]: 0,
      [`meter:${holed}`]: 2,
      [`meter:${old}`]: 0,
      [`meter:${late}`]: 0,
    });
    expect(await firing(client, missingHours, 'warning')).toEqual([`meter:${holed}`]);
    await client.query(
      `insert into chargeback_data.collection (meter_id, hour, failed_at, error)
       select id, date_trunc('hour', now(), 'UTC') - interval '8 hours', now(), 'refused' from chargeback_data.meter where slug = $1`,
      [holed],
    );
    expect(await firing(client, missingHours, 'warning')).toEqual([`meter:${holed}`]);
    await client.query(
      `insert into chargeback_data.collection (meter_id, hour, collected_at)
       select id, date_trunc('hour', now(), 'UTC') - hours * interval '1 hour', now() from chargeback_data.meter, unnest(array[7, 8]) hours where slug = $1
       on conflict (meter_id, hour) do update set collected_at = excluded.collected_at, error = null`,
      [holed],
    );
    expect(await firing(client, missingHours, 'warning')).toEqual([]);
  }));

test('while a meter is late, its missing hours are not told as well', () =>
  atOneMoment(ledger, async (client) => {
    const [meter = ''] = METERS;
    await collected(client, meter, '20 hours', '15 hours');
    await collected(client, meter, '10 hours', '5 hours');
    await client.query(`update chargeback_data.collection set hour = date_trunc('hour', hour, 'UTC')`);
    expect(await firing(client, collectorStale, 'warning')).toContain(`meter:${meter}`);
    expect((await alertValues(client, missingHours))[`meter:${meter}`]).toBe(0);
    await collected(client, meter, '61 minutes');
    await client.query(`update chargeback_data.collection set hour = date_trunc('hour', hour, 'UTC')`);
    expect((await alertValues(client, missingHours))[`meter:${meter}`]).toBeGreaterThanOrEqual(4);
  }));

test('hours of a closed month are not missing: nothing fills them any more', () =>
  atOneMoment(ledger, async (client) => {
    const [meter = ''] = METERS;
    await collected(client, meter, '20 hours');
    await collected(client, meter, '2 hours');
    await client.query(`update chargeback_data.collection set hour = date_trunc('hour', hour, 'UTC')`);
    expect((await alertValues(client, missingHours))[`meter:${meter}`]).toBe(17);
    await client.query(
      `insert into chargeback_data.period (month, starts_at, ends_at, closed_by)
       values ('2020-01-01', '2020-01-01', date_trunc('hour', now(), 'UTC') - interval '5 hours', 'test')`,
    );
    expect((await alertValues(client, missingHours))[`meter:${meter}`]).toBe(3);
  }));

const checkedDay = (client: Client, day: string, currency: string, cost: string, rolled: string) =>
  client.query(
    `insert into chargeback_data.day_check (day, currency, facts, rolled_facts, cost, rolled_cost, checksum, checked_at)
     values ($1, $2, 1, 1, $3, $4, 0, now())`,
    [day, currency, cost, rolled],
  );

test('ledger and roll-up differ when the sum of all differences is more than a cent, in each currency on its own', () =>
  atOneMoment(ledger, async (client) => {
    expect(await alertValues(client, ledgerIntegrity)).toEqual({ 'currency:USD': 0 });
    await checkedDay(client, '2026-01-01', 'USD', '10', '10.004');
    await checkedDay(client, '2026-01-02', 'USD', '10', '9.996');
    await checkedDay(client, '2026-01-02', 'EUR', '10', '10');
    await client.query(
      `insert into chargeback_data.month_check (month, currency, daily_facts, monthly_facts, daily_cost, monthly_cost, checked_at)
       values ('2026-01-01', 'USD', 1, 1, 20, 20.002, now())`,
    );
    expect(await alertValues(client, ledgerIntegrity)).toEqual({ 'currency:EUR': 0, 'currency:USD': 0.01 });
    expect(await firing(client, ledgerIntegrity, 'critical')).toEqual([]);
    await checkedDay(client, '2026-01-03', 'USD', '10', '10.000000000001');
    expect(await firing(client, ledgerIntegrity, 'critical')).toEqual(['currency:USD']);
    await client.query('update chargeback_data.day_check set rolled_cost = cost');
    expect(await firing(client, ledgerIntegrity, 'critical')).toEqual([]);
  }));
