/** The id under which Grafana knows this app; it is part of every path. */
export const PLUGIN_ID = 'finops-chargeback-app';

/** Where the app's pages live. */
export const PAGES = {
  chargeback: `/a/${PLUGIN_ID}/chargeback`,
  rates: `/a/${PLUGIN_ID}/rates`,
  ownership: `/a/${PLUGIN_ID}/sources?tab=ownership`,
  collection: `/a/${PLUGIN_ID}/sources?tab=collection`,
  connection: `/plugins/${PLUGIN_ID}?page=connection`,
} as const;

/** The page of one workspace; its name may contain anything, slashes too. */
export function workspacePage(workspace: string): string {
  return `/a/${PLUGIN_ID}/workspaces/${encodeURIComponent(workspace)}`;
}
