import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { SERVICE_ACCOUNT, VIRTUAL_CLUSTER } from '../queries/in-both-languages';
import { DASHBOARDS } from '../uids';
import { labelVariable } from '../variables/label-values';
import { unitPriceVariable } from '../variables/unit-price';
import { usageVariable } from '../variables/usage';
import { meteredAndRated, meteredGap } from './metered-and-rated';
import {
  activeConnections,
  bytesPerSecond,
  estimatedCost,
  latency,
  meanMessageSize,
  messagesPerSecond,
  requestsPerSecond,
} from './rates-over-time';
import { resetsAndAbsences } from './resets-and-absences';
import { CLUSTERS } from './series';
import { serviceAccounts } from './service-accounts';
import { topTopicsByBytes } from './top-topics';

/** Ids of the panels; links and rules rely on them: never change or reuse one. */
export const GATEWAY_PANELS = {
  bytes: 2,
  messages: 3,
  requests: 4,
  latency: 5,
  connections: 6,
  topics: 7,
  accounts: 8,
  estimatedCost: 9,
  meteredAndRated: 10,
  meteredGap: 11,
  messageSize: 12,
  resets: 13,
} as const;

/** What the Kafka gateways carry now, straight from Prometheus, beside what was rated of it. */
export function gatewayDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.gateway,
    description: 'What the Kafka gateways carry now, straight from Prometheus, beside what was rated of it.',
    time: { from: 'now-6h', to: 'now' },
    without: ['dimensions'],
    variables: [
      usageVariable(),
      labelVariable(VIRTUAL_CLUSTER, '{__name__=~"bifrost_.+"}'),
      labelVariable(SERVICE_ACCOUNT, `bifrost_bytes_total{${CLUSTERS}}`),
      unitPriceVariable('ingress_price', 'kafka_ingress_bytes'),
      unitPriceVariable('egress_price', 'kafka_egress_bytes'),
    ],
    panels: [
      [() => meteredGap(GATEWAY_PANELS.meteredGap), 0, 0, 6, 4],
      [() => estimatedCost(GATEWAY_PANELS.estimatedCost), 6, 0, 10, 4],
      [() => bytesPerSecond(GATEWAY_PANELS.bytes), 0, 4, 8, 8],
      [() => messagesPerSecond(GATEWAY_PANELS.messages), 8, 4, 8, 8],
      [() => requestsPerSecond(GATEWAY_PANELS.requests), 16, 4, 8, 8],
      [() => latency(GATEWAY_PANELS.latency), 0, 12, 8, 8],
      [() => activeConnections(GATEWAY_PANELS.connections), 8, 12, 8, 8],
      [() => meanMessageSize(GATEWAY_PANELS.messageSize), 16, 12, 8, 8],
      [() => meteredAndRated(GATEWAY_PANELS.meteredAndRated), 0, 20, 12, 9],
      [() => resetsAndAbsences(GATEWAY_PANELS.resets), 12, 20, 12, 9],
      [() => topTopicsByBytes(GATEWAY_PANELS.topics), 0, 29, 12, 12],
      [() => serviceAccounts(GATEWAY_PANELS.accounts), 12, 29, 12, 12],
    ],
  });
}
