import type { QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { ALL_VALUE, DIMENSIONS, matchesVariables, type Dimension } from '../queries/dimensions';
import { touchesRange } from './months';
import { queryVariable } from './query-variable';

/** "Unallocated" stands last, and always, so that the list is never empty. */
function valuesOf({ column }: Dimension, before: Dimension[]): string {
  const chained = before.length > 0 ? `\n      and ${matchesVariables('f', before)}` : '';
  return `select __text, __value
from (
  select distinct f.${column} as __text, f.${column} as __value
  from chargeback.monthly_usage f
  where f.${column} <> ''
      and ${touchesRange('f.month')}${chained}
  union all
  select 'Unallocated', ''
) offered
order by __value = '', __value`;
}

/** A variable for each field of the resource, "All" at first; each offers what those before it leave of the months of the range. */
export function dimensionVariables(): QueryVariableBuilder[] {
  return DIMENSIONS.map((dimension, index) =>
    queryVariable(dimension.variable, dimension.label, valuesOf(dimension, DIMENSIONS.slice(0, index)))
      .multi(true)
      .includeAll(true)
      .allValue(ALL_VALUE)
      .current({ text: ['All'], value: ['$__all'] }),
  );
}
