import { DateTime } from 'luxon';
import { recordFailure } from '../../collector/metering/collection-record';
import type { StoredMeter } from '../../collector/metering/meters';
import { unusable } from '../../collector/metering/windowed-values';
import { HOUR, type Hour } from '../../domain/hours';
import { createDashboardLedger, PLAIN_METERS, type PlainFact } from '../../testing/dashboard-ledger';
import { run, sqlOf, type Row } from '../../testing/dashboard-panels';
import type { TestDatabase } from '../../testing/database';
import type { PanelRequest } from '../../testing/grafana-sql';
import { testContext } from '../../testing/test-context';
import { COLLECTOR_PANELS, collectorDashboard } from './collector-dashboard';

const ZONE = 'Europe/Berlin';
const METERS = Object.keys(PLAIN_METERS);
const dashboard = collectorDashboard();

type State = 'collected' | 'failed' | 'failed with data';
interface Seen {
  meter: string;
  hour: Hour;
  state: State;
  samples: number;
  delay: number;
  duration: number;
}

/** Seven weeks over the change to summer time; one hour in nine was never read, one in eleven fails. */
function sampleHours(): Seen[] {
  let seed = 7;
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const seen: Seen[] = [];
  for (const meter of METERS.slice(0, 3)) {
    for (let hour = Date.UTC(2026, 1, 20, 5); hour < Date.UTC(2026, 3, 10); hour += HOUR) {
      const chance = random();
      if (chance > 1 / 9) {
        seen.push({
          meter,
          hour,
          state: chance > 0.2 ? 'collected' : chance > 0.15 ? 'failed' : 'failed with data',
          samples: Math.floor(random() * 1000),
          delay: Math.floor(random() ** 4 * 3000),
          duration: Math.floor(random() * 5_000_000),
        });
      }
    }
  }
  return seen;
}

const seen = sampleHours();
const read = (one: Seen) => one.state !== 'failed';

async function insert(database: TestDatabase, some: Seen[]): Promise<void> {
  await database.pool.query(
    `insert into chargeback_data.collection (meter_id, hour, collected_at, samples, duration_ms, attempts, failed_at, error, transient)
     select m.id, s.hour, case when s.state <> 'failed' then s.hour + interval '1 hour' + s.delay * interval '1 minute' end, s.samples, s.duration, 1,
       case when s.state <> 'collected' then s.hour + interval '2 hours' end, case when s.state <> 'collected' then 'http://prometheus answered 400' end, false
     from jsonb_to_recordset($1::jsonb) as s(meter text, hour timestamptz, state text, samples bigint, delay integer, duration integer)
     join chargeback_data.meter m on m.slug = s.meter`,
    [JSON.stringify(some.map((one) => ({ ...one, hour: new Date(one.hour).toISOString() })))],
  );
}

let full: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, []);
  await insert(full, seen);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([full.drop(), empty.drop()]));

const rowsOf = (panel: keyof typeof COLLECTOR_PANELS, request: PanelRequest, database = full) =>
  run(database, sqlOf(dashboard, COLLECTOR_PANELS[panel])[0] ?? '', request);
const drawn = (rows: Row[]) =>
  Object.fromEntries(
    rows.map(({ time, metric, value }) => [`${(time as Date).toISOString()} ${String(metric)}`, Number(value)]),
  );
const named = (rows: Row[]) => Object.fromEntries(rows.map(({ name, value }) => [name, Number(value)]));

const RANGES: Record<string, [from: string, to: string]> = {
  'half a day': ['2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'],
  'three days to the hour over the change to summer time': ['2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z'],
  'ragged ends': ['2026-03-20T10:30:00Z', '2026-03-31T06:59:59.999Z'],
  'from before the first hour to after the last': ['2026-01-15T00:00:00Z', '2026-05-20T00:00:00Z'],
};
const REQUESTS = Object.entries(RANGES).map(([name, [from, to]]) => ({
  name,
  request: { from: new Date(from), to: new Date(to), variables: {} },
}));

