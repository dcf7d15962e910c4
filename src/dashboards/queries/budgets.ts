import { ALL_VALUE } from './dimensions';

/** The condition that the budget of `alias` is chosen and has the chosen currency. */
export const chosenBudget = (alias: string) =>
  `${alias}.currency = \${currency:sqlstring}
    and (${ALL_VALUE} in (\${budget:sqlstring}) or ${alias}.budget_id::text in (\${budget:sqlstring}))`;

/**
 * A percentage of a budget with the one decimal that is shown, cut off as on the app's page: 99.96 % of a budget is not all of
 * it, and both must show the same figure.
 */
export const shownPercent = (percent: string): string => `trunc(${percent}, 1)`;

/**
 * The common table expression `budget`: a row a chosen budget with the columns of budget_status that do not depend on a
 * threshold, the highest `threshold` of it that is reached (0: none), and its `place` by how hot it burns.
 */
export const BUDGETS = `budget as materialized (
  select b.budget_id, b.budget, b.owner, b.scope, b.organization, b.workspace, b.environment, b.cluster, b.business_unit, b.team,
    b.interval, b.period, b.period_start, b.period_end, b.amount, b.spent, b.used_percent, b.elapsed_percent, b.burn_ratio,
    coalesce(max(b.threshold) filter (where b.reached), 0) as threshold,
    row_number() over (order by b.burn_ratio desc nulls last, b.used_percent desc, b.budget, b.budget_id) as place
  from chargeback.budget_status b
  where ${chosenBudget('b')}
  group by b.budget_id, b.budget, b.owner, b.scope, b.organization, b.workspace, b.environment, b.cluster, b.business_unit, b.team,
    b.interval, b.period, b.period_start, b.period_end, b.amount, b.spent, b.used_percent, b.elapsed_percent, b.burn_ratio
)`;
