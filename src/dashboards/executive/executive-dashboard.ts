import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';

/** How much is spent, against which plan, where to and why: for heads of finance, technology and business units. */
export function executiveDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.executive,
    description:
      'How much is spent, against which plan, where to and why: for heads of finance, technology and business units.',
    time: { from: 'now/M', to: 'now' },
    panels: [],
  });
}
