import type { Rule } from '@grafana/grafana-foundation-sdk/alerting';
import { alertRules, type Alert } from './alert-rule';
import { budgetThreshold } from './budget-threshold';
import { collectorStale, ledgerIntegrity, missingHours } from './collection-alerts';
import { costCollapse, costSpike } from './cost-alerts';
import { confidenceDrop, confidenceFloor, unallocatedShare, unpricedUsage } from './evidence-alerts';

/** Everything that Grafana watches. */
export const ALERTS: Alert[] = [
  budgetThreshold,
  costSpike,
  costCollapse,
  unallocatedShare,
  confidenceDrop,
  confidenceFloor,
  unpricedUsage,
  collectorStale,
  missingHours,
  ledgerIntegrity,
];

/** The rules, as the foundation SDK makes them. */
export const rules = (): Rule[] => ALERTS.flatMap(alertRules);
