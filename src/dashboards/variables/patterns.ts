import { VariableHide, type QueryVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { ResourceField } from '../../domain/resource';
import { ALL_VALUE, matchesVariables, type Dimension } from '../queries/dimensions';
import { touchesRange } from './months';
import { queryVariable } from './query-variable';

/**
 * A hidden variable for PromQL: the regular expression of the values of `column` that the choices in `dimensions` leave of
 * the months of the range, anything when nothing is chosen. It is written \${name:raw} between backticks, in which PromQL
 * takes backslashes as they stand; a value with a backtick cannot be looked for.
 */
export function patternVariable(name: string, column: ResourceField, dimensions: Dimension[]): QueryVariableBuilder {
  const everything = dimensions.map(({ variable }) => `${ALL_VALUE} in (\${${variable}:sqlstring})`).join(' and ');
  const pattern = `select case when ${everything} then '.*'
    else coalesce(string_agg(distinct regexp_replace(f.${column}, '[][{}().*+?^|\\\\$]', '\\\\\\&', 'g'), '|'), 'nothing matches') end as pattern
  from chargeback.monthly_usage f
  where f.${column} <> '' and f.${column} not like '%\`%'
      and ${touchesRange('f.month')}
      and ${matchesVariables('f', dimensions)}`;
  const sql = `select pattern as __text, pattern as __value from (${pattern}) of_choices`;
  return queryVariable(name, column, sql).hide(VariableHide.HideVariable);
}