/** Every hour of a meter in the range, from the first to the last that was read, with what became of it; and those that failed later. */
function hoursOf(meter: string, { from, to }: PanelRequest): Array<{ hour: Hour; state: State | 'missing' }> {
  const own = new Map(seen.filter((one) => one.meter === meter).map((one) => [one.hour, one]));
  const known = [...own.values()].filter(read).map(({ hour }) => hour);
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const found: Array<{ hour: Hour; state: State | 'missing' }> = [];
  for (let hour = Math.ceil(from.getTime() / HOUR) * HOUR; hour < to.getTime(); hour += HOUR) {
    const state = own.get(hour)?.state;
    if (state || (hour >= first && hour <= last)) {
      found.push({ hour, state: state ?? 'missing' });
    }
  }
  return found;
}
const failed = ({ state }: { state: string }) => state.startsWith('failed');
const missing = ({ state }: { state: string }) => state === 'missing';

/** The start of the day or month of an hour, cut at the start of the range. */
const startOf = (unit: 'day' | 'month', hour: Hour, from: Date) =>
  new Date(Math.max(DateTime.fromMillis(hour, { zone: ZONE }).startOf(unit).toMillis(), from.getTime())).toISOString();

describe.each(REQUESTS)('$name', ({ request }) => {
  const all = METERS.flatMap((meter) => (seen.some((one) => one.meter === meter) ? hoursOf(meter, request) : []));
  const perMeter = METERS.slice(0, 3).map((meter) => ({ meter, hours: hoursOf(meter, request) }));

  test('hours that were never read and hours that failed, in all and by day', async () => {
    expect(Number((await rowsOf('missingHours', request))[0]?.['hours'])).toBe(all.filter(missing).length);
    expect(Number((await rowsOf('failedHours', request))[0]?.['hours'])).toBe(all.filter(failed).length);
    const byDay: Record<string, number> = {};
    for (const { meter, hours } of perMeter) {
      for (const one of hours) {
        const key = `${startOf('day', one.hour, request.from)} ${meter}`;
        byDay[key] = (byDay[key] ?? 0) + (failed(one) || missing(one) ? 1 : 0);
      }
    }
    expect(drawn(await rowsOf('missingByDay', request))).toEqual(byDay);
  });

  test('the state of every hour, beyond three days the worst of the day', async () => {
    const wide = request.to.getTime() - request.from.getTime() > 72 * HOUR;
    const worst: Record<string, number> = {};
    for (const { meter, hours } of perMeter) {
      for (const one of hours) {
        const at = wide ? startOf('day', one.hour, request.from) : new Date(one.hour).toISOString();
        const state = failed(one) ? 3 : missing(one) ? 2 : 0;
        worst[`${at} ${meter}`] = Math.max(worst[`${at} ${meter}`] ?? 0, state);
      }
    }
    const rows = Object.entries(drawn(await rowsOf('statesOfHours', request)));
    // What is late depends on now: all hours after the last of the sample.
    expect(Object.fromEntries(rows.filter(([, state]) => state !== 1))).toEqual(worst);
  });

  test('which billing months the gaps are in', async () => {
    const months = new Map<string, { Collected: number; Missing: number; Failed: number }>();
    for (
      let month = DateTime.fromJSDate(request.from, { zone: ZONE }).startOf('month');
      month.toMillis() < request.to.getTime();
      month = month.plus({ months: 1 })
    ) {
      const its = all.filter(({ hour }) => DateTime.fromMillis(hour, { zone: ZONE }).hasSame(month, 'month'));
      months.set(month.toFormat('yyyy-MM'), {
        Collected: its.filter(({ state }) => state === 'collected').length,
        Missing: its.filter(missing).length,
        Failed: its.filter(failed).length,
      });
    }
    const rows = await rowsOf('affectedPeriods', request);
    expect(
      Object.fromEntries(
        rows.map((row) => [
          row['Period'],
          { Collected: Number(row['Collected']), Missing: Number(row['Missing']), Failed: Number(row['Failed']) },
        ]),
      ),
    ).toEqual(Object.fromEntries(months));
    expect(new Set(rows.map((row) => row['Status']))).toEqual(new Set(['open']));
  });

  test('how long runs took, how late hours came and why some fail', async () => {
    const inRange = seen.filter(({ hour }) => hour >= request.from.getTime() && hour < request.to.getTime());
    const longest = (meter: string) =>
      Math.max(...inRange.filter((one) => one.meter === meter && read(one)).map(({ duration }) => duration));
    const durations = named(await rowsOf('runDurations', request));
    expect(Object.keys(durations).sort()).toEqual(METERS.slice(0, 3).sort());
    for (const [meter, percent] of Object.entries(durations)) {
      expect(percent).toBeCloseTo(longest(meter) / 36_000, 9);
    }
    const delays = inRange.filter(read).map(({ delay }) => delay);
    const between = (from: number, to: number) => delays.filter((delay) => delay >= from && delay < to).length;
    expect(named(await rowsOf('arrivalDelay', request))).toEqual({
      'under 15 min': between(0, 15),
      '15–60 min': between(15, 60),
      '1–2 h': between(60, 120),
      '2–6 h': between(120, 360),
      '6–12 h': between(360, 720),
      '12–24 h': between(720, 1440),
      'a day or more': between(1440, Infinity),
    });
    expect(named(await rowsOf('errorsByClass', request))).toEqual({
      'Prometheus away': 0,
      'Query refused': inRange.filter(failed).length,
      'Samples cannot be billed': 0,
    });
  });

  test('samples beside the median of the same hour of the week, by the clock of the billing time zone', async () => {
    const local = (hour: Hour) =>
      DateTime.fromMillis(hour, { zone: ZONE }).setZone('UTC', { keepLocalTime: true }).toMillis();
    const sums = new Map<Hour, number>();
    for (const { hour, samples } of seen.filter(read)) {
      sums.set(hour, (sums.get(hour) ?? 0) + samples);
    }
    const byClock = new Map<number, number>();
    for (const [hour, samples] of sums) {
      byClock.set(local(hour), samples);
    }
    const usual = (hour: Hour) => {
      const weeks = [1, 2, 3, 4, 5, 6].flatMap((week) => byClock.get(local(hour) - week * 168 * HOUR) ?? []);
      weeks.sort((a, b) => a - b);
      const middle = weeks.length / 2;
      return weeks.length === 0
        ? null
        : weeks.length % 2
          ? (weeks[Math.floor(middle)] ?? 0)
          : ((weeks[middle - 1] ?? 0) + (weeks[middle] ?? 0)) / 2;
    };
    const hours = (request.to.getTime() - request.from.getTime()) / HOUR;
    const wide = hours > 168;
    const points = new Map<string, { samples: number; usual: number | null }>();
    for (const [hour, samples] of sums) {
      if (hour >= request.from.getTime() && hour < request.to.getTime()) {
        const at = (
          wide ? DateTime.fromMillis(hour, { zone: ZONE }).startOf('day').toJSDate() : new Date(hour)
        ).toISOString();
        const own = hours > 92 * 24 ? null : usual(hour);
        const before = points.get(at) ?? { samples: 0, usual: 0 };
        points.set(at, {
          samples: before.samples + samples,
          usual: own === null || before.usual === null ? null : before.usual + own,
        });
      }
    }
    expect(drawn(await rowsOf('samplesOverTime', request))).toEqual(
      Object.fromEntries(
        [...points].flatMap(([at, point]) => [
          [`${at} Samples`, point.samples],
          ...(point.usual === null ? [] : [[`${at} Usual`, point.usual]]),
        ]),
      ),
    );
  });
});

