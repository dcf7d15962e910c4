/**
 * The two teams that the demo shows beside the administrator, who sees everything. Each has an organization of its own in
 * Grafana, since whoever belongs to an organization can send any SQL to its data sources; the one with `sql` has a data
 * source that shows its workspace only, and the dashboards on it.
 */
export const TEAMS = [
  { name: 'Payments', login: 'payments-viewer', workspace: 'payments', sql: true },
  { name: 'Search', login: 'search-viewer', workspace: 'search', sql: false },
];
