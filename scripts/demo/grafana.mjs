import { cpSync, existsSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, isProgram } from './find-program.mjs';
import { PLUGIN } from './plugin.mjs';
import { ROOT } from './settings.mjs';
import { waitFor } from './wait-for.mjs';

/** The Grafana of GRAFANA_HOME, else the one on the PATH: its program and its home folder; null when there is none. */
export function findGrafana() {
  const home = process.env.GRAFANA_HOME;
  if (home && isProgram(join(home, 'bin/grafana'))) {
    return { program: join(home, 'bin/grafana'), home };
  }
  const program = findProgram('grafana');
  const homes = program ? [dirname(dirname(realpathSync(program))), '/usr/share/grafana'] : [];
  const found = homes.find((folder) => existsSync(join(folder, 'conf/defaults.ini')));
  return found ? { program, home: found } : null;
}

/** The datasource of the ledger for the PostgreSQL at `database`, as provisioning/datasources asks for it. */
function factsEnvironment(database) {
  const url = new URL(database);
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const wanted = url.searchParams.get('sslmode') ?? '';
  return {
    FACTS_ADDRESS: `${url.hostname}:${url.port || 5432}`,
    FACTS_DATABASE: decodeURIComponent(url.pathname.slice(1)),
    // Grafana knows these modes only.
    FACTS_SSLMODE:
      ['disable', 'require', 'verify-ca', 'verify-full'].find((mode) => mode === wanted) ??
      (isLocal ? 'disable' : 'require'),
  };
}

/**
 * Starts Grafana with the plugin and everything in provisioning/; its data is the demo's. Returns a sentence on what it
 * serves.
 */
export async function startGrafana({ program, home }, { settings, state, processes, collector, database, prometheus }) {
  const data = join(settings.data, 'grafana');
  const plugins = join(data, 'plugins');
  rmSync(plugins, { recursive: true, force: true });
  cpSync(join(ROOT, 'dist'), join(plugins, PLUGIN), { recursive: true });
  const { host, port } = settings.grafana;
  const url = `http://${host}:${port}`;
  const server = processes.startServer('grafana', {
    command: program,
    args: ['server', `--homepath=${home}`],
    cwd: home,
    env: {
      ...process.env,
      GF_PATHS_DATA: data,
      GF_PATHS_LOGS: join(data, 'log'),
      GF_PATHS_PLUGINS: plugins,
      GF_PATHS_PROVISIONING: join(ROOT, 'provisioning'),
      GF_SERVER_HTTP_ADDR: host,
      GF_SERVER_HTTP_PORT: String(port),
      GF_SERVER_ROOT_URL: url,
      GF_DATE_FORMATS_DEFAULT_TIMEZONE: process.env.CHARGEBACK_TIMEZONE || 'UTC',
      GF_SECURITY_ADMIN_USER: 'admin',
      GF_SECURITY_ADMIN_PASSWORD: 'admin',
      GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: PLUGIN,
      GF_PLUGINS_PREINSTALL_DISABLED: 'true',
      GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      ...factsEnvironment(database),
      PROMETHEUS_URL: prometheus,
      COLLECTOR_URL: collector.url,
      CHARGEBACK_GRAFANA_KEY: state.grafanaKey,
      CHARGEBACK_READER_PASSWORD: state.readerPassword,
      DASHBOARDS_PATH: join(ROOT, 'dashboards'),
      ALERT_WEBHOOK_URL: process.env.ALERT_WEBHOOK_URL ?? '',
      ALERT_EMAIL: process.env.ALERT_EMAIL ?? '',
    },
  });
  const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
  // Its health is good before provisioning has failed: wait for something that was provisioned.
  await waitFor('Grafana', server, async () => {
    const response = await fetch(`${url}/api/plugins/${PLUGIN}/settings`, { headers: { authorization } });
    // 401: somebody has changed the password of admin since the first start.
    return response.status === 401 || (response.ok && (await response.json()).enabled);
  });
  return `on ${url}, from ${program}`;
}
