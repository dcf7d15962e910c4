import { VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import { barChart } from '../panels/bar-chart';
import { EMPTY } from '../panels/empty-texts';
import { withoutName } from '../queries/dimensions';
import { isEgress, isIngress } from '../queries/directions';
import { traffic } from '../queries/of-principals';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { NAMED_SERIES } from '../thresholds';

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('used', traffic('cluster', 'topic', 'meter'))},
  amount as (
    select cluster, topic, coalesce(sum(quantity) filter (where ${isIngress('meter')}), 0) as produced,
      coalesce(sum(quantity) filter (where ${isEgress('meter')}), 0) as consumed
    from used group by cluster, topic
  ),
  placed as (
    select *, topic || case when cluster <> '' and count(*) over (partition by topic) > 1 then ' · ' || cluster else '' end as name,
      row_number() over (partition by topic = '' order by produced + consumed desc, topic, cluster) as place
    from amount
  )
select case when topic = '' then '${withoutName('topic')}' when place <= ${NAMED_SERIES} then name else 'Other' end as "Topic",
  sum(produced) as "Produced", sum(consumed) as "Consumed"
from placed
group by 1
order by min(case when topic = '' then 3 when place <= ${NAMED_SERIES} then 1 else 2 end), sum(produced + consumed) desc, 1`;

/** Which topics the chosen principals feed, and from which they read. */
export const producersAndConsumers = (id: number) =>
  barChart({
    id,
    title: 'Produced and consumed, by topic',
    description: `Bytes in and out of the ${NAMED_SERIES} topics that carry most, by cluster, all others as Other; priced or not.`,
    sql: SQL,
    bars: 'Topic',
    noValue: EMPTY.noUsage,
  })
    .orientation(VizOrientation.Horizontal)
    .xTickLabelMaxLength(28)
    .overrideByName('Topic', [{ id: 'custom.axisWidth', value: 240 }])
    .unit('bytes');
