import { EMPTY } from '../panels/empty-texts';
import { BARS, stackedOverTime } from '../panels/stacked-over-time';
import { overTime } from '../queries/over-time';
import { spent } from '../queries/of-principals';

/** Which meters make the cost, and when. */
export const principalCostByMeter = (id: number) =>
  stackedOverTime({
    id,
    title: 'Cost by meter, ${currency}',
    description: `What the chosen principals are charged for. ${BARS}`,
    sql: overTime(spent('charge_type'), 'charge_type', 'cost'),
    noValue: EMPTY.noCost,
  });
