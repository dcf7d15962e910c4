import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './settings.mjs';
import { answers, waitFor } from './wait-for.mjs';

/** What the people of the preview see, who are chosen in it and not logged in; the stranger among them sees nothing. */
const GRANTS = [
  { login: 'payments-member', workspaces: ['payments'] },
  { login: 'payments-editor', workspaces: ['payments'] },
  { login: 'analytics-member', workspaces: ['analytics'] },
  { login: 'chargeback-viewer', workspaces: ['*'] },
];

/** Serves the app's pages without Grafana; returns their URL, or null when this checkout has no preview. */
export async function startPreview(settings, state, processes, collector) {
  const program = join(ROOT, 'e2e/host/serve.mjs');
  if (!existsSync(program)) {
    return null;
  }
  if (!settings.externalDatabase) {
    await collector.grant(GRANTS);
  }
  const port = String(settings.grafana.port);
  const args = [program, '--collector', collector.url, '--key', state.grafanaKey, '--port', port];
  const server = processes.startServer('preview', { command: process.execPath, args, cwd: ROOT });
  const url = `http://127.0.0.1:${port}`;
  await waitFor('the preview', server, () => answers(url));
  return url;
}
