/** A field of the resource that a dashboard can be narrowed to. */
export interface Dimension {
  variable: string;
  column: string;
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

/** A field as people read it: what has no owner is called so. */
export function named(column: string): string {
  return `coalesce(nullif(${column}, ''), 'Unallocated')`;
}
