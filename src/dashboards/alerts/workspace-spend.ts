import { TypeThresholdBuilder } from '@grafana/grafana-foundation-sdk/expr';
import {
  NotificationSettingsBuilder,
  QueryBuilder,
  RuleBuilder,
  type Rule,
} from '@grafana/grafana-foundation-sdk/alerting';
import { named } from '../queries/dimensions';
import { sqlQuery } from '../sql-query';
import { SPEND_ALERT } from '../thresholds';
import { CONTACT_POINT, COSTS_DASHBOARD, DATASOURCES, FOLDER, WORKSPACE_SPEND_RULE } from '../uids';
import { runbook } from './runbook';

/**
 * A row for every workspace with usage in this or the last billing month, 0 when it spent nothing: a row that is
 * missing would be no data. One numeric column; the others become labels, so no amount that moves may stand there.
 */
const SQL = `with setting as (
  select coalesce(timezone, 'UTC') as zone, currency, ${SPEND_ALERT.amount}::numeric as amount
  from chargeback.settings
),
month as materialized (
  select first_day::date as first_day, (first_day - interval '1 month')::date as month_before, currency, amount
  from (select date_trunc('month', now() at time zone zone) as first_day, currency, amount from setting) this
),
known as (
  select workspace, case when count(distinct team) = 1 then max(team) else '' end as owner_team
  from chargeback.monthly_usage
  where month in (select first_day from month union select month_before from month)
  group by workspace
),
spent as (
  select workspace, sum(cost) as cost
  from chargeback.monthly_cost_facts
  where month = (select first_day from month) and currency = (select currency from month)
  group by workspace
)
select ${named('workspace')}::text as workspace, coalesce(nullif(owner_team, ''), 'Unallocated')::text as owner_team,
  ('workspace:' || workspace)::text as entity_id, ${named('workspace')}::text as entity_name,
  to_char(first_day, 'YYYY-MM')::text as period, (amount || ' ' || currency)::text as threshold,
  coalesce(100 * cost / amount, 0)::float8 as value
from known cross join month left join spent using (workspace)
order by workspace`;

/** Fires for each workspace whose cost in the running billing month has reached the amount. */
export function workspaceSpendRule(): Rule {
  return new RuleBuilder('Spend of a workspace in the billing month')
    .uid(WORKSPACE_SPEND_RULE)
    .folderUID(FOLDER)
    .ruleGroup('chargeback-spend')
    .withQuery(
      new QueryBuilder('spent')
        .datasourceUid(DATASOURCES.facts.uid)
        .relativeTimeRange({ from: 3600, to: 0 })
        .model(sqlQuery({ refId: 'spent', sql: SQL, datasource: DATASOURCES.facts })),
    )
    .withQuery(
      new QueryBuilder('over').datasourceUid('__expr__').model(
        new TypeThresholdBuilder()
          .refId('over')
          .datasource({ type: '__expr__', uid: '__expr__' })
          .expression('spent')
          .conditions([{ evaluator: { type: 'gte', params: [SPEND_ALERT.firesAtPercent] } }]),
      ),
    )
    .condition('over')
    .forDuration('0s')
    .noDataState('OK')
    .execErrState('Error')
    .labels({ severity: 'warning' })
    .annotations({
      // Labels are missing when the query itself failed: Grafana then sends this text with its own error.
      summary:
        '{{ if .Labels.workspace }}Workspace {{ .Labels.workspace }} has spent {{ (index .Values "spent").Value | printf "%.0f" }} % of {{ .Labels.threshold }} in {{ .Labels.period }}{{ else }}The spend of workspaces could not be looked up{{ end }}',
      description:
        'Fires when the cost of a workspace in the running billing month reaches the amount that is set for every workspace. The dashboard shows since when and on what.',
      runbook_url: runbook('workspace-spend'),
      __dashboardUid__: COSTS_DASHBOARD.uid,
      __panelId__: String(COSTS_DASHBOARD.panels.costByWorkspace),
    })
    .notificationSettings(
      new NotificationSettingsBuilder()
        .receiver(CONTACT_POINT.name)
        .groupBy(['grafana_folder', 'alertname', 'workspace']),
    )
    .build();
}
