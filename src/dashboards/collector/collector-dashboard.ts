import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';

/** What is collected late, missing or failing, and which billing months that touches. */
export function collectorDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.collector,
    description: 'What is collected late, missing or failing, and which billing months that touches.',
    time: { from: 'now-2d', to: 'now' },
    without: ['currency', 'dimensions'],
    panels: [],
  });
}
