/** The id under which Grafana knows this app; it is part of every path. */
export const PLUGIN_ID = 'finops-chargeback-app';

/** Where the app's pages live. */
export const PAGES = {
  chargeback: `/a/${PLUGIN_ID}/chargeback`,
  budgets: `/a/${PLUGIN_ID}/budgets`,
  rates: `/a/${PLUGIN_ID}/rates`,
  ownership: `/a/${PLUGIN_ID}/sources?tab=ownership`,
  collection: `/a/${PLUGIN_ID}/sources?tab=collection`,
  history: `/a/${PLUGIN_ID}/history`,
  connection: `/plugins/${PLUGIN_ID}?page=connection`,
  access: `/plugins/${PLUGIN_ID}?page=access`,
} as const;

// Browsers, histories and routers decode a path a different number of times, take `\` and dots for parts of it, and
// drop a space at its end.
const UNSAFE_IN_PATHS = /[%~\\]|^\.{1,2}$| $/g;

/** The page of one workspace; its name may contain anything, slashes too. `workspaceOfPath` reads it back. */
export function workspacePage(workspace: string): string {
  const safe = workspace.replace(UNSAFE_IN_PATHS, (text) =>
    [...text].map((character) => `~${character.charCodeAt(0).toString(16)}`).join(''),
  );
  return `/a/${PLUGIN_ID}/workspaces/${encodeURIComponent(safe)}`;
}

/** The workspace that the rest of a path after `workspaces/` names, decoded as the router gives it. */
export function workspaceOfPath(rest: string): string {
  return rest.replace(/~([0-9a-f]{2})/g, (_text, code: string) => String.fromCharCode(parseInt(code, 16)));
}