test('hours that still fail stand together with their reason, and nobody is told the series in it', async () => {
  const database = await createDashboardLedger(ZONE, []);
  const context = testContext({ DATABASE_URL: database.url, PROMETHEUS_URL: 'http://127.0.0.1:9' });
  try {
    const start = Date.UTC(2026, 2, 29);
    await insert(
      database,
      [0, 1, 2].map((hour) => ({
        meter: 'kafka_requests',
        hour: start + hour * HOUR,
        state: 'collected' as const,
        samples: 1,
        delay: 5,
        duration: 1,
      })),
    );
    const { rows } = await database.pool.query<{ id: number; slug: string }>(
      'select id, slug from chargeback_data.meter',
    );
    const meter = (slug: string) => rows.find((row) => row.slug === slug) as unknown as StoredMeter;
    const { message } = unusable('a NaN or infinite sample', ['secret{topic="salaries"}']);
    await recordFailure(context, meter('kafka_requests'), [start + HOUR, start + 2 * HOUR], message, false);
    await recordFailure(context, meter('kafka_requests'), [start + 4 * HOUR], message, false);
    await recordFailure(context, meter('kafka_ingress_bytes'), [start], 'connect ECONNREFUSED', true);
    await recordFailure(
      context,
      meter('kafka_egress_bytes'),
      [start],
      'http://p answered 422 to x: parse error',
      false,
    );
    const letters = await rowsOf('deadLetters', { from: new Date(0), to: new Date(1), variables: {} }, database);
    expect(
      letters.map((row) => [
        row['Meter'],
        row['From'],
        row['To'],
        Number(row['Hours']),
        row['Reason'],
        Number(row['Without data']),
      ]),
    ).toEqual([
      ['kafka_egress_bytes', '2026-03-29 01:00', '2026-03-29 03:00', 1, 'Query refused', 1],
      ['kafka_ingress_bytes', '2026-03-29 01:00', '2026-03-29 03:00', 1, 'Prometheus away', 1],
      ['kafka_requests', '2026-03-29 03:00', '2026-03-29 05:00', 2, 'Samples cannot be billed', 0],
      ['kafka_requests', '2026-03-29 06:00', '2026-03-29 07:00', 1, 'Samples cannot be billed', 1],
    ]);
    expect(letters.map((row) => row['Tried again'])[1]).toBe('each minute');
    expect(
      JSON.stringify(
        await run(database, 'select * from chargeback.collection_runs', { from: new Date(0), to: new Date(1) }),
      ),
    ).not.toContain('salaries');
  } finally {
    await context.pool.end();
    await database.drop();
  }
});

