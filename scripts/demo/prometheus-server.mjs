import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, waitFor } from './wait-for.mjs';

/**
 * Starts a Prometheus on the demo's data. `scrapes` are its scrape configurations; `port` 0 takes a free one. Returns
 * its URL and `stop()`.
 */
export async function startPrometheus({ settings, processes, folder, name = 'prometheus', port, scrapes, flags = [] }) {
  const configuration = join(settings.data, `${name}.json`);
  // JSON is YAML.
  writeFileSync(
    configuration,
    JSON.stringify({ global: { scrape_interval: '15s' }, scrape_configs: scrapes }, null, 2),
    { mode: 0o600 },
  );
  const server = processes.startServer(name, {
    command: join(folder, 'prometheus'),
    args: [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${join(settings.data, 'prometheus')}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=127.0.0.1:${port}`,
      ...flags,
    ],
    cwd: settings.data,
  });
  const url = `http://127.0.0.1:${port}`;
  await waitFor('Prometheus', server, () => answers(`${url}/-/ready`));
  return { url, stop: server.stop };
}

/** What Prometheus is to scrape: the simulated gateways under the names of their history, and the collector. */
export function scrapeConfigurations(gateways, settings, state) {
  return [
    {
      job_name: 'kafka-gateway',
      static_configs: Object.entries(gateways).map(([gateway, url]) => ({
        targets: [new URL(url).host],
        labels: { instance: `gateway-${gateway}:9093` },
      })),
    },
    {
      job_name: 'chargeback',
      authorization: { credentials: state.adminToken },
      static_configs: [{ targets: [settings.collector.text], labels: { instance: 'collector' } }],
    },
  ];
}
