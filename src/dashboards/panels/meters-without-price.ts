import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { ANYTHING_COLLECTED, unpricedUsage } from '../queries/sources';
import { THRESHOLDS } from '../thresholds';
import { COSTS_DASHBOARD } from '../uids';
import { EMPTY } from './empty-texts';
import { figure } from './figure';

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('unpriced', unpricedUsage('meter'))}
select case when ${ANYTHING_COLLECTED} then count(distinct meter) end as meters
from unpriced`;

/** How many meters have usage that costs nothing because nobody priced it. */
export const metersWithoutPrice = () =>
  figure({
    id: COSTS_DASHBOARD.panels.metersWithoutPrice,
    title: 'Unpriced meters',
    description:
      'Meters with usage in the time range for which no price was in force: that usage is in no cost. The table of meters shows how much it is.',
    sql: SQL,
    unit: 'none',
    decimals: 0,
    thresholds: THRESHOLDS.metersWithoutPrice,
    noValue: EMPTY.notApplicable,
  });
