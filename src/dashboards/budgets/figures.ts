import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { namedFigures } from '../panels/named-figures';
import { BUDGETS } from '../queries/budgets';
import { THRESHOLDS } from '../thresholds';
import { MONEY } from '../panels/money-unit';

/** How many budgets are spent. */
export const breachedBudgets = (id: number) =>
  figure({
    id,
    title: 'Breached',
    description:
      'Chosen budgets of which the whole amount or more is spent in the period of the last complete hour. The time range of the dashboard is not applied.',
    sql: `with ${BUDGETS}
select case when count(*) > 0 then count(*) filter (where spent >= amount) end as budgets from budget`,
    unit: 'locale',
    decimals: 0,
    thresholds: THRESHOLDS.problems,
    noValue: EMPTY.noBudgets,
  });

/** What was planned beside what was spent. */
export const budgetedAndSpent = (id: number) =>
  namedFigures({
    id,
    title: 'Budgeted and spent, ${currency}',
    description:
      'Amounts of the chosen budgets, each for its own running period, and what is spent of them up to the last complete hour. Budgets whose scopes overlap count the same cost more than once: choose those that belong together. The time range of the dashboard is not applied.',
    sql: `with ${BUDGETS},
total as (
  select sum(amount) as amount, sum(spent) as spent from budget having count(*) > 0
)
select name, value
from total cross join lateral (values ('Budgeted', amount, 1), ('Spent', spent, 2)) as of_kind (name, value, place)
order by place`,
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noBudgets,
  });
