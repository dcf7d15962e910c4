import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './settings.mjs';
import { answers, waitFor } from './wait-for.mjs';

/** Serves the app's pages without Grafana; returns their URL, or null when this checkout has no preview. */
export async function startPreview(settings, state, processes, collector) {
  const program = join(ROOT, 'e2e/host/serve.mjs');
  if (!existsSync(program)) {
    return null;
  }
  const port = String(settings.grafana.port);
  const args = [program, '--collector', collector.url, '--key', state.grafanaKey, '--port', port];
  const server = processes.startServer('preview', { command: process.execPath, args, cwd: ROOT });
  const url = `http://127.0.0.1:${port}`;
  await waitFor('the preview', server, () => answers(url));
  return url;
}
