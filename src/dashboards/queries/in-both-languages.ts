import type { Dimension } from './dimensions';

/**
 * What "All" inserts where a variable stands in PromQL and in SQL. Grafana inserts it as it is, so it must be a regular
 * expression that matches everything (its second alternative does), and an SQL text equal to ALL_VALUE (the rest is a comment).
 */
export const ALL_IN_BOTH = "'__all__'/*|.*|.*/";

/** The variables of the dashboard of raw usage, whose values come from labels, and the fields that the ledger has them in. */
export const VIRTUAL_CLUSTER: Dimension = {
  variable: 'virtual_cluster',
  column: 'cluster',
  label: 'Virtual cluster',
};
export const SERVICE_ACCOUNT: Dimension = {
  variable: 'service_account',
  column: 'principal',
  label: 'Service account',
};
