/**
 * The common table expression `run`: hours of the collector's meters in the dashboard's range [from, to), with the zone of
 * billing days (`zone`).
 */
export const RUNS = `zone as materialized (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
),
run as materialized (
  select r.*
  from chargeback.collection_runs r
  where r.hour >= $__timeFrom()::timestamptz and r.hour < $__timeTo()::timestamptz
)`;

/** The common table expression `late`: by meter, how many hours have ended more than an hour ago and are still to be collected. */
export const LATE = `late as materialized (
  select meter, watermark, greatest(0, floor(extract(epoch from now() - watermark) / 3600)::integer - 1) as hours
  from chargeback.meter_status
)`;
