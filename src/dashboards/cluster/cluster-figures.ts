import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { namedFigures } from '../panels/named-figures';
import { LINKS } from '../links';
import { carried, GIB } from '../queries/directions';
import { ANYTHING_COLLECTED, costs, usage } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { MONEY } from '../panels/money-unit';

const COST = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs())}
select case when ${ANYTHING_COLLECTED} then coalesce(sum(cost), 0) end as cost
from fact`;

const UNIT_COST = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs())},
  ${inSpan('used', carried())}
select (select sum(cost) from fact) / nullif((select sum(quantity) from used) / ${GIB}, 0) as cost`;

const ACTIVE = `with ${SPAN_OF_SUMS},
  ${inSpan('used', usage('cluster', 'topic', 'principal'))},
  busy as (
    select cluster, topic, principal from used group by cluster, topic, principal having sum(quantity) > 0
  )
select 'Topics' as name, case when ${ANYTHING_COLLECTED} then count(distinct (cluster, topic)) filter (where topic <> '') end as value
from busy
union all
select 'Principals', case when ${ANYTHING_COLLECTED} then count(distinct principal) filter (where principal <> '') end
from busy`;

/** The cost of the range; zero is zero, and nothing collected is no figure at all. */
export const clusterCost = (id: number) =>
  figure({
    id,
    title: 'Cost, ${currency}',
    description: 'Cost of all complete hours in the time range, of all meters, for the chosen filters.',
    sql: COST,
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.nothingCollected,
  }).links([LINKS.setup()]);

/** What a GiB costs, everything included. */
export const clusterUnitCost = (id: number) =>
  figure({
    id,
    title: 'Per GiB, ${currency}',
    description:
      'The whole cost, that of messages, requests and connections too, over the GiB carried in and out, priced or not. 1 GiB = 1,073,741,824 bytes.',
    sql: UNIT_COST,
    unit: MONEY,
    decimals: 4,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notApplicable,
  });

/** How many topics and principals there was usage of. */
export const activeInCluster = (id: number) =>
  namedFigures({
    id,
    title: 'Topics and principals',
    description:
      'Those with usage in the time range, priced or not. Topics of one name in two clusters are two; a principal that uses two clusters is one.',
    sql: ACTIVE,
    unit: 'locale',
    decimals: 0,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.nothingCollected,
  });
