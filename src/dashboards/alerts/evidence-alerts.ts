import { CONFIDENCE_PANELS } from '../confidence/confidence-dashboard';
import { ALERT_LIMITS } from '../thresholds';
import { COSTS_DASHBOARD, DASHBOARDS } from '../uids';
import { ENTITY_IN_URL, figureOf, inUrl, type Alert } from './alert-rule';

/** Too much of the cost has no owner. */
export const unallocatedShare: Alert = {
  key: 'unallocated-share',
  title: 'Cost without an owner',
  every: '1h',
  for: '6h',
  labels: ['currency'],
  levels: [
    { severity: 'warning', fires: { above: ALERT_LIMITS.unallocatedShare.warning } },
    { severity: 'critical', fires: { above: ALERT_LIMITS.unallocatedShare.critical } },
  ],
  says: `${figureOf('value', '%.1f')} % of the costs in {{ .Labels.currency }} belong to no workspace`,
  description: 'Looks at the last 7 days that were collected completely, in the billing time zone.',
  dashboard: {
    of: DASHBOARDS.confidence,
    panel: CONFIDENCE_PANELS.unallocatedByReason,
    from: 'now-7d/d',
    to: 'now',
    variables: { currency: inUrl('currency') },
  },
};

const OF_WORKSPACE = { workspace: ENTITY_IN_URL, currency: inUrl('currency') };

/** The costs of a workspace suddenly rest on weaker evidence. */
export const confidenceDrop: Alert = {
  key: 'confidence-drop',
  title: 'Confidence of costs has dropped',
  every: '1h',
  for: '3h',
  labels: ['currency'],
  tellBy: ['workspace'],
  levels: [{ severity: 'warning', fires: { above: ALERT_LIMITS.confidenceDrop } }],
  says: `The confidence of the costs of workspace {{ .Labels.workspace }} is ${figureOf('value', '%.2f')} lower than in the 28 days before`,
  description: 'Compares the last 24 complete hours with the 28 days before them; weighed by cost.',
  dashboard: {
    of: DASHBOARDS.confidence,
    panel: CONFIDENCE_PANELS.confidenceByMeter,
    from: 'now-30d/d',
    to: 'now',
    variables: OF_WORKSPACE,
  },
};

/** The costs of a workspace rest on weak evidence. */
export const confidenceFloor: Alert = {
  key: 'confidence-floor',
  title: 'Confidence of costs is low',
  every: '1h',
  for: '3h',
  labels: ['currency'],
  tellBy: ['workspace'],
  levels: [{ severity: 'warning', fires: { above: ALERT_LIMITS.confidenceFloor } }],
  says: `The confidence of the costs of workspace {{ .Labels.workspace }} is ${figureOf('value', '%.2f')} below 1`,
  description: 'Looks at the last 24 complete hours; weighed by cost.',
  dashboard: {
    of: DASHBOARDS.confidence,
    panel: CONFIDENCE_PANELS.costAtRisk,
    from: 'now-2d',
    to: 'now',
    variables: OF_WORKSPACE,
  },
};

/** Something is used that nobody pays for. */
export const unpricedUsage: Alert = {
  key: 'unpriced-usage',
  title: 'Usage without a price',
  every: '30m',
  for: '1h',
  levels: [{ severity: 'warning', fires: { above: ALERT_LIMITS.unpricedHours } }],
  says: `{{ .Labels.entity_name }} was used without a price in ${figureOf('value', '%.0f')} of the last 24 hours`,
  description: 'Usage for which no price was in force is in no cost. What shall cost nothing needs a price of 0.',
  dashboard: {
    of: COSTS_DASHBOARD,
    panel: COSTS_DASHBOARD.panels.metersWithoutPrice,
    from: 'now-24h',
    to: 'now',
    variables: { meter: inUrl('entity_name') },
  },
};
