import type { TimeRange } from './time-range';

/**
 * The common table expressions `known` and `before`: [begins, ends) that the dashboard's range is compared with, of the
 * same elapsed time up to the watermark. Of a range that begins with a calendar month and ends in it, the month before;
 * of another range the one of the same length just before it. Days are those of the billing time zone, whatever clock
 * changes lie between, and a 31st is compared with the end of a shorter month. Empty (begins = ends) when nothing of the
 * range is known yet. The same rule as `previousRange` of the collector, so that page and dashboard agree.
 */
export const BEFORE = `known as materialized (
  select zone, begins, ends, least(ends, coalesce((select min(watermark) from chargeback.meter_status), begins)) as until
  from (
    select coalesce(timezone, 'UTC') as zone, $__timeFrom()::timestamptz as begins,
      $__timeTo()::timestamptz + interval '1 millisecond' * (extract(milliseconds from $__timeTo()::timestamptz)::integer % 1000 = 999)::integer as ends
    from chargeback.settings
  ) asked
),
before as materialized (
  select (start_local at time zone zone) as begins,
    case when whole then asked_begins
      else greatest(least((start_local + elapsed) at time zone zone, asked_begins), start_local at time zone zone) end as ends
  from (
    select zone, begins as asked_begins, until >= ends and (ends_local = begins_local + interval '1 month' or not of_month) as whole,
      greatest(until at time zone zone - begins at time zone zone, interval '0') as elapsed,
      case when of_month then begins_local - interval '1 month'
        else begins_local - (ends_local - begins_local) end as start_local
    from (
      select *, begins_local = date_trunc('month', begins_local) and ends_local <= begins_local + interval '1 month' as of_month
      from (select *, begins at time zone zone as begins_local, ends at time zone zone as ends_local from known) in_zone
    ) local
  ) shifted
)`;

/** The range that `BEFORE` finds, for `span` and `inSpan`; its own name is `span_before`. */
export const COMPARED: TimeRange = {
  name: 'span_before',
  begins: '(select begins from before)',
  ends: '(select ends from before)',
  earliest: `(least($__timeFrom()::timestamptz - ($__timeTo()::timestamptz - $__timeFrom()::timestamptz), $__timeFrom()::timestamptz - interval '1 month') - interval '2 days')`,
  latest: `($__timeFrom()::timestamptz + interval '1 day')`,
};
