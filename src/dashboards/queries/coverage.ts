/** How long after its beginning an hour counts as missing: its end and two hours, the green limit of the data's age. */
const SETTLED = `interval '3 hours'`;

/** How many hours begin in [from, to). */
const hoursIn = (from: string, to: string) =>
  `greatest(0, ceil(extract(epoch from ${to}) / 3600) - ceil(extract(epoch from ${from}) / 3600))::integer`;

/**
 * Common table expressions: `day` (begins, ends) of the billing time zone that the dashboard's range touches, and
 * `coverage`: for each meter and day how many hours of the range were to be collected by now (`expected`) and were
 * (`collected`). A meter is expected from its first collected hour on, also when the collector has stood still since.
 */
export const COVERAGE = `zone as materialized (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
),
day as materialized (
  select begins at time zone zone as begins, (begins + interval '1 day') at time zone zone as ends
  from zone, generate_series(date_trunc('day', $__timeFrom()::timestamptz at time zone zone),
    least($__timeTo()::timestamptz, now()) at time zone zone - interval '1 microsecond', interval '1 day') as begins
),
seen as (
  select r.meter, date_trunc('day', r.hour, zone) as begins, count(*)::integer as collected
  from chargeback.collection_runs r, zone
  where r.hour >= $__timeFrom()::timestamptz and r.hour < $__timeTo()::timestamptz and r.collected_at is not null
  group by 1, 2
),
coverage as materialized (
  select m.meter, d.begins, coalesce(s.collected, 0) as collected, ${hoursIn('greatest(d.begins, m.first, $__timeFrom()::timestamptz)', `least(d.ends, $__timeTo()::timestamptz, now() - ${SETTLED})`)} as expected
  from chargeback.meter_status m
  cross join day d
  left join seen s on s.meter = m.meter and s.begins = d.begins
  where m.first is not null
)`;
