/**
 * Users of the journeys beside Grafana's own administrator; what they see is said by access.yaml of the journeys: viewers
 * everything, strangers nothing, the others one workspace. Each has its login as password.
 */
export const GRAFANA_USERS = {
  viewer: { login: 'chargeback-viewer', role: 'Viewer' },
  member: { login: 'payments-member', role: 'Viewer' },
  editor: { login: 'payments-editor', role: 'Editor' },
  other: { login: 'analytics-member', role: 'Viewer' },
  stranger: { login: 'chargeback-stranger', role: 'Viewer' },
} as const;

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
  for (const { login, role } of Object.values(GRAFANA_USERS)) {
    const made = await ask(url, '/api/admin/users', 'POST', { name: login, login, password: login, OrgId: 1 });
    if (!made.ok && made.status !== 412) {
      throw new Error(`${url} did not make the user ${login}: ${made.status} ${await made.text()}`);
    }
    const found = await ask(url, `/api/users/lookup?loginOrEmail=${login}`, 'GET');
    const { id } = (await found.json()) as { id: number };
    // A journey may have left them in another organization.
    await ask(url, `/api/users/${id}/using/1`, 'POST');
    const ranked = await ask(url, `/api/org/users/${id}`, 'PATCH', { role });
    if (!ranked.ok) {
      throw new Error(`${url} did not make ${login} ${role}: ${ranked.status} ${await ranked.text()}`);
    }
  }
}
