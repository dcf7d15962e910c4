import { StackingMode } from '@grafana/grafana-foundation-sdk/common';
import { stackedBars } from '../panels/bar-chart';
import { EMPTY } from '../panels/empty-texts';
import { BUDGETS } from '../queries/budgets';
import { DRAWN_BUDGETS } from '../thresholds';

/** How earlier periods went. */
export const budgetHistory = (id: number) =>
  stackedBars({
    id,
    title: 'Past periods, percent of the amount',
    description: `What of its amount each of the chosen budgets spent in each of its last 12 complete periods of which anything was collected, whatever the time range; the amount is that of now, and above 100 % the budget was breached. At most ${DRAWN_BUDGETS} are drawn, those with the highest burn ratio: for others choose them above.`,
    sql: `with ${BUDGETS},
zone as (
  select coalesce(timezone, 'UTC') as zone, (select min(first) from chargeback.meter_status) as first from chargeback.settings
),
past as (
  select h.*, b.place, row_number() over (partition by h.budget_id order by h.period_start desc) as ago
  from chargeback.budget_history h join budget b on b.budget_id = h.budget_id and b.place <= ${DRAWN_BUDGETS}
  where h.complete
)
select period as "Period", budget as "Budget", used_percent as "Used"
from past cross join zone
where ago <= 12 and period_end::timestamp at time zone zone > first
order by period_end, period_start, place`,
    bars: 'Period',
    parts: 'Budget',
    value: 'Used',
    decimals: 1,
    noValue: EMPTY.noPastPeriods,
  })
    .stacking(StackingMode.None)
    .unit('percent');
