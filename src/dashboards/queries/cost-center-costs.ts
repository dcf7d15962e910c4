import { COST_CENTER } from './dimensions';
import { narrowed } from './narrowed';
import { ANYTHING_COLLECTED, costs } from './sources';
import { inSpan, SPAN_OF_SUMS, type FactSource } from './time-range';

/** Costs as `costs` has them, of the chosen cost centres. */
export const costCenterCosts = (...columns: string[]): FactSource => narrowed(costs(...columns), [COST_CENTER]);

/** The cost of the range, null when nothing was ever collected; column cost. */
export const TOTAL_COST = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costCenterCosts())}
select case when ${ANYTHING_COLLECTED} then coalesce(sum(cost), 0) end as cost
from fact`;
