/**
 * Users of the journeys; the administrator is Grafana's own. The member is the one whom access.yaml of the journeys
 * grants a single workspace.
 */
export const GRAFANA_USERS = {
  viewer: { login: 'chargeback-viewer', password: 'chargeback-viewer' },
  member: { login: 'payments-member', password: 'payments-member' },
};

/** The administrator of GRAFANA_URL, from GRAFANA_ADMIN as `login:password`. */
export function grafanaAdmin(): { login: string; password: string } {
  const [login = 'admin', password = 'admin'] = (process.env.GRAFANA_ADMIN ?? 'admin:admin').split(':');
  return { login, password };
}

async function ask(url: string, path: string, method: string, body?: unknown): Promise<Response> {
  const { login, password } = grafanaAdmin();
  return fetch(`${url}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** Points the app of a running Grafana to `collector` (its saved connection is overwritten) and makes the users. */
export async function connectGrafana(url: string, collector: string, key: string): Promise<void> {
  const saved = await ask(url, '/api/plugins/finops-chargeback-app/settings', 'POST', {
    enabled: true,
    pinned: true,
    jsonData: { collectorUrl: collector },
    secureJsonData: { collectorKey: key },
  });
  if (!saved.ok) {
    throw new Error(
      `${url} did not take the app's settings: ${saved.status} ${await saved.text()}. Is the plugin installed there?`,
    );
  }
  for (const { login, password } of Object.values(GRAFANA_USERS)) {
    const made = await ask(url, '/api/admin/users', 'POST', { name: login, login, password, OrgId: 1 });
    if (!made.ok && made.status !== 412) {
      throw new Error(`${url} did not make the user ${login}: ${made.status} ${await made.text()}`);
    }
  }
}
