import {
  ReduceDataOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { LINKS } from '../links';
import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { namedFigures } from '../panels/named-figures';
import { absolute } from '../panels/thresholds';
import { ALL_VALUE, PRINCIPAL, TOPIC } from '../queries/dimensions';
import { isEgress, isIngress } from '../queries/directions';
import { narrowed } from '../queries/narrowed';
import { spent, traffic } from '../queries/of-principals';
import { ANYTHING_COLLECTED, costs } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { TIMES_MEDIAN } from './times-median';
import { MONEY } from '../panels/money-unit';

const COST = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', spent())}
select case when ${ANYTHING_COLLECTED} then coalesce(sum(cost), 0) end as cost
from fact`;

const CHOSEN = `\${${PRINCIPAL.variable}:sqlstring}`;
const fromTo = (low: string, high: string) =>
  `${low} || case when ${low} <> ${high} then ' to ' || ${high} else '' end`;

const RANK = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', narrowed(costs('principal'), [TOPIC]))},
  amount as (
    select principal, sum(cost) as cost from fact where principal <> '' group by principal
  ),
  ranked as (
    select principal, cost, rank() over (order by cost desc) as place, count(*) over () as principals,
      round(100 * percent_rank() over (order by cost)) as above, sum(cost) over () as total
    from amount
  ),
  everyone as (
    select count(*) as principals, max(cost) as cost, max(total) as total, min(principal) filter (where place = 1) as largest from ranked
  ),
  chosen as (
    select count(*) as found, min(place) as best, max(place) as worst, min(above) as low, max(above) as high
    from ranked where principal in (${CHOSEN})
  )
select 'Principals with a cost' as name, principals::text as value
from everyone where ${ALL_VALUE} in (${CHOSEN})
union all
select 'Largest: ' || largest, coalesce(round(100 * cost / nullif(total, 0), 1)::text || ' %', '${EMPTY.notApplicable}')
from everyone where ${ALL_VALUE} in (${CHOSEN}) and principals > 0
union all
select 'Rank by cost', case when found = 0 then 'no cost' else ${fromTo('best', 'worst')} || ' of ' || principals end
from chosen, everyone where ${ALL_VALUE} not in (${CHOSEN})
union all
select 'Others that cost less', ${fromTo('low', 'high')} || ' %'
from chosen where ${ALL_VALUE} not in (${CHOSEN}) and found > 0`;

const BYTES = `with ${SPAN_OF_SUMS},
  ${inSpan('used', traffic('meter'))}
select 'In' as name, case when ${ANYTHING_COLLECTED} then coalesce(sum(quantity) filter (where ${isIngress('meter')}), 0) end as value
from used
union all
select 'Out', case when ${ANYTHING_COLLECTED} then coalesce(sum(quantity) filter (where ${isEgress('meter')}), 0) end
from used`;

/** The cost of the chosen principals; zero is zero, and nothing collected is no figure at all. */
export const principalCost = (id: number) =>
  figure({
    id,
    title: 'Cost, ${currency}',
    description:
      'Cost of all complete hours in the time range, of all meters, for the chosen filters. With all principals, what no principal is known of is in it, too.',
    sql: COST,
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.nothingCollected,
  }).links([LINKS.setup()]);

/** Where the chosen principals stand among those that match the other filters. */
export const principalRank = (id: number) =>
  namedFigures({
    id,
    title: 'Rank by cost',
    description:
      'Place and percentile of the chosen principals among all that match the other filters; of several from the best to the last. With all principals: how many there are, and the share of the largest in what principals cost.',
    sql: RANK,
    unit: 'string',
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noCost,
  }).text(new VizTextDisplayOptionsBuilder().titleSize(12).valueSize(20));

/** Bytes in and out. */
export const principalBytes = (id: number) =>
  namedFigures({
    id,
    title: 'Bytes',
    description: 'Bytes that principals produced (in) and consumed (out) in the time range, priced or not.',
    sql: BYTES,
    unit: 'bytes',
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.nothingCollected,
  });

/** Whether they pay more for a GiB than others on the same clusters. */
export const principalUnitCost = (id: number) =>
  figure({
    id,
    title: 'Per GiB, ${currency}',
    description:
      'What the chosen principals cost over the GiB they carry in and out, and how many times that is what they would cost at the median of the principals of each cluster. The median is of all principals of a cluster, whatever other filters say; those without bytes are left out.',
    sql: TIMES_MEDIAN,
    unit: MONEY,
    decimals: 4,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notApplicable,
  })
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields('/.*/'))
    .orientation(VizOrientation.Vertical)
    .overrideByName('Times the median', [
      { id: 'unit', value: 'suffix: ×' },
      { id: 'decimals', value: 2 },
      { id: 'thresholds', value: absolute(THRESHOLDS.timesMedian).build() },
    ]);
