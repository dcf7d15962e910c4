import { LINKS } from '../links';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { ANYTHING_COLLECTED, costs } from '../queries/sources';
import { THRESHOLDS } from '../thresholds';
import { COSTS_DASHBOARD } from '../uids';
import { EMPTY } from './empty-texts';
import { figure } from './figure';
import { MONEY } from './money-unit';

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs())}
select case when ${ANYTHING_COLLECTED} then coalesce(sum(cost), 0) end as cost
from fact`;

/** The cost of the range in the chosen currency; zero is zero, and nothing collected is no figure at all. */
export const totalCost = () =>
  figure({
    id: COSTS_DASHBOARD.panels.totalCost,
    title: 'Total cost, ${currency}',
    description:
      'Cost of all complete hours in the time range, for the chosen filters. Other currencies are not in it.',
    sql: SQL,
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.nothingCollected,
  }).links([LINKS.setup()]);