test('a meter that lags is late in its month, and the age of each is told; one that was never collected has none', async () => {
  const database = await createDashboardLedger(ZONE, []);
  try {
    const now = Math.floor(Date.now() / HOUR) * HOUR;
    const at = (meter: string, hour: Hour): Seen => ({
      meter,
      hour,
      state: 'collected',
      samples: 5,
      delay: 5,
      duration: 250,
    });
    await insert(database, [
      ...[3, 2, 1].map((ago) => at('kafka_ingress_bytes', now - ago * HOUR)),
      ...[9, 8].map((ago) => at('kafka_egress_bytes', now - ago * HOUR)),
    ]);
    const request = { from: new Date(now - 12 * HOUR), to: new Date(now + HOUR), variables: {} };
    const ages = await rowsOf('freshness', request, database);
    expect(ages.map((row) => row['name'])).toEqual([
      'kafka_ingress_messages',
      'kafka_requests',
      'kafka_egress_bytes',
      'kafka_ingress_bytes',
    ]);
    expect(ages[0]?.['value']).toBeNull();
    expect(Math.floor(Number(ages[2]?.['value']) / 3600)).toBe(7);
    const late = Object.entries(drawn(await rowsOf('statesOfHours', request, database))).filter(
      ([, state]) => state === 1,
    );
    // Hours 7 to 2 before this one have ended more than an hour ago; the one before this may have.
    expect(late.length).toBe(6);
    expect(late.every(([name]) => name.endsWith('kafka_egress_bytes'))).toBe(true);
    const periods = await rowsOf('affectedPeriods', request, database);
    expect(periods.reduce((sum, row) => sum + Number(row['Late']), 0)).toBe(6);
    const runs = await rowsOf('lastRuns', request, database);
    expect(runs.map((row) => [row['Meter'], row['State'], row['Duration']])).toEqual([
      ['kafka_ingress_messages', 'Never collected', null],
      ['kafka_requests', 'Never collected', null],
      ['kafka_egress_bytes', 'Collected', 250],
      ['kafka_ingress_bytes', 'Collected', 250],
    ]);
  } finally {
    await database.drop();
  }
});

