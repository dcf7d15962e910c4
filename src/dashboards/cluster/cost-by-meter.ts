import { EMPTY } from '../panels/empty-texts';
import { BARS, stackedOverTime } from '../panels/stacked-over-time';
import { overTime } from '../queries/over-time';
import { costs } from '../queries/sources';

/** Which meters make the cost, and when. */
export const clusterCostByMeter = (id: number) =>
  stackedOverTime({
    id,
    title: 'Cost by meter, ${currency}',
    description: `What the cost is charged for. ${BARS}`,
    sql: overTime(costs('charge_type'), 'charge_type', 'cost'),
    noValue: EMPTY.noCost,
  });
