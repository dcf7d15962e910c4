import { BUDGET_SCOPE_FIELDS } from '../../domain/budget';
import { LINKS } from '../links';
import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { ANYTHING_COLLECTED } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { MONEY } from '../panels/money-unit';

/** Every cost of the chosen currency: budgets may be narrowed to fields that have no variable. */
const allCosts = {
  views: { monthly: 'monthly_cost_facts', daily: 'daily_cost_facts', hourly: 'hourly_cost_facts' },
  columns: [...BUDGET_SCOPE_FIELDS, 'cost'],
  where: 'f.currency = ${currency:sqlstring}',
};

/** Cost that nobody watches. */
export const unbudgetedSpend = (id: number) =>
  figure({
    id,
    title: 'Unbudgeted, ${currency}',
    description:
      'Cost of the time range that is within the scope of no budget in this currency, whichever budgets are chosen. A budget of the whole platform covers all.',
    sql: `with ${SPAN_OF_SUMS},
  ${inSpan('fact', allCosts)},
  spent as (
    select ${BUDGET_SCOPE_FIELDS.join(', ')}, sum(cost) as cost from fact group by ${BUDGET_SCOPE_FIELDS.join(', ')}
  ),
  scope as materialized (
    select distinct ${BUDGET_SCOPE_FIELDS.map((field) => `b.${field}`).join(', ')} from chargeback.budget_status b where b.currency = \${currency:sqlstring}
  )
select case when ${ANYTHING_COLLECTED} then coalesce(sum(cost), 0) end as cost
from spent s
where not exists (
  select from scope b
  where ${BUDGET_SCOPE_FIELDS.map((field) => `(b.${field} is null or b.${field} = s.${field})`).join('\n    and ')}
)`,
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.nothingCollected,
  }).links([LINKS.setup()]);
