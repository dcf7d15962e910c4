/** The id under which Grafana knows this app; it is part of every path. */
export const PLUGIN_ID = 'finops-chargeback-app';

/** Where the app's pages live. */
export const PAGES = {
  chargeback: `/a/${PLUGIN_ID}/chargeback`,
  rates: `/a/${PLUGIN_ID}/rates`,
  connection: `/plugins/${PLUGIN_ID}?page=connection`,
} as const;
