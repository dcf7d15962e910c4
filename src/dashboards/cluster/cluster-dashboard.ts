import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';

/** What each cluster costs and carries, and which topics and principals make that cost. */
export function clusterDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.cluster,
    description: 'What each cluster costs and carries, and which topics and principals make that cost.',
    time: { from: 'now-7d/d', to: 'now' },
    panels: [],
  });
}
