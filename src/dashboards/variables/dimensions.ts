import type { QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { ALL_VALUE, DIMENSIONS, matchesVariables, withoutName, type Dimension } from '../queries/dimensions';
import { touchesRange } from './months';
import { queryVariable } from './query-variable';

/** What has no value stands last, and always, so that the list is never empty. */
function valuesOf({ column }: Dimension, before: Dimension[]): string {
  const chained = before.length > 0 ? `\n      and ${matchesVariables('f', before)}` : '';
  return `select __text, __value
from (
  select distinct f.${column} as __text, f.${column} as __value
  from chargeback.monthly_usage f
  where f.${column} <> ''
      and ${touchesRange('f.month')}${chained}
  union all
  select '${withoutName(column)}', ''
) offered
order by __value = '', __value`;
}

/** A variable for a field of the resource, "All" at first; it offers what those of `before` leave of the months of the range. */
export function dimensionVariable(dimension: Dimension, before: Dimension[]): QueryVariableBuilder {
  return queryVariable(dimension.variable, dimension.label, valuesOf(dimension, before))
    .multi(true)
    .includeAll(true)
    .allValue(ALL_VALUE)
    .current({ text: ['All'], value: ['$__all'] });
}

/** The variables that most dashboards have, each chained to those before it. */
export function dimensionVariables(): QueryVariableBuilder[] {
  return DIMENSIONS.map((dimension, index) => dimensionVariable(dimension, DIMENSIONS.slice(0, index)));
}
