import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';

/** What each principal (service account) costs, uses and shares with others. */
export function principalDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.principal,
    description: 'What each principal (service account) costs, uses and shares with others.',
    time: { from: 'now-7d/d', to: 'now' },
    panels: [],
  });
}
