import { matchesVariables } from './dimensions';

/**
 * The common table expression `budget`: of each business unit that is chosen the budget in the dashboard's currency of
 * which the smallest share is left, in its running period. Budgets of a part of a business unit, such as a team, are not
 * in it: what is left in them is part of what is left in that of the whole.
 */
export const TIGHTEST_BUDGETS = `budget as materialized (
    select distinct on (b.business_unit) b.business_unit, b.budget, b.amount, b.spent, b.used_percent, b.elapsed_percent
    from chargeback.budget_status b
    where b.business_unit is not null and b.currency = \${currency:sqlstring}
      and coalesce(b.organization, b.product, b.team, b.cost_center, b.workspace, b.application, b.environment, b.cluster) is null
      and ${matchesVariables('b')}
    order by b.business_unit, b.used_percent desc, b.budget, b.threshold
  )`;