test('a roll-up that lost facts is told, and what the ledger takes', async () => {
  const fact: PlainFact = {
    hour: new Date(Date.UTC(2026, 2, 29, 5)),
    meter: 'kafka_requests',
    resource: { workspace: 'a' },
    quantity: '1',
    cost: '1',
    currency: 'USD',
    estimated: false,
  };
  const database = await createDashboardLedger(ZONE, [fact, { ...fact, resource: { workspace: 'b' } }]);
  try {
    const request = { from: new Date(0), to: new Date(), variables: {} };
    expect(await rowsOf('rollUpLag', request, database)).toEqual([{ facts: '0' }]);
    await database.pool.query(
      'delete from chargeback_data.daily_fact where resource_id = (select min(id) from chargeback_data.resource)',
    );
    expect(await rowsOf('rollUpLag', request, database)).toEqual([{ facts: '1' }]);
    const tables = Object.fromEntries((await rowsOf('storage', request, database)).map((row) => [row['Table'], row]));
    expect(tables['fact']).toMatchObject({ Partitions: 3 });
    expect(tables['rate_card']).toMatchObject({ Partitions: 0 });
    expect(Number(tables['fact']?.['Size'])).toBeGreaterThan(8192);
    expect(Number((await rowsOf('databaseSize', request, database))[0]?.['size'])).toBeGreaterThan(1_000_000);
  } finally {
    await database.drop();
  }
});

test('requested collections of the range, and those that still run whenever they were asked for', async () => {
  const database = await createDashboardLedger(ZONE, []);
  try {
    await database.pool.query(
      `insert into chargeback_data.job (state, from_hour, to_hour, meters, done, total, created_at, created_by, started_at, finished_at, error) values
         ('done', '2026-03-01', '2026-03-02', '["kafka_requests", "kafka_egress_bytes"]', 48, 48, '2026-03-29T00:30Z', 'ann', '2026-03-29T00:31Z', '2026-03-29T00:33Z', 'series secret'),
         ('running', '2026-03-01', '2026-03-05', '["kafka_requests"]', 24, 96, '2026-01-01', 'bob', now() - interval '1 minute', null, null),
         ('failed', '2026-03-01', '2026-03-05', '["kafka_requests"]', 0, 96, '2026-01-01', 'eve', now(), now(), 'x')`,
    );
    const rows = await rowsOf(
      'requestedCollections',
      { from: new Date('2026-03-28T00:00:00Z'), to: new Date('2026-03-30T00:00:00Z'), variables: {} },
      database,
    );
    expect(rows.map((row) => [row['Asked at'], row['By'], row['Meters'], row['State'], Number(row['Done'])])).toEqual([
      ['2026-03-29 01:30', 'ann', 'kafka_requests, kafka_egress_bytes', 'done, with errors', 1],
      ['2026-01-01 01:00', 'bob', 'kafka_requests', 'running', 0.25],
    ]);
    expect(Number(rows[0]?.['Duration'])).toBe(120);
    expect(JSON.stringify(rows)).not.toContain('secret');
  } finally {
    await database.drop();
  }
});

test('where nothing was collected nothing is missing, and no figure is told', async () => {
  const request = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-06-01T00:00:00Z'), variables: {} };
  expect(await rowsOf('missingHours', request, empty)).toEqual([{ hours: null }]);
  expect(await rowsOf('failedHours', request, empty)).toEqual([{ hours: null }]);
  expect(await rowsOf('rollUpLag', request, empty)).toEqual([{ facts: null }]);
  for (const panel of [
    'statesOfHours',
    'missingByDay',
    'samplesOverTime',
    'runDurations',
    'deadLetters',
    'affectedPeriods',
  ] as const) {
    expect(await rowsOf(panel, request, empty)).toEqual([]);
  }
});
