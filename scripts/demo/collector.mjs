import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './settings.mjs';
import { answers, waitFor } from './wait-for.mjs';

const HOUR = 3_600_000;
const iso = (at) => new Date(at).toISOString().replace('.000Z', 'Z');

/** The collector of the demo: its command line and its server, all with one environment. */
export class Collector {
  #environment;
  #processes;

  constructor(settings, state, processes, { database, prometheus, grafana }) {
    this.settings = settings;
    this.state = state;
    this.url = `http://${settings.collector.text}`;
    this.#processes = processes;
    this.#environment = {
      ...process.env,
      DATABASE_URL: database,
      PROMETHEUS_URL: prometheus,
      CHARGEBACK_CONFIG: settings.config,
      CHARGEBACK_LISTEN: settings.collector.text,
      CHARGEBACK_ADMIN_TOKEN: state.adminToken,
      CHARGEBACK_GRAFANA_KEY: state.grafanaKey,
      CHARGEBACK_READER_PASSWORD: state.readerPassword,
      ...(grafana ? { CHARGEBACK_GRAFANA_URL: grafana } : {}),
    };
  }

  #program(...args) {
    return {
      command: process.execPath,
      args: [join(ROOT, 'bin/chargeback.mjs'), ...args],
      cwd: ROOT,
      env: this.#environment,
    };
  }

  /** Runs a command of the CLI and returns what it printed; `show` lets it write to the terminal instead. */
  run(args, { show = false } = {}) {
    return this.#processes.run(`chargeback ${args.slice(0, 2).join(' ')}`, { ...this.#program(...args), show });
  }

  /** Makes the tables, and applies who owns what and the prices to a database that is new. */
  async prepare(isNew) {
    await this.run(['migrate']);
    for (const what of isNew ? ['directory', 'rates'] : []) {
      const file = join(this.settings.config, `${what}.yaml`);
      if (existsSync(file)) {
        await this.run([what, 'apply', file]);
      }
    }
  }

  /** Collects the hours of [from, to) (ms) that have ended; returns how many that were. */
  async collect(from, to) {
    const first = Math.floor(from / HOUR) * HOUR;
    const end = Math.floor(to / HOUR) * HOUR;
    if (end > first) {
      await this.run(['collect', '--from', iso(first), '--to', iso(end)], { show: true });
    }
    return Math.max(0, (end - first) / HOUR);
  }

  /** Starts the server, which goes on collecting by itself. */
  async serve() {
    const server = this.#processes.startServer('collector', this.#program('serve'));
    await waitFor('the collector', server, () => answers(`${this.url}/healthz`));
  }

  /** Grants what is not granted already, besides what is. */
  async grant(wanted) {
    const { headers, body: access } = await this.#ask('GET', '/v1/access');
    const known = new Set(access.grants.map((grant) => JSON.stringify(grant)));
    const missing = wanted.filter((grant) => !known.has(JSON.stringify(grant)));
    if (missing.length > 0) {
      const etag = headers.get('etag');
      const body = { grants: [...access.grants, ...missing] };
      await this.#ask('PUT', '/v1/access', { body, headers: etag ? { 'if-match': etag } : {} });
    }
  }

  /** A login of PostgreSQL that sees one workspace, with a new password: what `reader create` or `renew` says of it. */
  async createReader(workspace) {
    const { data } = JSON.parse(await this.run(['reader', 'list', '--json']));
    const how = data.some(({ name }) => name === workspace)
      ? ['renew', workspace]
      : ['create', '--workspace', workspace];
    return JSON.parse(await this.run(['reader', ...how, '--json']));
  }

  /** Asks the API as administrator; throws with the answer's detail when it is an error. */
  async get(path) {
    return (await this.#ask('GET', path)).body;
  }

  async #ask(method, path, { headers = {}, body } = {}) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.state.adminToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${answer.detail ?? answer.title}`);
    }
    return { headers: response.headers, body: answer };
  }
}
