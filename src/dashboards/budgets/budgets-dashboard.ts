import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';

/** Which budgets are spent faster than their time, and which thresholds were crossed. */
export function budgetsDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.budgets,
    description: 'Which budgets are spent faster than their time, and which thresholds were crossed.',
    time: { from: 'now/M', to: 'now' },
    panels: [],
  });
}
