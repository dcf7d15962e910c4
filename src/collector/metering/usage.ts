import type { Hour } from '../../domain/hours';
import type { MeterKind } from '../../domain/meter';
import type { Client } from '../db/pool';

/** A query of usage (hour, resource_id, quantity, coverage, estimated) of the meter $1 in the hours [$2, $3). */
export interface UsageQuery {
  sql: string;
  /** Values of the parameters from $4 on. */
  values: unknown[];
}

/*
 * Usage of an hour of a counter = growth inside the hour + its link to the reading before. A link over hours without a
 * sample is a row of `gap` and comes in even parts, cut at 12 decimals (or the amount's own), the last taking the rest.
 * A first reading without one before counts from zero, but in the meter's very first hour, and where the process ran
 * before it was scraped.
 */
const counter = (series: string) => `
  reading as (
    select r.hour, r.first, r.last, coalesce(r.growth, r.last - r.first) as growth, r.samples, r.coverage, r.preexisting,
      lag(r.hour) over series as hour_before, lag(r.last) over series as last_before, r.series_id, s.resource_id, s.first_hour
    from chargeback_data.series s
    join chargeback_data.reading r on r.series_id = s.id and r.hour >= $2::timestamptz - interval '1 hour' and r.hour < $3::timestamptz
    where s.meter_id = $1 and ${series}
    window series as (partition by r.series_id order by r.hour)
  ), part as (
    select hour, series_id, resource_id, coverage, false as estimated, growth + case
        when hour_before = hour - interval '1 hour' then case when first >= last_before then first - last_before else first end
        when first_hour < hour then 0
        when preexisting or hour = (select min(first_hour) from chargeback_data.series where meter_id = $1) then 0
        else first end as quantity
    from reading where hour >= $2 and samples > 0
    union all
    select greatest(h.hour, o.hour), g.series_id, s.resource_id, 0, true, case when h.hour < g.to_hour then p.part else g.amount - (p.hours - 1) * p.part end
    from chargeback_data.gap g
    join chargeback_data.series s on s.id = g.series_id and s.meter_id = $1 and ${series}
    cross join lateral (
      -- div and not /, which rounds at some digit before trunc could cut.
      select n.hours, div(g.amount * ('1e' || n.digits)::numeric, n.hours) * ('1e-' || n.digits)::numeric as part
      from (select (extract(epoch from g.to_hour - g.from_hour) / 3600)::integer as hours, greatest(12, scale(g.amount)) as digits) n
    ) p
    -- The first open hour: a month may end within an hour, which belongs to it whole.
    cross join lateral (select date_trunc('hour', g.closed_before + interval '59 minutes') as hour) o
    cross join lateral generate_series(
      case when o.hour >= $2 then g.from_hour + interval '1 hour' else greatest(g.from_hour + interval '1 hour', $2) end,
      least(g.to_hour, $3::timestamptz - interval '1 hour'), interval '1 hour') as h(hour)
    where g.to_hour >= $2 and g.from_hour < $3::timestamptz - interval '1 hour' and o.hour < $3
  )`;

const gauge = (series: string) => `
  part as (
    select r.hour, r.series_id, s.resource_id, r.coverage, false as estimated, r.growth as quantity
    from chargeback_data.series s
    join chargeback_data.reading r on r.series_id = s.id and r.hour >= $2::timestamptz and r.hour < $3::timestamptz and r.samples > 0
    where s.meter_id = $1 and ${series}
  )`;

/**
 * CTEs, the last of them `part` (hour, series_id, resource_id as observed, coverage, estimated, quantity): what each
 * series contributes to the hours [$2, $3) of the meter $1, whether they were collected or not; a series may have several
 * parts in an hour. A gauge's quantities are exact unit-seconds. `series` is a condition on the series `s`.
 */
export function partsOfReadings(kind: MeterKind, series = 'true'): string {
  return kind === 'counter' ? counter(series) : gauge(series);
}

/** A gauge's division by 3600 rounds once, after the sum. */
const QUANTITY: Record<MeterKind, string> = {
  counter: 'sum(p.quantity)',
  gauge: `chargeback_data.divide_half_up(sum(p.quantity) * 1000000000000, 3600) * 0.000000000001`,
  expression: 'sum(p.quantity)',
};

/**
 * The usage of a meter's hours as the readings and the directory say; only collected hours have usage. A part of nothing
 * makes no hour estimated.
 */
export function usageOfReadings(kind: MeterKind): UsageQuery {
  return {
    sql: `with ${partsOfReadings(kind)}
     select p.hour, o.resource_id, ${QUANTITY[kind]} as quantity,
       coalesce(avg(p.coverage) filter (where not p.estimated), 0)::numeric(5, 4) as coverage,
       bool_or(p.estimated and p.quantity <> 0) as estimated
     from part p
     join chargeback_data.collection c on c.meter_id = $1 and c.hour = p.hour and c.collected_at is not null
     join chargeback_data.ownership o on o.observed_id = p.resource_id and p.hour >= o.valid_from and p.hour < o.valid_to
     group by p.hour, o.resource_id`,
    values: [],
  };
}

/** The usage that the facts hold, for rating it anew; all of it, or one workspace's. */
export function usageOfFacts(workspace: string | null): UsageQuery {
  return {
    sql: `select f.hour, f.resource_id, f.quantity, f.coverage, f.estimated
     from chargeback_data.fact f ${workspace === null ? '' : 'join chargeback_data.resource r on r.id = f.resource_id and r.workspace = $4'}
     where f.meter_id = $1 and f.hour >= $2::timestamptz and f.hour < $3::timestamptz`,
    values: workspace === null ? [] : [workspace],
  };
}

/** Writes for the collected hours in [from, to) what first samples of older processes were not counted. */
export async function noteNotCounted(db: Client, meterId: number, from: Hour, to: Hour): Promise<void> {
  await db.query(
    `update chargeback_data.collection c set not_counted = n.amount
     from (
       select c.hour, coalesce(sum(r.first), 0) as amount
       from chargeback_data.collection c
       left join (chargeback_data.reading r join chargeback_data.series s on s.id = r.series_id and s.meter_id = $1 and s.first_hour = r.hour)
         on r.hour = c.hour and r.preexisting and r.hour >= $2 and r.hour < $3
         and r.hour <> (select min(first_hour) from chargeback_data.series where meter_id = $1)
       where c.meter_id = $1 and c.hour >= $2 and c.hour < $3
       group by c.hour
     ) n
     where c.meter_id = $1 and c.hour = n.hour and c.not_counted <> n.amount`,
    [meterId, new Date(from), new Date(to)],
  );
}
