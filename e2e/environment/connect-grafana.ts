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

/** Where the app asks: the collector's URL and the key that both know. Both are empty before anybody connected it. */
export interface Connection {
  collector: string;
  key: string;
}

/** Saves the app's connection at `url`, in the preview or in a running Grafana; what was saved before is overwritten. */
export async function connectApp(url: string, { collector, key }: Connection): Promise<void> {
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
}

/** Points the app of a running Grafana to a collector and makes the users of the journeys. */
export async function connectGrafana(url: string, connection: Connection): Promise<void> {
  await connectApp(url, connection);
  for (const { login, password } of Object.values(GRAFANA_USERS)) {
    const made = await ask(url, '/api/admin/users', 'POST', { name: login, login, password, OrgId: 1 });
    if (!made.ok && made.status !== 412) {
      throw new Error(`${url} did not make the user ${login}: ${made.status} ${await made.text()}`);
    }
  }
}
