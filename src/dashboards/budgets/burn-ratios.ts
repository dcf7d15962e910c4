import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { BUDGETS } from '../queries/budgets';
import { THRESHOLDS } from '../thresholds';
import { APP_ID } from '../uids';

/** Which budgets are spent faster than their time. */
export const burnRatios = (id: number) =>
  barGauge({
    id,
    title: 'Burn ratio',
    description:
      'Used percent ÷ elapsed percent of the period of the last complete hour: at 1 the amount lasts just as long as the period. A period of which nothing has elapsed has none.',
    sql: `with ${BUDGETS}
select budget as name, burn_ratio as value
from budget
where burn_ratio is not null
order by place`,
    unit: 'none',
    decimals: 2,
    thresholds: THRESHOLDS.burnRatio,
    noValue: EMPTY.noBudgets,
    links: [{ title: 'Budgets', url: `/a/${APP_ID}/budgets` }],
  });
