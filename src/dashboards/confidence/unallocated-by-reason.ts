import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { COLUMN } from '../panels/columns';
import { keyOf, toDashboard } from '../links-to';
import { named } from '../queries/dimensions';
import { costs } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { APP_ID, DASHBOARDS } from '../uids';

/** Ownership with what no rule matches, narrowed to the words of a column. */
const toOwnership = (column: string) => ({
  title: 'Assign an owner (Sources, Ownership)',
  url: `/a/${APP_ID}/sources?tab=ownership&unmatched=${keyOf(column)}`,
});

/** Why cost has no workspace, the dearest first. */
export const unallocatedByReason = (id: number) =>
  table({
    id,
    title: 'Unallocated by reason, ${currency}',
    description:
      'Cost of the range without a workspace: what the usage tells of itself, so which rule is missing. Beyond 3 days and 92 days from the roll-ups; sums to what is Unallocated.',
    sql: `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs('workspace', 'cluster', 'topic', 'principal', 'application', 'team', 'business_unit', 'cost_center'))},
  nobody as (
    select case
        when application <> '' or team <> '' or business_unit <> '' or cost_center <> '' then 'Its rule names an owner, but no workspace'
        when topic <> '' and principal <> '' then 'No rule for its topic or principal'
        when topic <> '' then 'No rule for its topic'
        when principal <> '' then 'No rule for its principal'
        when cluster <> '' then 'No rule for its cluster; the metric tells no topic or principal'
        else 'The metric tells no cluster, topic or principal' end as reason,
      cluster, topic, principal, cost
    from fact
    where workspace = ''
  )
select reason as "Reason", ${named('cluster')} as "Cluster", ${named('topic')} as "Topic",
  count(distinct nullif(principal, '')) as "Principals", sum(cost) as "Cost",
  sum(cost) / nullif(sum(sum(cost)) over (), 0) as "Share",
  case when topic <> '' then topic else coalesce(min(nullif(principal, '')), cluster) end as "search", cluster as "cluster"
from nobody
group by reason, nobody.cluster, topic
order by sum(cost) desc, reason, nobody.cluster, topic`,
    noValue: EMPTY.nothingUnallocated,
    columns: {
      Reason: COLUMN.entity([toOwnership('search')]),
      Cluster: COLUMN.entity([toDashboard('Cost by cluster', DASHBOARDS.cluster, { cluster: keyOf('cluster') })], 170),
      Topic: COLUMN.entity([toOwnership('search')], 220),
      Principals: COLUMN.count(),
      Cost: COLUMN.money(),
      Share: COLUMN.share(),
      search: COLUMN.hidden(),
      cluster: COLUMN.hidden(),
    },
    sortedBy: 'Cost',
  });
