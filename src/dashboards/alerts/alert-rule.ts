import { TypeMathBuilder, TypeThresholdBuilder } from '@grafana/grafana-foundation-sdk/expr';
import {
  NotificationSettingsBuilder,
  QueryBuilder,
  RuleBuilder,
  type Rule,
} from '@grafana/grafana-foundation-sdk/alerting';
import { sqlQuery } from '../sql-query';
import { CONTACT_POINT, type COSTS_DASHBOARD, DATASOURCES, FOLDER, type DashboardId } from '../uids';
import { externalUrl, runbook } from './external-url';

export type Severity = 'info' | 'warning' | 'critical';

/** When a rule fires: its value against a number, or, where every row has a number of its own, an expression on the queries. */
export type Fires = { above: number } | { expression: string };

/** Rules that watch the same thing: they read the same view and have the same page in docs/runbooks. */
export interface Alert {
  /** In kebab-case: names the view (`alert_…`), the runbook's page and, with the severity, the rules. */
  key: string;
  title: string;
  /** How often Grafana looks, and for how long it must be so before it tells anybody. */
  every: '5m' | '15m' | '30m' | '1h';
  for: '0s' | '15m' | '30m' | '1h' | '2h' | '3h' | '6h';
  /** What no row at all means: by default that the ledger cannot be watched. */
  noData?: 'OK';
  /** Columns of the view that become labels, beside those that every view has. */
  labels?: string[];
  /** The labels by which alerts are told together; all of a rule by default. */
  tellBy?: string[];
  levels: Array<{ severity: Severity; fires: Fires; where?: string }>;
  /** Further numbers, by name: SQL that gives `value`, and of the labels those that tell its rows apart. */
  figures?: Record<string, string>;
  /** One sentence for people, a template over `.Labels` and `.Values`. */
  says: string;
  description: string;
  /** Where to look: the dashboard, its panel, the range, and what its variables are set to (templates). */
  dashboard: {
    of: DashboardId | typeof COSTS_DASHBOARD;
    panel: number;
    from: string;
    to: string;
    variables?: Record<string, string>;
  };
}

/** Every view has these columns. */
const BASE_LABELS = ['workspace', 'owner_team', 'entity_id', 'entity_name'];

/** The number of a query of a rule, in a template. */
export const figureOf = (name: string, format: string) => `{{ printf "${format}" (index .Values "${name}").Value }}`;

/** A label as part of an address. */
export const inUrl = (label: string) => `{{ .Labels.${label} | urlquery }}`;

/** What an alert watches, without its kind (`workspace:`, `budget:`), as part of an address; empty for what belongs to no workspace. */
export const ENTITY_IN_URL = '{{ reReplaceAll "^[a-z]+:" "" .Labels.entity_id | urlquery }}';

/** The uid of the rule of a level. */
export const ruleUid = (alert: Alert, { severity }: Alert['levels'][number]) =>
  `chargeback-${alert.key}${alert.levels.length > 1 ? `-${severity}` : ''}`;

/** What the rule of a level reads: of the view the labels, and the number. */
const sqlOf = ({ key, labels = [] }: Alert, { where }: Alert['levels'][number]) =>
  `select ${[...BASE_LABELS, ...labels].join(', ')}, value
from chargeback.alert_${key.replaceAll('-', '_')}${where ? `\nwhere ${where}` : ''}`;

const EXPRESSIONS = { type: '__expr__', uid: '__expr__' };

function condition(fires: Fires) {
  return 'expression' in fires
    ? new TypeMathBuilder().refId('fires').datasource(EXPRESSIONS).expression(fires.expression)
    : new TypeThresholdBuilder()
        .refId('fires')
        .datasource(EXPRESSIONS)
        .expression('value')
        .conditions([{ evaluator: { type: 'gt', params: [fires.above] } }]);
}

/** Without labels, when a query failed, the dashboard as it is. */
function dashboardUrl({ of, from, to, variables = {} }: Alert['dashboard']): string {
  const set = { facts: DATASOURCES.facts.uid, ...variables };
  const search = Object.entries(set).map(([name, value]) => `var-${name}=${value}`);
  const asked = [`from=${from}`, `to=${to}`, ...search].join('&');
  return externalUrl(`d/${of.uid}{{ if .Labels.entity_id }}?${asked}{{ end }}`);
}

/** The rules of an alert, one for each level. */
export function alertRules(alert: Alert): Rule[] {
  return alert.levels.map((level) => {
    const rule = new RuleBuilder(alert.levels.length > 1 ? `${alert.title} (${level.severity})` : alert.title)
      .uid(ruleUid(alert, level))
      .folderUID(FOLDER)
      .ruleGroup(`chargeback-every-${alert.every}`);
    for (const [refId, sql] of Object.entries({ value: sqlOf(alert, level), ...alert.figures })) {
      rule.withQuery(
        new QueryBuilder(refId)
          .datasourceUid(DATASOURCES.facts.uid)
          .relativeTimeRange({ from: 3600, to: 0 })
          .model(sqlQuery({ refId, sql, datasource: DATASOURCES.facts })),
      );
    }
    return rule
      .withQuery(new QueryBuilder('fires').datasourceUid(EXPRESSIONS.uid).model(condition(level.fires)))
      .condition('fires')
      .forDuration(alert.for)
      .noDataState(alert.noData ?? 'Alerting')
      .execErrState('Error')
      .labels({ severity: level.severity })
      .annotations({
        // Without labels the query failed or gave nothing: Grafana sends the text all the same, with its own error.
        summary: `{{ if .Labels.entity_id }}${alert.says}{{ else }}${alert.title}: could not be looked up{{ end }}`,
        description: alert.description,
        dashboard_url: dashboardUrl(alert.dashboard),
        runbook_url: runbook(alert.key),
        __dashboardUid__: alert.dashboard.of.uid,
        __panelId__: String(alert.dashboard.panel),
      })
      .notificationSettings(
        new NotificationSettingsBuilder()
          .receiver(CONTACT_POINT.name)
          .groupBy(['grafana_folder', 'alertname', ...(alert.tellBy ?? [])]),
      )
      .build();
  });
}
