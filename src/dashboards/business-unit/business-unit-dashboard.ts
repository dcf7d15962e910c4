import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';

/** What business units, their products and teams spend, and what changed. */
export function businessUnitDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.businessUnit,
    description: 'What business units, their products and teams spend, and what changed.',
    time: { from: 'now/M', to: 'now' },
    panels: [],
  });
}
