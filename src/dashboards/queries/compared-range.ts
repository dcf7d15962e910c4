import type { TimeRange } from './time-range';

/** Grafana's end of a day or month is its last millisecond, of which only the next one is a boundary. */
const TO = `$__timeTo()::timestamptz + interval '1 millisecond' * (extract(milliseconds from $__timeTo()::timestamptz)::integer % 1000 = 999)::integer`;

const isDayStart = (at: string) => `(${at} at time zone zone)::date::timestamp at time zone zone = ${at}`;

/** The hours from an instant on are those from the next full hour on; only a billing day may begin within an hour. */
const nextBoundary = (at: string) =>
  `case when ${isDayStart(at)} then ${at} else date_trunc('hour', ${at} + interval '1 hour' - interval '1 microsecond', 'UTC') end`;

/**
 * The instant of a local time. Of the two that there are when clocks are put back it is the earlier one: PostgreSQL takes
 * the later one, which is reached three hours after the time three hours before only when nothing changes in between.
 */
const earliestInstant = (local: string) => {
  const through = `((${local} - interval '3 hours') at time zone zone + interval '3 hours')`;
  return `least(${local} at time zone zone, case when ${through} at time zone zone = ${local} then ${through} end)`;
};

/**
 * The common table expressions `asked`, `known` and `before`: [begins, ends) that the dashboard's range is compared with, of the
 * same elapsed time up to the watermark, and whether the ledger reaches back that far (complete). Of a range that begins
 * with a calendar month and ends in it, the month before; of another range the one of the same length just before it.
 * Elapsed time is counted in days and hours of the billing time zone where the range has whole days, whatever clock
 * changes lie between, and a 31st is compared with the end of a shorter month. Empty (begins = ends) when nothing of the
 * range is known yet. The rule of the collector's `previousRange`, so that page and dashboard agree: a month that a range
 * ends in is that month, known up to there.
 */
export const BEFORE = `asked as materialized (
  select coalesce(timezone, 'UTC') as zone, $__timeFrom()::timestamptz as begins, ${TO} as ends from chargeback.settings
),
known as materialized (
  select zone, begins, ends, of_month, of_month or by_days as by_days,
    case when of_month then begins_local - interval '1 month'
      when by_days then begins_local - (ends_local::date - begins_local::date) * interval '1 day' end as start_local,
    least(coalesce((select min(watermark) from chargeback.meter_status), begins), ends) as until,
    case when of_month then (begins_local + interval '1 month') at time zone zone else ends end as whole_ends
  from (
    select *, begins at time zone zone as begins_local, ends at time zone zone as ends_local,
      ${isDayStart('begins')} and ${isDayStart('ends')} as by_days,
      date_trunc('month', begins at time zone zone) at time zone zone = begins
        and ends at time zone zone <= begins at time zone zone + interval '1 month' as of_month
    from (
      select zone, ${nextBoundary('begins')} as begins, ${nextBoundary('ends')} as ends from asked
    ) bounded
  ) local
),
before as materialized (
  select starts as begins, greatest(starts, ends) as ends,
    coalesce(starts < ends and (select min(first) from chargeback.meter_status) <= starts, false) as complete
  from (
    select starts, case when until > begins then least(begins, case when until >= whole_ends then begins
      when ${isDayStart('same')} then same else date_trunc('hour', same, 'UTC') end) end as ends
    from (
      select *, case when by_days then ${earliestInstant('same_local')} else starts + (until - begins) end as same
      from (
        select *, case when by_days then start_local at time zone zone else begins - (ends - begins) end as starts,
          start_local::date + (until at time zone zone - (begins at time zone zone)::date) as same_local
        from known
      ) started
    ) elapsed
  ) bounded
)`;

/** The range that `BEFORE` finds, for `span` and `inSpan`; its own name is `span_before`. */
export const COMPARED: TimeRange = {
  name: 'span_before',
  begins: '(select begins from before)',
  ends: '(select ends from before)',
  earliest: `(least($__timeFrom()::timestamptz - ($__timeTo()::timestamptz - $__timeFrom()::timestamptz), $__timeFrom()::timestamptz - interval '1 month') - interval '2 days')`,
  latest: `($__timeFrom()::timestamptz + interval '1 day')`,
};
