/**
 * Common table expressions of what the collector did in the dashboard's range: `zone` (zone), the `meter`s that are collected
 * (meter, first, watermark), and `run`: their hours in the range that were read or tried (meter, hour, state, and further
 * `columns` of collection_runs); `within` the hours from the meter's first to its watermark, of which none should be missing.
 */
export const runs = (...columns: string[]) => `zone as materialized (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
),
meter as materialized (
  select meter, first, watermark from chargeback.meter_status
),
run as materialized (
  select ${['meter', 'hour', 'state', ...columns].map((column) => `r.${column}`).join(', ')}, coalesce(r.hour >= m.first and r.hour < m.watermark, false) as within
  from chargeback.collection_runs r join meter m using (meter)
  where r.hour >= $__timeFrom()::timestamptz and r.hour < $__timeTo()::timestamptz
)`;

/** How many hours begin in [from, to). */
const hoursIn = (from: string, to: string) =>
  `greatest(0, ceil(extract(epoch from ${to}) / 3600) - ceil(extract(epoch from ${from}) / 3600))::integer`;

/**
 * The common table expression `per_part` behind `runs()`: by meter and `part` of the range ('day' or 'month' of the billing
 * time zone, named by when it `begins`), how many hours were collected, failed and are missing.
 */
export const perPart = (part: 'day' | 'month') => `part as (
  select local::date as local, local at time zone zone as begins, (local + interval '1 ${part}') at time zone zone as ends
  from zone, generate_series(date_trunc('${part}', $__timeFrom()::timestamptz at time zone zone),
    $__timeTo()::timestamptz at time zone zone - interval '1 microsecond', interval '1 ${part}') as local
),
seen_day as (
  select meter, (hour at time zone zone)::date as day, count(*) filter (where state = 'collected') as collected,
    count(*) filter (where state = 'failed') as failed, count(*) filter (where within and state <> 'missing') as within
  from run, zone group by 1, 2
),
seen as (
  select meter, date_trunc('${part}', day::timestamp)::date as local, sum(collected)::integer as collected, sum(failed)::integer as failed, sum(within)::integer as within
  from seen_day group by 1, 2
),
per_part as materialized (
  select m.meter, p.begins, coalesce(s.collected, 0) as collected, coalesce(s.failed, 0) as failed,
    case when m.watermark is null then 0 else ${hoursIn('greatest(p.begins, m.first, $__timeFrom()::timestamptz)', 'least(p.ends, m.watermark, $__timeTo()::timestamptz)')} - coalesce(s.within, 0) end as missing
  from meter m cross join part p left join seen s using (meter, local)
  where m.watermark is not null or s.meter is not null
)`;

/** The common table expression `late` behind `runs()`: by meter, how many hours have ended more than an hour ago and are still to be collected. */
export const LATE = `late as materialized (
  select meter, watermark, greatest(0, floor(extract(epoch from now() - watermark) / 3600)::integer - 1) as hours
  from meter
)`;
