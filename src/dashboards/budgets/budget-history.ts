import { StackingMode } from '@grafana/grafana-foundation-sdk/common';
import { barChart } from '../panels/bar-chart';
import { EMPTY } from '../panels/empty-texts';
import { BUDGETS } from '../queries/budgets';
import { BURN_UP_BUDGETS } from '../thresholds';

/** How earlier periods went. */
export const budgetHistory = (id: number) =>
  barChart({
    id,
    title: `Past periods of the ${BURN_UP_BUDGETS} that burn fastest, \${currency}`,
    description: `Of the chosen budgets those ${BURN_UP_BUDGETS} with the highest burn ratio: spend beside the amount, which is that of now, in each of their last 12 complete periods, whatever the time range. For others choose them above.`,
    sql: `with ${BUDGETS},
past as (
  select h.*, b.place, row_number() over (partition by h.budget_id order by h.period_start desc) as ago
  from chargeback.budget_history h join budget b on b.budget_id = h.budget_id and b.place <= ${BURN_UP_BUDGETS}
  where h.complete
)
select budget || ' ' || period as "Period", spent as "Spent", amount as "Amount"
from past
where ago <= 12
order by place, period_start`,
    bars: 'Period',
    noValue: EMPTY.noPastPeriods,
  })
    .stacking(StackingMode.None)
    .overrideByName('Amount', [{ id: 'color', value: { mode: 'fixed', fixedColor: '#8e8e8e' } }]);
