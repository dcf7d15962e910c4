import { DateTime } from 'luxon';
import { Decimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import { alertValues, firing } from '../../testing/firing-alerts';
import { confidenceDrop, confidenceFloor, unallocatedShare, unpricedUsage } from './evidence-alerts';

const ZONE = 'America/New_York';
const METER = 'kafka_ingress_bytes';
/** The last complete hour. */
const last = new Date(Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR);
const hoursBefore = (hours: number) => new Date(last.getTime() - hours * HOUR);
/** The billing day that the last complete hour ends in: it is not complete. */
const today = DateTime.fromMillis(last.getTime() + HOUR, { zone: ZONE }).startOf('day');
/** Noon of the day so many days before. */
const day = (before: number) => today.minus({ days: before }).set({ hour: 12 }).toJSDate();

const fact = (hour: Date, workspace: string, cost: string | null, more: Partial<PlainFact> = {}): PlainFact => ({
  hour,
  meter: METER,
  resource: { workspace, team: workspace && 'team' },
  quantity: '1',
  cost,
  currency: 'USD',
  estimated: false,
  ...more,
});
/** Makes the meter collected up to the last complete hour, at no cost. */
const UP_TO_DATE = fact(last, 'free', '0');

type Pool = Awaited<ReturnType<typeof createDashboardLedger>>['pool'];
async function inLedger(facts: PlainFact[], look: (pool: Pool) => Promise<void>) {
  const ledger = await createDashboardLedger(ZONE, facts);
  try {
    await look(ledger.pool);
  } finally {
    await ledger.drop();
  }
}

test.each([
  ['10', 10, [], []],
  ['10.000000000001', expect.closeTo(10, 9), ['currency:USD'], []],
  ['20', 20, ['currency:USD'], []],
  ['20.000000000001', expect.closeTo(20, 9), ['currency:USD'], ['currency:USD']],
])('%s of 100 without an owner', (cost, value, warns, alarms) =>
  inLedger(
    [UP_TO_DATE, fact(day(1), '', cost), fact(day(7), 'app', new Decimal(100).minus(cost).toFixed())],
    async (pool) => {
      expect(await alertValues(pool, unallocatedShare)).toEqual({ 'currency:USD': value });
      expect(await firing(pool, unallocatedShare, 'warning')).toEqual(warns);
      expect(await firing(pool, unallocatedShare, 'critical')).toEqual(alarms);
    },
  ),
);

test('the share is that of the last 7 complete days, in each currency on its own', () =>
  inLedger(
    [
      UP_TO_DATE,
      fact(today.minus({ minutes: 1 }).startOf('hour').toJSDate(), '', '5'),
      fact(today.minus({ days: 7 }).toJSDate(), 'app', '95'),
      // The day that is not over, and the hour before the seven days.
      fact(last, '', '1000'),
      fact(today.minus({ days: 7 }).minus({ hours: 1 }).toJSDate(), '', '1000'),
      fact(day(2), '', '1', { currency: 'EUR', meter: 'kafka_requests' }),
      fact(last, 'free', '0', { currency: 'EUR', meter: 'kafka_requests' }),
    ],
    async (pool) =>
      expect(await alertValues(pool, unallocatedShare)).toEqual({ 'currency:EUR': 100, 'currency:USD': 5 }),
  ));

test('no cost without an owner, no cost at all, and a meter that is late fire nothing', async () => {
  await inLedger([], async (pool) => expect(await alertValues(pool, unallocatedShare)).toEqual({ 'currency:USD': 0 }));
  await inLedger([UP_TO_DATE, fact(day(1), 'app', '1')], async (pool) =>
    expect(await alertValues(pool, unallocatedShare)).toEqual({ 'currency:USD': 0 }),
  );
  // The same cost without an owner, once of a meter that is collected and once of one that is behind by days.
  await inLedger([UP_TO_DATE, fact(day(3), '', '1')], async (pool) =>
    expect(await firing(pool, unallocatedShare, 'critical')).toEqual(['currency:USD']),
  );
  await inLedger([UP_TO_DATE, fact(day(3), '', '1', { meter: 'kafka_requests' })], async (pool) =>
    expect(await alertValues(pool, unallocatedShare)).toEqual({ 'currency:USD': 0 }),
  );
});

/** The cost of an hour of which `estimated` is known at a confidence of 0.7, all else at 1. */
const costOf = (hour: Date, workspace: string, estimated: string, metered: string, more: Partial<PlainFact> = {}) => [
  fact(hour, workspace, estimated, {
    ...more,
    estimated: true,
    resource: { workspace, team: 'team', topic: 'estimated' },
  }),
  fact(hour, workspace, metered, { ...more, resource: { workspace, team: 'team', topic: 'metered' } }),
];

test('confidence is weighed by cost; it fires when more than 0.25 is missing, not at 0.25', () =>
  inLedger(
    [
      UP_TO_DATE,
      // 0.3 × 5 ÷ 6 = 0.25.
      ...costOf(hoursBefore(3), 'limit', '50', '10'),
      ...costOf(hoursBefore(3), 'beyond', '50', '9.999'),
      ...costOf(hoursBefore(23), 'worst', '1', '0'),
      ...costOf(hoursBefore(3), 'best', '0', '1'),
      // No more than 24 hours.
      ...costOf(hoursBefore(24), 'best', '1000', '0'),
    ],
    async (pool) => {
      expect(await alertValues(pool, confidenceFloor)).toEqual({
        'workspace:': 0,
        'workspace:free': 0,
        'workspace:limit': 0.25,
        'workspace:beyond': expect.closeTo(0.25, 3),
        'workspace:worst': 0.3,
        'workspace:best': 0,
      });
      expect(await firing(pool, confidenceFloor, 'warning')).toEqual(['workspace:beyond', 'workspace:worst']);
    },
  ));

test('confidence that drops by more than 0.1 below that of the 28 days before fires; what has no past does not', () =>
  inLedger(
    [
      UP_TO_DATE,
      ...costOf(day(10), 'limit', '0', '1'),
      ...costOf(hoursBefore(3), 'limit', '1', '2'),
      ...costOf(day(10), 'beyond', '0', '1'),
      ...costOf(hoursBefore(3), 'beyond', '1', '1.999'),
      ...costOf(day(10), 'always weak', '1', '0'),
      ...costOf(hoursBefore(3), 'always weak', '1', '0'),
      ...costOf(day(10), 'better', '1', '0'),
      ...costOf(hoursBefore(3), 'better', '0', '1'),
      ...costOf(hoursBefore(3), 'new', '1', '0'),
      ...costOf(day(31), 'long ago', '0', '1'),
      ...costOf(hoursBefore(3), 'long ago', '1', '0'),
      ...costOf(day(10), 'silent', '0', '1'),
    ],
    async (pool) => {
      expect(await alertValues(pool, confidenceDrop)).toMatchObject({
        'workspace:limit': 0.1,
        'workspace:always weak': 0,
        'workspace:better': 0,
        'workspace:new': 0,
        'workspace:long ago': 0,
        'workspace:silent': 0,
        'workspace:': 0,
      });
      expect(await firing(pool, confidenceDrop, 'warning')).toEqual(['workspace:beyond']);
    },
  ));

test('a meter that is late says nothing about confidence', () =>
  inLedger(
    [
      UP_TO_DATE,
      ...costOf(day(10), 'app', '0', '1', { meter: 'kafka_requests' }),
      ...costOf(hoursBefore(8), 'app', '1', '0', { meter: 'kafka_requests' }),
    ],
    async (pool) => {
      expect((await alertValues(pool, confidenceFloor))['workspace:app']).toBe(0);
      expect((await alertValues(pool, confidenceDrop))['workspace:app']).toBe(0);
      await pool.query(
        `insert into chargeback_data.collection (meter_id, hour, collected_at)
         select id, $1, now() from chargeback_data.meter where slug = 'kafka_requests'`,
        [last],
      );
      expect(await firing(pool, confidenceFloor, 'warning')).toEqual(['workspace:app']);
      expect(await firing(pool, confidenceDrop, 'warning')).toEqual(['workspace:app']);
    },
  ));

test('a meter fires when something of it was used without a price in the last 24 hours; a price of 0 is a price', () =>
  inLedger(
    [
      UP_TO_DATE,
      fact(hoursBefore(23), 'app', null),
      fact(hoursBefore(23), 'web', null),
      fact(hoursBefore(2), 'app', null),
      fact(hoursBefore(24), 'app', null, { meter: 'kafka_egress_bytes' }),
      fact(hoursBefore(5), 'app', null, { meter: 'kafka_requests', quantity: '0' }),
      fact(hoursBefore(5), 'app', '0', { meter: 'kafka_ingress_messages' }),
    ],
    async (pool) => {
      expect(await alertValues(pool, unpricedUsage)).toEqual({
        'meter:kafka_ingress_bytes': 2,
        'meter:kafka_egress_bytes': 0,
        'meter:kafka_requests': 0,
        'meter:kafka_ingress_messages': 0,
      });
      expect(await firing(pool, unpricedUsage, 'warning')).toEqual(['meter:kafka_ingress_bytes']);
    },
  ));
