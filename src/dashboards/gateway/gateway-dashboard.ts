import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';

/** What the Kafka gateways carry now, straight from Prometheus, beside what was rated of it. */
export function gatewayDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.gateway,
    description: 'What the Kafka gateways carry now, straight from Prometheus, beside what was rated of it.',
    time: { from: 'now-6h', to: 'now' },
    panels: [],
  });
}
