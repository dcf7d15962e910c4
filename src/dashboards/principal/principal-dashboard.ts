import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DIMENSIONS, PRINCIPAL, TOPIC } from '../queries/dimensions';
import { DASHBOARDS } from '../uids';
import { dimensionVariable } from '../variables/dimensions';
import { patternVariable } from '../variables/patterns';
import { usageVariable } from '../variables/usage';
import { principalCostByMeter } from './cost-by-meter';
import { newPrincipals } from './new-principals';
import { principalBytes, principalCost, principalRank, principalUnitCost } from './principal-figures';
import { principalTable } from './principal-table';
import { producersAndConsumers } from './producers-and-consumers';
import { shareDrift } from './share-drift';
import { topicTable } from './topic-table';
import { trafficAndLatency } from './traffic-and-latency';
import { unmappedPrincipals } from './unmapped-principals';

/** Ids of the panels; links and rules rely on them: never change or reuse one. */
export const PRINCIPAL_PANELS = {
  cost: 2,
  rank: 3,
  bytes: 4,
  unitCost: 5,
  byMeter: 6,
  topics: 7,
  principals: 8,
  fresh: 9,
  unmapped: 10,
  drift: 11,
  directions: 12,
  traffic: 13,
} as const;

/** What each principal (service account) costs, uses and shares with others. */
export function principalDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.principal,
    description: 'What each principal (service account) costs, uses and shares with others.',
    time: { from: 'now-7d/d', to: 'now' },
    variables: [
      dimensionVariable(TOPIC, DIMENSIONS),
      dimensionVariable(PRINCIPAL, [...DIMENSIONS, TOPIC]),
      usageVariable(),
      patternVariable('cluster_pattern', 'cluster', DIMENSIONS),
      patternVariable('principal_pattern', 'principal', [...DIMENSIONS, TOPIC, PRINCIPAL]),
    ],
    panels: [
      [() => principalCost(PRINCIPAL_PANELS.cost), 0, 0, 4, 4],
      [() => principalRank(PRINCIPAL_PANELS.rank), 4, 0, 4, 4],
      [() => principalBytes(PRINCIPAL_PANELS.bytes), 8, 0, 4, 4],
      [() => principalUnitCost(PRINCIPAL_PANELS.unitCost), 12, 0, 4, 4],
      [() => principalCostByMeter(PRINCIPAL_PANELS.byMeter), 0, 4, 12, 9],
      [() => trafficAndLatency(PRINCIPAL_PANELS.traffic), 12, 4, 12, 9],
      [() => principalTable(PRINCIPAL_PANELS.principals), 0, 13, 24, 11],
      [() => topicTable(PRINCIPAL_PANELS.topics), 0, 24, 24, 10],
      [() => producersAndConsumers(PRINCIPAL_PANELS.directions), 0, 34, 12, 10],
      [() => shareDrift(PRINCIPAL_PANELS.drift), 0, 44, 24, 9],
      [() => newPrincipals(PRINCIPAL_PANELS.fresh), 12, 34, 12, 10],
      [() => unmappedPrincipals(PRINCIPAL_PANELS.unmapped), 0, 53, 24, 6],
    ],
  });
}
