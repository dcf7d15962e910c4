import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';

/** Costs over months for audit: complete, reconciled with the ledger, with every rate and change. */
export function historicalDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.historical,
    description: 'Costs over months for audit: complete, reconciled with the ledger, with every rate and change.',
    time: { from: 'now-90d/d', to: 'now' },
    panels: [],
  });
}
