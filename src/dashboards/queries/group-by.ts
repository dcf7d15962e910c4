import { withoutName, type FieldName } from './dimensions';

/** By what the viewer can have costs told apart, in the order in which it is offered. */
export const GROUP_BY: Array<{ column: FieldName; label: string }> = [
  { column: 'workspace', label: 'Workspace' },
  { column: 'business_unit', label: 'Business unit' },
  { column: 'team', label: 'Team' },
  { column: 'cost_center', label: 'Cost centre' },
  { column: 'application', label: 'Application' },
  { column: 'environment', label: 'Environment' },
  { column: 'cluster', label: 'Cluster' },
  { column: 'topic', label: 'Topic' },
  { column: 'principal', label: 'Principal' },
  { column: 'product', label: 'Product' },
  { column: 'charge_type', label: 'Meter' },
];

/** The columns that `GROUPED` chooses from. */
export const GROUP_COLUMNS = GROUP_BY.map(({ column }) => column);

const chosen = (of: (column: FieldName) => string) =>
  `case \${groupby:sqlstring} ${GROUP_BY.map(({ column }) => `when '${column}' then ${of(column)}`).join(' ')} else ${of('workspace')} end`;

/** The column that is chosen; what is not offered counts as the workspace. PostgreSQL reads none of the others. */
export const GROUPED = chosen((column) => column);

/** What stands where the chosen column is empty. */
export const WITHOUT_GROUP = chosen((column) => `'${withoutName(column)}'`);
