import { textUtil } from '@grafana/data';
import { config } from '@grafana/runtime';
import type { AlertInstance, AlertRule } from '../../../data/grafana-alerts/alert-rules';
import { PAGES } from '../../../plugin-id';

/** Where Grafana shows a rule with its history. */
export const ruleLink = ({ uid }: Pick<AlertRule, 'uid'>) => `/alerting/grafana/${encodeURIComponent(uid)}/view`;

/** The page that says what to do; of a rule it is written as a template of Grafana's own address. Empty when there is none. */
export function runbookLink({ runbook }: Pick<AlertRule, 'runbook'>): string {
  return runbook === ''
    ? ''
    : textUtil.sanitizeUrl(runbook.replace(/\{\{\s*externalURL\s*\}\}/, `${config.appSubUrl}/`));
}

/** What an alert is about, in words, and the budget's page where it is a budget. */
export function subjectOf({ labels }: Pick<AlertInstance, 'labels'>): { text: string; href?: string } {
  const [, id] = /^budget:(\d+)$/.exec(labels.entity_id ?? '') ?? [];
  const name = labels.budget ?? labels.entity_name ?? labels.workspace ?? labels.meter ?? '';
  const text = labels.threshold === undefined ? name : `${name}, ${labels.threshold} %`;
  return {
    text: text === '' ? 'All of it' : text,
    href: id === undefined ? undefined : `${PAGES.budgets}?budget=${id}`,
  };
}
