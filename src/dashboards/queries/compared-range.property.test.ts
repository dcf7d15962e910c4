import fc from 'fast-check';
import { DateTime } from 'luxon';
import { isCostBoundary } from '../../collector/ledger/cost-source';
import { previousRange } from '../../collector/ledger/previous-range';
import { billingMonthOf } from '../../domain/billing-month';
import { HOUR } from '../../domain/hours';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { run } from '../../testing/dashboard-panels';
import { addMeters } from '../../testing/facts';
import { BEFORE } from './compared-range';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'] as const;
type Zone = (typeof ZONES)[number];
const ledgers = new Map<Zone, TestDatabase>();

beforeAll(async () => {
  for (const timezone of ZONES) {
    const ledger = await createDatabase({ timezone });
    await addMeters(ledger.pool, { lines: 'line' });
    ledgers.set(timezone, ledger);
  }
});
afterAll(async () => {
  await Promise.all([...ledgers.values()].map((ledger) => ledger.drop()));
});

/** What a dashboard of the range compares with when hours from the first of 2025 to `known` are collected. */
async function compared(zone: Zone, from: Date, to: Date, known: Date | null) {
  const ledger = ledgers.get(zone);
  if (!ledger) {
    throw new Error(`there is no ledger of ${zone}`);
  }
  await ledger.pool.query('delete from chargeback_data.collection');
  if (known) {
    await ledger.pool.query(
      `insert into chargeback_data.collection (meter_id, hour, collected_at)
       select id, hour, now() from chargeback_data.meter, unnest(array['2025-01-01T00:00Z'::timestamptz, $1]) as hour`,
      [new Date(known.getTime() - HOUR)],
    );
  }
  const [row] = await run(ledger, `with ${BEFORE} select begins, ends, complete::text from before`, { from, to });
  const [begins, ends] = [row?.['begins'] as Date, row?.['ends'] as Date];
  return { range: begins < ends ? `${begins.toISOString()} ${ends.toISOString()}` : null, complete: row?.['complete'] };
}

/** The range as the collector is asked for it: the hours that a dashboard takes, and the whole month of a part of one. */
function asPage(zone: Zone, from: Date, to: Date, known: Date | null) {
  const bound = (at: Date) => (isCostBoundary(at, zone) ? at : new Date(Math.ceil(at.getTime() / HOUR) * HOUR));
  const [begin, end] = [bound(from), bound(to.getTime() % 1000 === 999 ? new Date(to.getTime() + 1) : to)];
  const month = billingMonthOf(begin, zone);
  const ofMonth = month.start.getTime() === begin.getTime() && end <= month.end;
  const until = known && known > end ? end : known;
  const previous = previousRange({ from: begin, to: ofMonth ? month.end : end, timezone: zone }, until);
  return previous && `${previous.from.toISOString()} ${previous.to.toISOString()}`;
}

const local = (zone: Zone, text: string) => DateTime.fromISO(text, { zone }).toJSDate();

const edges = fc.oneof(
  // Days and months as Grafana rounds them, plain hours, and whatever the clock says.
  fc.constant('day' as const),
  fc.constant('month' as const),
  fc.constant('hour' as const),
  fc.constant('second' as const),
);

test('compares with what a page of the same range compares with, in every zone and over clock changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 500 * 24 }),
      fc.integer({ min: 1, max: 100 * 24 }),
      fc.integer({ min: -30, max: 110 * 24 }),
      fc.integer({ min: 1, max: 3_599_000 }),
      edges,
      edges,
      fc.boolean(),
      async (zone, start, length, elapsed, within, fromEdge, toEdge, lastMillisecond) => {
        const edge = (at: number, unit: 'second' | 'hour' | 'day' | 'month') =>
          DateTime.fromMillis(at, { zone }).startOf(unit).toMillis();
        const from = new Date(edge(Date.parse('2025-03-01T00:00Z') + start * HOUR + within, fromEdge));
        const end = edge(from.getTime() + length * HOUR + within, toEdge);
        const to = new Date(end - (lastMillisecond ? 1 : 0));
        fc.pre(to > from);
        const known = new Date(Math.floor((from.getTime() + elapsed * HOUR) / HOUR) * HOUR);
        expect((await compared(zone, from, to, known)).range).toBe(asPage(zone, from, to, known));
      },
    ),
    { numRuns: 400 },
  );
});

test.each<[what: string, zone: Zone, from: string, to: string, known: string | null, expected: string | null]>([
  ['a whole month', 'UTC', '2026-03-01', '2026-03-31T23:59:59.999', '2026-05-01', '2026-02-01 2026-03-01'],
  ['a month so far', 'UTC', '2026-03-01', '2026-03-20T10:07:31', '2026-03-20T10:00', '2026-02-01 2026-02-20T10:00'],
  ['the 31st', 'UTC', '2026-03-01', '2026-03-31T12:07:31', '2026-03-31T12:00', '2026-02-01 2026-03-01'],
  [
    'a month so far that was looked at long ago',
    'UTC',
    '2026-03-01',
    '2026-03-15',
    '2026-05-01',
    '2026-02-01 2026-02-15',
  ],
  [
    'summer time begins',
    'Europe/Berlin',
    '2026-04-01',
    '2026-04-20T12:30',
    '2026-04-20T12:00',
    '2026-03-01 2026-03-20T12:00',
  ],
  [
    'an hour that is there twice',
    'Europe/Berlin',
    '2026-11-01',
    '2026-11-30',
    '2026-11-25T02:00',
    '2026-10-01 2026-10-25T02:00+02:00',
  ],
  [
    'a month so far, to the day, of a zone within the hour',
    'Asia/Kolkata',
    '2026-03-01',
    '2026-03-10',
    '2026-05-01',
    '2026-02-01 2026-02-10',
  ],
  ['seven days', 'UTC', '2026-03-09T10:20', '2026-03-16T10:20', '2026-05-01', '2026-03-02T11:00 2026-03-09T11:00'],
  [
    'a week with a clock change',
    'Europe/Berlin',
    '2026-03-30',
    '2026-04-05T23:59:59.999',
    '2026-05-01',
    '2026-03-23 2026-03-30',
  ],
  ['more than a month', 'UTC', '2026-03-01', '2026-05-01', '2026-06-01', '2025-12-30 2026-03-01'],
  ['nothing known of it', 'UTC', '2026-03-01', '2026-03-31', '2026-03-01', null],
  ['nothing collected', 'UTC', '2026-03-01', '2026-03-31', null, null],
])('%s', async (_what, zone, from, to, known, expected) => {
  const asked = [local(zone, from), local(zone, to), known === null ? null : local(zone, known)] as const;
  const found = await compared(zone, ...asked);
  const range = expected?.split(' ').map((text) => local(zone, text).toISOString());
  expect(found).toEqual({ range: range?.join(' ') ?? null, complete: String(range !== undefined) });
  expect(asPage(zone, ...asked)).toBe(found.range);
});

test('what lies before the first hour of the ledger is not complete', async () => {
  const found = await compared(
    'UTC',
    new Date('2025-01-15T00:00Z'),
    new Date('2025-02-01T00:00Z'),
    new Date('2025-03-01T00:00Z'),
  );
  expect(found).toEqual({ range: '2024-12-29T00:00:00.000Z 2025-01-15T00:00:00.000Z', complete: 'false' });
});
