import { BUDGETS_PANELS } from '../budgets/budgets-dashboard';
import { ALERT_LIMITS } from '../thresholds';
import { DASHBOARDS } from '../uids';
import { ENTITY_IN_URL, figureOf, inUrl, type Alert } from './alert-rule';

const REACHED = { expression: '$value >= $threshold' };
const { warningFrom, criticalFrom } = ALERT_LIMITS.budgetThreshold;

/** A sum of money of each budget: not a label, because alerts whose labels change are other alerts. */
const ofBudget = (column: string) =>
  `select 'budget:' || budget_id as entity_id, max(${column})::numeric as value\nfrom chargeback.budget_status\ngroup by budget_id`;

/**
 * Thresholds of budgets. Each is reached at a percentage of its own, hence the rule compares two queries row by row; both
 * read numbers that no float rounds up, so that it fires when the threshold is reached and not a fraction before.
 */
export const budgetThreshold: Alert = {
  key: 'budget-threshold',
  title: 'Budget has reached a threshold',
  every: '15m',
  for: '0s',
  // Until there is a first budget.
  noData: 'OK',
  labels: ['budget', 'owner', 'contact', 'scope', 'currency', 'period', 'period_start', 'period_end', 'threshold'],
  tellBy: ['entity_id'],
  figures: {
    threshold: 'select entity_id, threshold, threshold::numeric as value\nfrom chargeback.alert_budget_threshold',
    spent: ofBudget('spent'),
    amount: ofBudget('amount'),
  },
  levels: [
    { severity: 'info', fires: REACHED, where: `threshold::numeric < ${warningFrom}` },
    {
      severity: 'warning',
      fires: REACHED,
      where: `threshold::numeric >= ${warningFrom} and threshold::numeric < ${criticalFrom}`,
    },
    { severity: 'critical', fires: REACHED, where: `threshold::numeric >= ${criticalFrom}` },
  ],
  says: `Budget {{ .Labels.budget }}: ${figureOf('spent', '%.2f')} of ${figureOf('amount', '%.2f')} {{ .Labels.currency }} spent in {{ .Labels.period }} (${figureOf('value', '%.1f')} %), threshold {{ .Labels.threshold }} %. Owner: {{ .Labels.owner }}`,
  description:
    'Fires for each threshold of a budget as soon as the costs of its running period reach it; it resolves when the next period begins, or when a new price, owner or amount brings them below it.',
  dashboard: {
    of: DASHBOARDS.budgets,
    panel: BUDGETS_PANELS.budgets,
    from: '{{ .Labels.period_start }}',
    to: '{{ .Labels.period_end }}',
    variables: { budget: ENTITY_IN_URL, currency: inUrl('currency') },
  },
};
