import { keyOf, toDashboard } from '../links-to';
import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { named } from '../queries/dimensions';
import { costs } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { NAMED_SERIES, THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs('cluster', 'topic'))},
  amount as (
    select cluster, topic, sum(cost) as cost from fact group by cluster, topic
  ),
  share as (
    select cluster, 100 * coalesce(max(cost) filter (where topic <> ''), 0) / nullif(sum(cost), 0) as share,
      row_number() over (order by sum(cost) desc, cluster) as place
    from amount group by cluster
  )
select ${named('cluster')} as name, share as value, cluster as key
from share
where place <= ${NAMED_SERIES} and share is not null
order by share desc, cluster`;

/** How far a cluster's cost hangs on one topic. */
export const largestTopicShare = (id: number) =>
  barGauge({
    id,
    title: 'Share of the largest topic',
    description: `Share of the cluster's cost that its largest topic makes, of the ${NAMED_SERIES} clusters that cost most; the table has it of all.`,
    sql: SQL,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.largestTopic,
    noValue: EMPTY.noCost,
    links: [toDashboard('Only this cluster', DASHBOARDS.cluster, { cluster: keyOf('key') })],
  }).max(100);
