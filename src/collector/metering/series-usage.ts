import type { MeterKind } from '../../domain/meter';
import { partsOfReadings } from './usage';

/**
 * A gauge's usage is rounded once, for a resource; its series share that by the largest remainder, so that they sum to
 * it. Quantities are exact unit-seconds before, whole units of 10⁻¹² unit-hours within.
 */
const GAUGE = `
  exact as (
    select p.series_id, o.resource_id, sum(p.quantity) * 1000000000000 as units
    from part p join owned o on o.observed_id = p.resource_id
    where p.hour = $2
    group by p.series_id, o.resource_id
  ), share as (
    select *, chargeback_data.floor_divide(units, 3600) as floor, units - 3600 * chargeback_data.floor_divide(units, 3600) as remainder,
      chargeback_data.divide_half_up(sum(units) over (partition by resource_id), 3600) as whole
    from exact
  ), series_usage as (
    select series_id, resource_id, 0.000000000001 * (floor + case
      when row_number() over (partition by resource_id order by remainder desc, series_id)
        <= whole - sum(floor) over (partition by resource_id) then 1 else 0 end) as quantity
    from share
  )`;

const SUM = `
  series_usage as (
    select p.series_id, o.resource_id, sum(p.quantity) as quantity
    from part p join owned o on o.observed_id = p.resource_id
    where p.hour = $2
    group by p.series_id, o.resource_id
  )`;

/**
 * CTEs, the last of them `series_usage` (series_id, resource_id, quantity): what each series of the meter $1 contributed
 * to the hour [$2, $3), by the parts of which usageOfReadings sums a resource's usage. They need a CTE `owned`
 * (observed_id, resource_id) of the observed resources that matter and their owners in that hour.
 */
export function seriesUsage(kind: MeterKind): string {
  const parts = partsOfReadings(kind, 's.resource_id in (select observed_id from owned)');
  return `${parts}, ${kind === 'gauge' ? GAUGE : SUM}`;
}
