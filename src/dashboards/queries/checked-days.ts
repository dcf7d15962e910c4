/**
 * The common table expressions `zone`, `whole` (first_day, end_day: the days of the billing time zone that lie wholly in the
 * dashboard's range and are over) and `day`: those of them of which anything was collected, which the collector therefore checks.
 */
export const CHECKED_DAYS = `zone as materialized (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
),
whole as materialized (
  select zone, ($__timeFrom()::timestamptz at time zone zone - interval '1 microsecond')::date + 1 as first_day,
    (least($__timeTo()::timestamptz + interval '1 millisecond', now()) at time zone zone)::date as end_day
  from zone
),
day as materialized (
  select distinct (r.hour at time zone zone)::date as day
  from chargeback.collection_runs r, whole
  where r.collected_at is not null and r.hour >= first_day::timestamp at time zone zone and r.hour < end_day::timestamp at time zone zone
)`;

/** A checksum of 64 bits as 16 hexadecimal digits. */
export const HEX = (checksum: string) =>
  `lpad(to_hex(div(${checksum}, 4294967296)::bigint), 8, '0') || lpad(to_hex(mod(${checksum}, 4294967296)::bigint), 8, '0')`;
