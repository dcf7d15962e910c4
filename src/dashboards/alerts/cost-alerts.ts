import { ALERT_LIMITS } from '../thresholds';
import { COSTS_DASHBOARD } from '../uids';
import { ENTITY_IN_URL, figureOf, inUrl, type Alert } from './alert-rule';

const dashboard: Alert['dashboard'] = {
  of: COSTS_DASHBOARD,
  panel: COSTS_DASHBOARD.panels.costByWorkspace,
  from: 'now-7d',
  to: 'now',
  variables: { workspace: ENTITY_IN_URL, currency: inUrl('currency') },
};

/** A workspace suddenly costs a multiple of what these hours usually cost. */
export const costSpike: Alert = {
  key: 'cost-spike',
  title: 'Cost of a workspace has jumped',
  every: '15m',
  for: '30m',
  labels: ['currency'],
  tellBy: ['workspace'],
  levels: [{ severity: 'critical', fires: { above: ALERT_LIMITS.costSpike } }],
  says: `Workspace {{ .Labels.workspace }} costs ${figureOf('value', '%.1f')} times what these hours of the week usually cost`,
  description:
    'Compares the last 3 complete hours with the medians of the same hours of the week over 6 weeks. Silent with less than two weeks before, and below 1 % of what all workspaces usually cost.',
  dashboard,
};

/** A workspace suddenly costs next to nothing: usage that stopped, or that is counted no more. */
export const costCollapse: Alert = {
  key: 'cost-collapse',
  title: 'Cost of a workspace has collapsed',
  every: '15m',
  for: '30m',
  labels: ['currency'],
  tellBy: ['workspace'],
  levels: [{ severity: 'warning', fires: { above: ALERT_LIMITS.costCollapse } }],
  says: `Workspace {{ .Labels.workspace }} costs next to nothing (${figureOf('value', '%.2f')} of the usual cost of these hours of the week is missing)`,
  description:
    'Compares the last 3 complete hours with the medians of the same hours of the week over 6 weeks. Silent with less than two weeks before, for workspaces below 1 % of what all usually cost, and for meters that are not collected, which have an alert of their own.',
  dashboard,
};
