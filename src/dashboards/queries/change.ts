import { BEFORE, COMPARED } from './compared-range';
import type { ResourceField } from '../../domain/resource';
import type { FieldName } from './dimensions';
import { inCurrency, metered } from './evidence';
import { costs } from './sources';
import { inSpan, SPAN_OF_SUMS, summed, type FactSource } from './time-range';

/** The common table expressions of the dashboard's range and of the one that it is compared with. */
const RANGES = `${SPAN_OF_SUMS},
  ${BEFORE},
  ${summed(COMPARED)}`;

/** The common table expression `change`, of the range (`fact`) and of the one before (`fact_before`), of the sources. */
const changeOf = (now: FactSource, before: FactSource, change: string): string => `${RANGES},
  ${inSpan('fact', now)},
  ${inSpan('fact_before', before, COMPARED)},
  change as materialized (
    ${change}
  )`;

/**
 * The common table expression `change`: for each combination of `columns` the cost in the dashboard's range (cost_now) and
 * in the one that it is compared with (cost_before), null where there is none; with those of `BEFORE`.
 */
export function changeOfCost(columns: FieldName[] = []): string {
  const source = costs(...columns);
  const names = columns.map((column) => `${column}, `).join('');
  const group = columns.length > 0 ? ` group by ${columns.join(', ')}` : '';
  return changeOf(
    source,
    source,
    `select ${names}sum(cost_now) as cost_now, sum(cost_before) as cost_before
    from (
      select ${names}sum(cost) as cost_now, null::numeric as cost_before from fact${group}
      union all
      select ${names}null, sum(cost) from fact_before${group}
    ) part${group}`,
  );
}

/**
 * The same by meter (charge_type, unit), with quantities: what is priced in the dashboard's currency, and what has no price,
 * so that what is used before and priced now is not taken for new. A row a resource and meter, which have the names
 * `columns`: by number they are summed in two thirds of the time that it takes by names.
 */
export function changeByMeter(...columns: ResourceField[]): string {
  const source = metered('resource_id', 'meter_id');
  const cost = inCurrency('sum(cost)');
  // Usage without a price was free; what is priced in another currency is no usage of this one.
  const quantity = `sum(quantity) filter (where currency = \${currency:sqlstring} or currency is null and quantity <> 0)`;
  return changeOf(
    source,
    source,
    `select ${columns.map((column) => `r.${column}, `).join('')}m.meter as charge_type, m.unit, cost_now, cost_before, quantity_now, quantity_before
    from (
      select resource_id, meter_id, sum(cost_now) as cost_now, sum(cost_before) as cost_before,
        sum(quantity_now) as quantity_now, sum(quantity_before) as quantity_before
      from (
        select resource_id, meter_id, ${cost} as cost_now, null::numeric as cost_before,
          ${quantity} as quantity_now, null::numeric as quantity_before
        from fact group by resource_id, meter_id
        union all
        select resource_id, meter_id, null, ${cost}, null, ${quantity} from fact_before group by resource_id, meter_id
      ) part
      group by resource_id, meter_id
    ) summed
    join chargeback.resources r using (resource_id)
    join chargeback.meters m using (meter_id)
    where coalesce(cost_now, cost_before, quantity_now, quantity_before) is not null`,
  );
}
