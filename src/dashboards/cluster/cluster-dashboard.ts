import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { DASHBOARDS } from '../uids';
import { dormantDaysVariable } from '../variables/dormant-days';
import { activeInCluster, clusterCost, clusterUnitCost } from './cluster-figures';
import { clusterTable } from './cluster-table';
import { costAndThroughput } from './cost-and-throughput';
import { clusterCostByMeter } from './cost-by-meter';
import { dormantTopics } from './dormant-topics';
import { topPrincipals, topTopics } from './largest-bars';
import { largestTopicShare } from './largest-topic-share';
import { ratesInForce } from './rates-in-force';

/** Ids of the panels; links and rules rely on them: never change or reuse one. */
export const CLUSTER_PANELS = {
  cost: 2,
  unitCost: 3,
  active: 4,
  byMeter: 5,
  clusters: 6,
  topics: 7,
  principals: 8,
  largestTopic: 9,
  dormant: 10,
  throughput: 11,
  rates: 12,
} as const;

/** What each cluster costs and carries, and which topics and principals make that cost. */
export function clusterDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.cluster,
    description: 'What each cluster costs and carries, and which topics and principals make that cost.',
    time: { from: 'now-7d/d', to: 'now' },
    variables: [dormantDaysVariable()],
    panels: [
      [() => clusterCost(CLUSTER_PANELS.cost), 0, 0, 5, 4],
      [() => clusterUnitCost(CLUSTER_PANELS.unitCost), 5, 0, 5, 4],
      [() => activeInCluster(CLUSTER_PANELS.active), 10, 0, 6, 4],
      [() => clusterCostByMeter(CLUSTER_PANELS.byMeter), 0, 4, 12, 9],
      [() => costAndThroughput(CLUSTER_PANELS.throughput), 12, 4, 12, 9],
      [() => clusterTable(CLUSTER_PANELS.clusters), 0, 13, 24, 10],
      [() => topTopics(CLUSTER_PANELS.topics), 0, 23, 12, 10],
      [() => topPrincipals(CLUSTER_PANELS.principals), 12, 23, 12, 10],
      [() => largestTopicShare(CLUSTER_PANELS.largestTopic), 0, 33, 9, 9],
      [() => ratesInForce(CLUSTER_PANELS.rates), 0, 42, 24, 8],
      [() => dormantTopics(CLUSTER_PANELS.dormant), 9, 33, 15, 9],
    ],
  });
}
