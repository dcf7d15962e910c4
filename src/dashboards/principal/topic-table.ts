import { KEPT, keyOf, toChargeback, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { named } from '../queries/dimensions';
import { isEgress, isIngress } from '../queries/directions';
import { spent, traffic } from '../queries/of-principals';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { DASHBOARDS } from '../uids';

const sumOf = (measure: string, condition: string) => `coalesce(sum(${measure}) filter (where ${condition}), 0)`;

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', spent('cluster', 'topic', 'charge_type'))},
  ${inSpan('used', traffic('cluster', 'topic', 'meter'))},
  price as (
    select cluster, topic, sum(cost) as cost,
      ${sumOf('cost', isIngress('charge_type'))} as ingress_cost,
      ${sumOf('cost', isEgress('charge_type'))} as egress_cost
    from fact group by cluster, topic
  ),
  bytes as (
    select cluster, topic, ${sumOf('quantity', isIngress('meter'))} as ingress, ${sumOf('quantity', isEgress('meter'))} as egress
    from used group by cluster, topic
  )
select ${named('topic')} as "Topic", ${named('cluster')} as "Cluster",
  ingress as "Produced", egress as "Consumed",
  ingress_cost as "Cost in", egress_cost as "Cost out", cost - ingress_cost - egress_cost as "Other cost",
  cost as "Cost", topic as "key", cluster as "cluster_key"
from price full join bytes using (cluster, topic)
order by cost desc nulls last, topic, cluster`;

/** What is produced to and consumed from each topic, and what that costs; the costs sum to the total. */
export const topicTable = (id: number) =>
  table({
    id,
    title: 'Topics by direction: bytes and cost, ${currency}',
    description:
      'Bytes produced to (in) and consumed from (out) each topic by the chosen principals, priced or not. Other cost: messages, and what is of no topic, such as requests and connections.',
    sql: SQL,
    noValue: EMPTY.noUsage,
    sortedBy: 'Cost',
    columns: {
      Topic: COLUMN.entity([
        toDashboard('Who uses this topic', DASHBOARDS.principal, {
          topic: keyOf('key'),
          cluster: keyOf('cluster_key'),
          workspace: KEPT,
        }),
        toChargeback('In Chargeback', 'key'),
      ]),
      Cluster: COLUMN.text(150),
      Produced: COLUMN.bytes(90),
      Consumed: COLUMN.bytes(90),
      'Cost in': COLUMN.money(80),
      'Cost out': COLUMN.money(80),
      'Other cost': COLUMN.money(90),
      Cost: COLUMN.money(85),
      key: COLUMN.hidden(),
      cluster_key: COLUMN.hidden(),
    },
  });
