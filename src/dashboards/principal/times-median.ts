import { DIMENSIONS, matchesVariables, PRINCIPAL, TOPIC } from '../queries/dimensions';
import { carried, GIB } from '../queries/directions';
import { costs } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS, type FactSource } from '../queries/time-range';

/** Which clusters are looked at; all other fields only say which of their principals are. */
const PLACES = DIMENSIONS.filter(({ variable }) => ['org', 'environment', 'cluster'].includes(variable));
const WHO = [...DIMENSIONS.filter((dimension) => !PLACES.includes(dimension)), TOPIC, PRINCIPAL];
const NEEDED = ['cluster', ...WHO.map(({ column }) => column)];

/** The source with the filters of places only, so that the median is that of the whole cluster. */
const everybody = (source: FactSource): FactSource => ({
  ...source,
  where: source.where.replace(matchesVariables('f'), matchesVariables('f', PLACES)),
});

/**
 * One row: cost per GiB of what is chosen, and how many times that is what it would cost at the median cost per GiB of the
 * principals of each cluster. The median is a float: it grades a principal and enters no amount.
 */
export const TIMES_MEDIAN = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', everybody(costs(...NEEDED)))},
  ${inSpan('used', everybody(carried(...NEEDED)))},
  price as (
    select cluster, principal, sum(cost) as cost, sum(cost) filter (where ${matchesVariables('fact', WHO)}) as chosen_cost
    from fact where principal <> '' group by cluster, principal
  ),
  traffic as (
    select cluster, principal, sum(quantity) / ${GIB} as gib, sum(quantity) filter (where ${matchesVariables('used', WHO)}) / ${GIB} as chosen_gib
    from used where principal <> '' group by cluster, principal
  ),
  rate as (
    select * from price join traffic using (cluster, principal) where gib > 0
  ),
  median as (
    select cluster, percentile_cont(0.5) within group (order by (cost / gib)::double precision)::numeric as median from rate group by cluster
  )
select sum(chosen_cost) / nullif(sum(chosen_gib), 0) as "Cost per GiB",
  sum(chosen_cost) / nullif(sum(chosen_gib * median), 0) as "Times the median"
from rate join median using (cluster)
where chosen_gib > 0 and chosen_cost is not null`;
