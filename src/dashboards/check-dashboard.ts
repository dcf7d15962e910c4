import {
  VariableType,
  type Dashboard,
  type Panel,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { checkPromql } from './check-promql';
import { checkSql } from './check-sql';
import type { PromqlQuery } from './promql-query';
import { ALL_VALUE } from './queries/dimensions';
import { ALL_IN_BOTH } from './queries/in-both-languages';
import type { SqlQuery } from './sql-query';
import { DATASOURCES, FACTS, USAGE } from './uids';

const isSql = (target: object): target is SqlQuery => 'rawSql' in target;
const isPromql = (target: object): target is PromqlQuery => 'expr' in target;

function* panelsOf(dashboard: Dashboard): Generator<Panel> {
  for (const panel of dashboard.panels ?? []) {
    if ('panels' in panel) {
      yield* panel.panels;
    } else {
      yield panel;
    }
  }
}

function* panelProblems(panel: Panel): Generator<string> {
  const defaults = panel.fieldConfig?.defaults;
  if (!defaults?.thresholds?.steps.length) {
    yield 'has no thresholds: Grafana paints everything above 80 red';
  }
  if (!defaults?.noValue) {
    yield 'has no text for the case that there is nothing to show (noValue)';
  }
  if (!panel.description) {
    yield 'has no description: say which unit, which hours and what is left out';
  }
  if (panel.id === undefined) {
    yield 'has no id: links to it would change with its place';
  }
  for (const target of panel.targets ?? []) {
    const { datasource } = target as { datasource?: { uid?: string } };
    if (datasource?.uid !== FACTS.uid && datasource?.uid !== USAGE.uid) {
      yield `reads "${datasource?.uid}" instead of a datasource that the viewer chose (${FACTS.uid}, ${USAGE.uid})`;
    }
    if (isSql(target)) {
      yield* checkSql(target.rawSql);
    }
    if (isPromql(target)) {
      yield* checkPromql(target.expr);
    }
  }
}

function* variableProblems(variable: VariableModel): Generator<string> {
  const type = variable.name === 'usage' ? DATASOURCES.usage.type : DATASOURCES.facts.type;
  if (variable.type === VariableType.Datasource && variable.query !== type) {
    yield `offers datasources of another type than ${type}`;
  }
  const everything = variable.datasource?.uid === USAGE.uid ? ALL_IN_BOTH : ALL_VALUE;
  if (variable.includeAll && variable.allValue !== everything) {
    yield `has "All" without the value ${everything}: rows with an empty field would be lost`;
  }
  if (variable.name === 'currency' && (variable.multi || variable.includeAll)) {
    yield 'lets several currencies be chosen, which would be summed';
  }
  if (variable.type === VariableType.Query && typeof variable.query === 'string') {
    yield* checkSql(variable.query);
  }
  if (variable.type === VariableType.Query && typeof variable.query === 'object') {
    yield* checkPromql(String((variable.query as { query?: unknown }).query));
  }
}

const readsUsage = (dashboard: Dashboard) =>
  [...panelsOf(dashboard)].some(({ targets = [] }) => targets.some((target) => isPromql(target)));

/** What would go wrong with a dashboard in Grafana, each as a sentence that names the panel or variable; empty when all is well. */
export function checkDashboard(dashboard: Dashboard): string[] {
  const ids = [...panelsOf(dashboard)].map(({ id }) => id);
  return [
    ...(dashboard.uid?.startsWith('chargeback-') ? [] : [`uid "${dashboard.uid}" does not begin with chargeback-`]),
    ...('__inputs' in dashboard ? ['has __inputs, at which Grafana stops the import'] : []),
    ...(readsUsage(dashboard) && !dashboard.templating.list?.some(({ name }) => name === 'usage')
      ? ['reads Prometheus without the variable "usage", by which the viewer chooses which one']
      : []),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `panel id ${id} is there twice`),
    ...[...panelsOf(dashboard)].flatMap((panel) =>
      [...panelProblems(panel)].map((problem) => `panel "${panel.title}" ${problem}`),
    ),
    ...(dashboard.templating.list ?? []).flatMap((variable) =>
      [...variableProblems(variable)].map((problem) => `variable "${variable.name}" ${problem}`),
    ),
  ].map((problem) => `${dashboard.uid}: ${problem}`);
}
