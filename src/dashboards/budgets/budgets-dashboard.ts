import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';
import { budgetVariable } from '../variables/budget';
import { budgetHistory } from './budget-history';
import { budgetTable } from './budget-table';
import { burnRatios } from './burn-ratios';
import { burnUp } from './burn-up';
import { crossingsOverTime } from './crossings-over-time';
import { breachedBudgets, budgetedAndSpent } from './figures';
import { unbudgetedSpend } from './unbudgeted-spend';

/** Ids of the panels; alert rules and links rely on them, so none is changed or used again. */
export const BUDGETS_PANELS = {
  breached: 2,
  budgetedAndSpent: 3,
  unbudgetedSpend: 4,
  budgets: 5,
  burnRatios: 6,
  burnUp: 7,
  crossings: 8,
  history: 9,
} as const;
const ID = BUDGETS_PANELS;

/** Which budgets are spent faster than their time, and which thresholds were crossed. */
export function budgetsDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.budgets,
    description: 'Which budgets are spent faster than their time, and which thresholds were crossed.',
    time: { from: 'now/M', to: 'now' },
    without: ['dimensions'],
    variables: [budgetVariable()],
    panels: [
      [() => breachedBudgets(ID.breached), 0, 0, 4, 4],
      [() => budgetedAndSpent(ID.budgetedAndSpent), 4, 0, 7, 4],
      [() => unbudgetedSpend(ID.unbudgetedSpend), 11, 0, 5, 4],
      [() => budgetTable(ID.budgets), 0, 4, 24, 9],
      [() => burnRatios(ID.burnRatios), 0, 13, 8, 10],
      [() => burnUp(ID.burnUp), 8, 13, 16, 10],
      [() => crossingsOverTime(ID.crossings), 0, 23, 24, 9],
      [() => budgetHistory(ID.history), 0, 32, 24, 9],
    ],
  });
}
