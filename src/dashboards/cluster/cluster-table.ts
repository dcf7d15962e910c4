import { KEPT, keyOf, toChargeback, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { BEFORE, COMPARED } from '../queries/compared-range';
import { named } from '../queries/dimensions';
import { GIB, isEgress, isIngress } from '../queries/directions';
import { inCurrency, metered } from '../queries/evidence';
import { costs } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS, summed } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';
import { MONEY } from '../panels/money-unit';

const SQL = `with ${SPAN_OF_SUMS},
  ${BEFORE},
  ${summed(COMPARED)},
  ${inSpan('fact', metered('cluster', 'workspace', 'topic', 'meter'))},
  ${inSpan('past', costs('cluster'), COMPARED)},
  by_topic as (
    select cluster, topic, workspace = '' as nobodys, ${inCurrency('sum(cost)')} as cost,
      ${inCurrency('sum(sign(cost) * confident_cost)')} as sure, ${inCurrency('sum(abs(cost))')} as size,
      sum(quantity) filter (where ${isIngress('meter')} or ${isEgress('meter')}) as bytes
    from fact group by cluster, topic, workspace = ''
  ),
  of_topic as (
    select cluster, topic, sum(cost) as cost, sum(cost) filter (where nobodys) as unallocated, sum(sure) as sure, sum(size) as size,
      sum(bytes) as bytes
    from by_topic group by cluster, topic
  ),
  current as (
    select cluster, sum(cost) as cost, coalesce(sum(unallocated), 0) as unallocated, sum(sure) as sure, sum(size) as size,
      max(cost) filter (where topic <> '') as largest, sum(bytes) / ${GIB} as gib
    from of_topic group by cluster
  ),
  earlier as (
    select cluster, sum(cost) as cost_before from past group by cluster
  )
select ${named('cluster')} as "Cluster",
  coalesce(cost, 0) as "Cost",
  case when (select complete from before) then coalesce(cost, 0) - coalesce(cost_before, 0) end as "Change",
  case when (select complete from before) then (coalesce(cost, 0) - cost_before) / nullif(abs(cost_before), 0) end as "Change %",
  gib as "GiB",
  cost / nullif(gib, 0) as "Cost per GiB",
  largest / nullif(cost, 0) as "Largest topic",
  unallocated / nullif(cost, 0) as "Unallocated",
  sure / nullif(size, 0) as "Confidence",
  cluster as "key"
from current full join earlier using (cluster)
where cost is not null or cost_before is not null or gib is not null
order by coalesce(cost, 0) desc, cluster`;

/** A line a cluster: what it costs, how that changed, and how far it can be trusted. The costs sum to the total. */
export const clusterTable = (id: number) =>
  table({
    id,
    title: 'Clusters: cost and change, ${currency}',
    description:
      'Change: against the range before of the same elapsed time up to the last complete hour, when the ledger reaches back that far. GiB: carried in and out, priced or not. Largest topic: the share of the cost that one topic makes. Unallocated: the share that belongs to no workspace. Confidence is weighted by cost.',
    sql: SQL,
    noValue: EMPTY.noCost,
    sortedBy: 'Cost',
    columns: {
      Cluster: COLUMN.entity([
        toDashboard('Only this cluster', DASHBOARDS.cluster, { cluster: keyOf('key') }),
        toDashboard('Its principals', DASHBOARDS.principal, { cluster: keyOf('key'), workspace: KEPT }),
        toChargeback('In Chargeback', 'key'),
      ]),
      Cost: COLUMN.money(95),
      Change: COLUMN.change(90, false),
      'Change %': COLUMN.graded(THRESHOLDS.costChange, 'percentunit', 1, 85),
      GiB: COLUMN.gib(95),
      'Cost per GiB': COLUMN.graded(THRESHOLDS.plain, MONEY, 4, 105),
      'Largest topic': COLUMN.share(105),
      Unallocated: COLUMN.graded(THRESHOLDS.unallocatedShare, 'percentunit', 1, 100),
      Confidence: COLUMN.confidence(),
      key: COLUMN.hidden(),
    },
  });
