import { withoutName } from './dimensions';
import { costs } from './sources';
import { inSpan, SPAN } from './time-range';

/** What "All" is in the address of a dashboard; the key of a bar that stands for many. */
const EVERY = `'$' || '__all'`;

/**
 * The `named` topics or principals that cost most in the range, then all others as "Other", then what has none, so that
 * the bars sum to the total. Columns name, value, key and cluster_key (what to set in the variables of the field and of
 * the cluster). Topics of one name in two clusters are two, and say of which cluster they are when there are several.
 */
export function largest(column: 'topic' | 'principal', named: number): string {
  const perCluster = column === 'topic';
  const cluster = perCluster ? 'cluster' : `''`;
  const label = perCluster
    ? `topic || case when cluster <> '' and (select count(distinct cluster) from amount) > 1 then ' · ' || cluster else '' end`
    : column;
  return `with ${SPAN},
  ${inSpan('fact', costs('cluster', column))},
  amount as (
    select ${cluster} as cluster, ${column}, sum(cost) as cost from fact group by 1, 2
  ),
  placed as (
    select *, row_number() over (partition by ${column} = '' order by cost desc, ${column}, cluster) <= ${named} as top from amount
  ),
  bar as (
    select case when ${column} = '' then 2 when top then 0 else 1 end as part,
      case when ${column} = '' then '${withoutName(column)}' when top then ${label} else 'Other' end as name,
      case when ${column} = '' then '' when top then ${column} else ${EVERY} end as key,
      case when top and ${column} <> '' and cluster <> '' then cluster else ${EVERY} end as cluster_key,
      cost
    from placed
  )
select name, sum(cost) as value, key, cluster_key
from bar
group by part, name, key, cluster_key
order by part, value desc, name`;
}
