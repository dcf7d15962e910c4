import { EMPTY } from '../panels/empty-texts';
import { BARS, stackedOverTime } from '../panels/stacked-over-time';
import { overTime } from '../queries/over-time';
import { costCenterCosts } from '../queries/cost-center-costs';

/** How what each cost centre owes adds up, day by day. */
export const dailyAccrual = (id: number) =>
  stackedOverTime({
    id,
    title: 'Accrual by cost centre, ${currency}',
    description: `${BARS} The largest ten cost centres; Other and Unallocated make the rest, so that the bars sum to the chargeable total.`,
    sql: overTime(costCenterCosts('cost_center'), 'cost_center', 'cost'),
    noValue: EMPTY.noCost,
  }).decimals(2);
