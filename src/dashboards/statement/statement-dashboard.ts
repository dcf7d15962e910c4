import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';

/** What each cost centre owes, whether it is final, and why: for finance and owners of cost centres. */
export function statementDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.statement,
    description: 'What each cost centre owes, whether it is final, and why: for finance and owners of cost centres.',
    time: { from: 'now/M', to: 'now/M' },
    panels: [],
  });
}
