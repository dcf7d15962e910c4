import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { dashboards, generatedFiles } from '../generated-files';
import { ALERT_LIMITS } from '../thresholds';
import { ALERTS } from './alerts';

interface FileRule {
  uid: string;
  title: string;
  condition: string;
  for: string;
  noDataState: string;
  execErrState: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  notification_settings: { receiver: string; group_by: string[] };
  data: Array<{ refId: string; datasourceUid: string; model: Record<string, unknown> }>;
}
interface RulesFile {
  groups: Array<{ name: string; folder: string; interval: string; rules: FileRule[] }>;
  deleteRules: Array<{ uid: string }>;
}

const file = parse(generatedFiles().get('provisioning/alerting/rules.yaml') ?? '') as RulesFile;
const rules = file.groups.flatMap((group) => group.rules.map((rule) => ({ ...rule, every: group.interval })));

test('the rules of the specification: what fires, how grave it is, how often it is looked at and for how long', () => {
  const told = rules.map(({ uid, labels, every, for: lasts, noDataState, data }) => {
    const model = data.find(({ refId }) => refId === 'fires')?.model as {
      expression: string;
      conditions?: Array<{ evaluator: { type: string; params: number[] } }>;
    };
    const limit = model.conditions?.map(({ evaluator }) => `${evaluator.type} ${evaluator.params.join()}`).join();
    return `${uid} ${limit ?? model.expression} ${labels['severity']} ${every}/${lasts} ${noDataState}`;
  });
  expect(told.sort()).toEqual(
    [
      'chargeback-budget-threshold-critical $value >= $threshold critical 15m/0s OK',
      'chargeback-budget-threshold-info $value >= $threshold info 15m/0s OK',
      'chargeback-budget-threshold-warning $value >= $threshold warning 15m/0s OK',
      'chargeback-collector-stale-critical gt 360 critical 5m/15m Alerting',
      'chargeback-collector-stale-warning gt 120 warning 5m/15m Alerting',
      'chargeback-confidence-drop gt 0.1 warning 1h/3h Alerting',
      'chargeback-confidence-floor gt 0.25 warning 1h/3h Alerting',
      'chargeback-cost-collapse gt 0.8 warning 15m/30m Alerting',
      'chargeback-cost-spike gt 2 critical 15m/30m Alerting',
      'chargeback-ledger-integrity gt 0.01 critical 1h/1h Alerting',
      'chargeback-missing-hours gt 0 warning 15m/2h Alerting',
      'chargeback-unallocated-share-critical gt 20 critical 1h/6h Alerting',
      'chargeback-unallocated-share-warning gt 10 warning 1h/6h Alerting',
      'chargeback-unpriced-usage gt 0 warning 30m/1h Alerting',
    ].sort(),
  );
});

test.each(rules.map((rule) => [rule.uid, rule] as const))('%s can be provisioned and told', (uid, rule) => {
  // Grafana refuses longer ones.
  expect(uid.length).toBeLessThanOrEqual(40);
  expect(rule.execErrState).toBe('Error');
  expect(rule.notification_settings.receiver).toBe('Chargeback');
  expect(rule.notification_settings.group_by).toEqual(expect.arrayContaining(['alertname', 'grafana_folder']));
  expect(rule.data.map(({ refId }) => refId)).toContain(rule.condition);
  expect([...new Set(rule.data.map(({ datasourceUid }) => datasourceUid))]).toEqual(['chargeback-facts', '__expr__']);
  // Grafana fills environment variables into labels: a dollar sign there would be one.
  expect(JSON.stringify(rule.labels)).not.toContain('$');
});

test.each(rules.map((rule) => [rule.uid, rule.annotations] as const))(
  '%s leads to a runbook, a dashboard and a panel that exist',
  (_, { runbook_url, dashboard_url = '', summary, description, ...panel }) => {
    expect(summary).toBeTruthy();
    expect(description).toBeTruthy();
    expect(existsSync(`docs/runbooks/${runbook_url?.split('/').at(-1)}`)).toBe(true);
    const dashboard = dashboards().find(({ uid }) => uid === panel['__dashboardUid__']);
    const ids = (dashboard?.panels ?? []).flatMap((one) => [
      one.id,
      ...('panels' in one ? one.panels.map(({ id }) => id) : []),
    ]);
    expect(ids).toContain(Number(panel['__panelId__']));
    const variables = (dashboard?.templating.list ?? []).map(({ name }) => `var-${name}`);
    const address = new URL(
      dashboard_url.replace('{{ externalURL }}', 'http://grafana/').replace('{{ if .Labels.entity_id }}', ''),
    );
    expect(address.pathname).toBe(`/d/${dashboard?.uid}`);
    const set = [...address.searchParams.keys()];
    expect(set).toEqual(expect.arrayContaining(['from', 'to', 'var-facts']));
    expect(variables).toEqual(expect.arrayContaining(set.filter((name) => name.startsWith('var-'))));
  },
);

test('every page of docs/runbooks is that of an alert, and every alert has one', () => {
  expect(readdirSync('docs/runbooks').sort()).toEqual(ALERTS.map(({ key }) => `${key}.md`).sort());
});

test('titles and uids are told apart, and rules that are no more are removed', () => {
  for (const names of [rules.map(({ uid }) => uid), rules.map(({ title }) => title)]) {
    expect(new Set(names).size).toBe(names.length);
  }
  const removed = file.deleteRules.map(({ uid }) => uid);
  expect(removed).toContain('chargeback-workspace-spend');
  expect(rules.filter(({ uid }) => removed.includes(uid))).toEqual([]);
});

test('a meter is left out of the other alerts from the minute on at which its own fires', () => {
  const views = readFileSync('src/collector/db/migrations/0009-alert-views.sql', 'utf8');
  expect(views).toContain(`minutes_late > ${ALERT_LIMITS.minutesLate.warning} as stale`);
});

test('without an address the contact point can be provisioned all the same', () => {
  const { contactPoints } = parse(
    generatedFiles().get('provisioning/alerting/contact-points.yaml') ?? '',
    (_, value: unknown) => (typeof value === 'string' ? value.replaceAll(/\$\{\w+\}/g, '') : value),
  ) as { contactPoints: Array<{ receivers: Array<{ type: string; settings: Record<string, string> }> }> };
  const settings = Object.fromEntries(
    contactPoints.flatMap(({ receivers }) => receivers.map((one) => [one.type, one.settings])),
  );
  expect(settings['webhook']?.['url']).toBeTruthy();
  expect(settings['email']?.['addresses']).toBeTruthy();
});

test('the words of notifications hold nothing that Grafana takes for an environment variable', () => {
  expect(generatedFiles().get('provisioning/alerting/templates.yaml')).not.toContain('$');
});
