import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';

/** How much money rests on weak evidence, and what to mend first. */
export function confidenceDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.confidence,
    description: 'How much money rests on weak evidence, and what to mend first.',
    time: { from: 'now-30d/d', to: 'now' },
    panels: [],
  });
}
