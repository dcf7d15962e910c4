import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

const PORTS = {
  grafana: { variable: 'DEMO_GRAFANA_PORT', standard: '3000', of: 'Grafana' },
  prometheus: { variable: 'DEMO_PROMETHEUS_PORT', standard: '9090', of: 'Prometheus' },
  postgres: { variable: 'DEMO_POSTGRES_PORT', standard: '5433', of: 'PostgreSQL' },
};

function readPort({ variable, standard, of }, problems) {
  const text = process.env[variable] || standard;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port >= 1 && port <= 65535)) {
    problems.push(`${variable} is "${text}", which is not a port; set it to a whole number from 1 to 65535`);
  }
  return { host: '127.0.0.1', port: port <= 65535 ? port : NaN, variable, of };
}

function readListen(problems) {
  const text = process.env.CHARGEBACK_LISTEN || '127.0.0.1:8080';
  const [, host = '', digits = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits || NaN);
  if (!(port >= 1 && port <= 65535)) {
    problems.push(`CHARGEBACK_LISTEN is "${text}"; write it as HOST:PORT, for example 127.0.0.1:8080`);
  }
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: port <= 65535 ? port : NaN,
    variable: 'CHARGEBACK_LISTEN',
    of: 'the collector',
    text,
  };
}

/**
 * Where everything is and listens. `problems` are sentences about settings that cannot be used.
 * `externalPrometheus` and `externalDatabase` are URLs of servers that the demo uses but does not start.
 */
export function readSettings() {
  const problems = [];
  const data = join(ROOT, '.chargeback', 'demo');
  const settings = {
    data,
    tools: join(ROOT, '.chargeback', 'tools'),
    logs: join(data, 'logs'),
    config: process.env.CHARGEBACK_CONFIG || join(data, 'config'),
    ownConfig: !process.env.CHARGEBACK_CONFIG,
    externalPrometheus: process.env.PROMETHEUS_URL?.replace(/\/+$/, '') || null,
    externalDatabase: process.env.DATABASE_URL || null,
    grafana: readPort(PORTS.grafana, problems),
    prometheus: readPort(PORTS.prometheus, problems),
    postgres: readPort(PORTS.postgres, problems),
    collector: readListen(problems),
  };
  if (!settings.ownConfig && !existsSync(settings.config)) {
    problems.push(
      `CHARGEBACK_CONFIG is "${settings.config}", and there is no such folder; create it or unset the variable`,
    );
  }
  const home = process.env.GRAFANA_HOME;
  if (home && !existsSync(join(home, 'bin/grafana'))) {
    problems.push(
      `GRAFANA_HOME is "${home}", and there is no bin/grafana in it; set it to the folder of a Grafana, or unset it`,
    );
  }
  return { settings, problems };
}

/** The addresses that the demo listens on with these settings. */
export function listeners(settings) {
  return [
    settings.grafana,
    ...(settings.externalPrometheus ? [] : [settings.prometheus]),
    ...(settings.externalDatabase ? [] : [settings.postgres]),
    settings.collector,
  ];
}
