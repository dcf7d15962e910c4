import type { ResourceField } from '../../domain/resource';

/** A field of the resource that a dashboard can be narrowed to. */
export interface Dimension {
  variable: string;
  column: ResourceField;
  label: string;
}

/** In the order in which the variables stand on a dashboard; each offers what is left by those before it. */
export const DIMENSIONS: Dimension[] = [
  { variable: 'org', column: 'organization', label: 'Organization' },
  { variable: 'workspace', column: 'workspace', label: 'Workspace' },
  { variable: 'environment', column: 'environment', label: 'Environment' },
  { variable: 'cluster', column: 'cluster', label: 'Cluster' },
  { variable: 'business_unit', column: 'business_unit', label: 'Business unit' },
  { variable: 'team', column: 'team', label: 'Team' },
];

/** Fields that only some dashboards can be narrowed to; their variables stand behind those of `DIMENSIONS`. */
export const TOPIC: Dimension = { variable: 'topic', column: 'topic', label: 'Topic' };
export const PRINCIPAL: Dimension = { variable: 'principal', column: 'principal', label: 'Principal' };
export const COST_CENTER: Dimension = { variable: 'cost_center', column: 'cost_center', label: 'Cost centre' };

/** What "All" inserts: a value of its own instead of every known one, so that rows with an empty field stay in. */
export const ALL_VALUE = "'__all__'";

/** The condition that rows of `alias` match what is chosen in the variables of `dimensions`. */
export function matchesVariables(alias: string, dimensions = DIMENSIONS): string {
  return dimensions
    .map(({ variable, column }) => {
      const chosen = `\${${variable}:sqlstring}`;
      return `(${ALL_VALUE} in (${chosen}) or ${alias}.${column} in (${chosen}))`;
    })
    .join('\n      and ');
}

/** A column of the views by which costs are told apart: a field of the resource, or the meter of a cost. */
export type FieldName = ResourceField | 'charge_type' | 'meter';

/** Fields that metering observes; all others say who owns, and come from the directory. */
const OBSERVED: Partial<Record<FieldName, string>> = {
  cluster: 'No cluster',
  topic: 'No topic',
  principal: 'No principal',
  agent: 'No agent',
  model: 'No model',
};

/** What stands where `column` is empty: nobody's, or not of a topic, principal and so on. */
export const withoutName = (column: FieldName): string => OBSERVED[column] ?? 'Unallocated';

/** A field as people read it: an empty one has a name, too (Grafana shows an empty text as the field's name). */
export function named(column: FieldName, of = ''): string {
  return `coalesce(nullif(${of && `${of}.`}${column}, ''), '${withoutName(column)}')`;
}
