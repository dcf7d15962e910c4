import { dirname } from 'node:path';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { contactPointFile, rulesFile, templatesFile } from './alerts/alert-files';
import { rules } from './alerts/alerts';
import { costsDashboard } from './chargeback-costs';
import { budgetsDashboard } from './budgets/budgets-dashboard';
import { businessUnitDashboard } from './business-unit/business-unit-dashboard';
import { clusterDashboard } from './cluster/cluster-dashboard';
import { collectorDashboard } from './collector/collector-dashboard';
import { confidenceDashboard } from './confidence/confidence-dashboard';
import { executiveDashboard } from './executive/executive-dashboard';
import { gatewayDashboard } from './gateway/gateway-dashboard';
import { historicalDashboard } from './historical/historical-dashboard';
import { principalDashboard } from './principal/principal-dashboard';
import { statementDashboard } from './statement/statement-dashboard';
import { readRevisions, revised, REVISIONS } from './revisions';
import { FOLDER } from './uids';

/** Every dashboard there is. */
export const dashboards = (): Dashboard[] => [
  costsDashboard(),
  executiveDashboard(),
  statementDashboard(),
  businessUnitDashboard(),
  clusterDashboard(),
  principalDashboard(),
  historicalDashboard(),
  confidenceDashboard(),
  gatewayDashboard(),
  budgetsDashboard(),
  collectorDashboard(),
];

/** The folders that hold nothing but generated files. */
export const generatedFolders = (files: Map<string, string>): Set<string> =>
  new Set([...files.keys()].filter((path) => path !== REVISIONS).map((path) => dirname(path)));

/** The files that `npm run dashboards` writes: path from the repository's root → content. */
export function generatedFiles(): Map<string, string> {
  const { dashboards: all, revisions } = revised(dashboards(), readRevisions());
  const files = all.map((dashboard): [string, string] => [
    // A folder of this name, because Grafana makes its folders from those on the disk.
    `dashboards/${FOLDER}/${dashboard.uid}.json`,
    `${JSON.stringify(dashboard, null, 2)}\n`,
  ]);
  return new Map([
    ...files,
    [REVISIONS, `${JSON.stringify(revisions, null, 2)}\n`],
    ['provisioning/alerting/rules.yaml', rulesFile(rules())],
    ['provisioning/alerting/contact-points.yaml', contactPointFile()],
    ['provisioning/alerting/templates.yaml', templatesFile()],
  ]);
}
