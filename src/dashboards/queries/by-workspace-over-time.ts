import { NAMED_WORKSPACES } from '../thresholds';
import { SPAN, inSpan, type FactSource } from './time-range';

/**
 * The sum of `measure` over time for the largest workspaces of the range, with all others as "Other" and what has no
 * workspace as "Unallocated", so that the series sum to the total. Columns time, metric, value.
 */
export function byWorkspaceOverTime(source: FactSource, measure: string): string {
  return `with ${SPAN},
  ${inSpan('fact', source)},
  amount as (
    select bucket, workspace, sum(${measure}) as amount from fact group by bucket, workspace
  ),
  place as (
    select workspace, row_number() over (order by sum(amount) desc, workspace) as place
    from amount where workspace <> '' group by workspace
  )
select bucket as time,
  case when workspace = '' then 'Unallocated' when place <= ${NAMED_WORKSPACES} then workspace else 'Other' end as metric,
  sum(amount) as value
from amount left join place using (workspace)
group by 1, 2
order by 1, min(coalesce(place, 1000000))`;
}
