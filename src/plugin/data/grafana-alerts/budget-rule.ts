import type { Budget } from '../../../api/budgets';
import { PLUGIN_ID } from '../../plugin-id';
import { FACTS_TYPE } from '../facts-datasource';

/** The uid of what is made in Grafana for a budget: its rule, its contact point and the contact point's name. */
export const budgetAlertUid = ({ id }: Pick<Budget, 'id'>) => `chargeback-budget-${id}`;

/** The folder of alert rules and dashboards, by its title. */
export const FOLDER = 'Chargeback';

/** A query of a rule; its number is named by `refId`. */
interface RuleQuery {
  refId: string;
  relativeTimeRange: { from: number; to: number };
  datasourceUid: string;
  model: object;
}

/** A rule as Grafana's provisioning API takes it. */
export interface ProvisionedRule {
  uid: string;
  title: string;
  folderUID: string;
  ruleGroup: string;
  condition: string;
  data: RuleQuery[];
  for: string;
  noDataState: 'OK';
  execErrState: 'Error';
  labels: Record<string, string>;
  annotations: Record<string, string>;
  notification_settings: { receiver: string; group_by: string[] };
}

const EXPRESSIONS = '__expr__';

function query(refId: string, rawSql: string, facts: string): RuleQuery {
  return {
    refId,
    relativeTimeRange: { from: 3600, to: 0 },
    datasourceUid: facts,
    model: { refId, datasource: { type: FACTS_TYPE, uid: facts }, format: 'table', rawQuery: true, rawSql },
  };
}

/**
 * The rule that tells a budget's own contacts of its thresholds: an alert for each threshold, from the moment on at which
 * what is used reaches it. `used_percent` is cut off, not rounded, so that no float reaches a threshold too early. Amounts are
 * values and no labels: an alert whose labels change is another alert. `facts` is the uid of the data source that reads the
 * views.
 */
export function budgetRule(
  budget: Pick<Budget, 'id' | 'name'>,
  { facts, folder }: { facts: string; folder: string },
): ProvisionedRule {
  const of = `from chargeback.budget_status where budget_id = ${budget.id}`;
  const entity = `'budget:${budget.id}'::text as entity_id`;
  const labels = `${entity}, trim_scale(threshold)::text as threshold`;
  const uid = budgetAlertUid(budget);
  return {
    uid,
    // Two rules of a folder cannot have one title, two budgets one name, and a name may be as long as a title.
    title: `Budget ${budget.id} has reached a threshold: ${budget.name.slice(0, 120)}`,
    folderUID: folder,
    ruleGroup: 'chargeback-budget-contacts',
    condition: 'fires',
    data: [
      query(
        'value',
        `select ${labels}, budget::text as budget, owner::text as owner, period::text as period, currency::text as currency, used_percent::numeric as value ${of}`,
        facts,
      ),
      query('threshold', `select ${labels}, threshold::numeric as value ${of}`, facts),
      query('spent', `select ${entity}, coalesce(max(spent), 0)::numeric as value ${of}`, facts),
      query('amount', `select ${entity}, coalesce(max(amount), 0)::numeric as value ${of}`, facts),
      {
        refId: 'fires',
        relativeTimeRange: { from: 0, to: 0 },
        datasourceUid: EXPRESSIONS,
        model: {
          refId: 'fires',
          datasource: { type: EXPRESSIONS, uid: EXPRESSIONS },
          type: 'math',
          expression: '$value >= $threshold',
        },
      },
    ],
    for: '0s',
    // The budget has not begun, or was deleted.
    noDataState: 'OK',
    execErrState: 'Error',
    labels: { severity: 'warning' },
    annotations: {
      summary:
        '{{ if .Labels.budget }}Budget {{ .Labels.budget }} has reached {{ .Labels.threshold }} %: in {{ .Labels.period }} {{ printf "%.2f" (index .Values "spent").Value }} of {{ printf "%.2f" (index .Values "amount").Value }} {{ .Labels.currency }} are spent. Owner: {{ .Labels.owner }}{{ else }}How a budget stands could not be looked up{{ end }}',
      description: 'Made on the page Budgets for the contacts of this budget; changed and taken away there.',
      budget_url: `{{ externalURL }}a/${PLUGIN_ID}/budgets?budget=${budget.id}`,
      runbook_url: `{{ externalURL }}public/plugins/${PLUGIN_ID}/runbooks/budget-threshold.md`,
    },
    notification_settings: { receiver: uid, group_by: ['grafana_folder', 'alertname', 'entity_id'] },
  };
}
