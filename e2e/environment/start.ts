import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startTestPostgres } from '../../scripts/test-postgres.mjs';
import { HOUR } from '../../src/domain/hours';
import { freePort, startServer } from '../../src/testing/local-server';
import { startPrometheus } from '../../src/testing/prometheus-server';
import { connectGrafana } from './connect-grafana';
import { ACCESS, DIRECTORY, knownSeries, rates, usageHour, usageMonth } from './known-usage';
import { createOwnDatabase } from './own-database';

const run = promisify(execFile);
const PROGRAM = join(process.cwd(), 'bin/chargeback.mjs');
const LOG: string[] = [];

/** Where the journeys go, and how the collector behind it was started. */
export interface Environment {
  /** The pages: the preview, or the Grafana of GRAFANA_URL. */
  url: string;
  grafana: boolean;
  collector: string;
  /** Shared key and bearer token of the collector. */
  key: string;
  /** Variables of the collector, for starting another one that lacks something. */
  variables: Record<string, string>;
}

/** A collector of its own process: `stop` lets it finish what it does, `kill` does not. */
export interface RunningCollector {
  url: string;
  stop: () => Promise<void>;
  kill: () => Promise<void>;
}

/** Starts a collector with `variables` and waits until it answers at all; `on` is its port, a free one by default. */
export async function startCollector(variables: Record<string, string>, on?: number): Promise<RunningCollector> {
  const port = on ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    env: { PATH, HOME, ...variables, CHARGEBACK_LISTEN: `127.0.0.1:${port}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk: Buffer) => LOG.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => LOG.push(chunk.toString()));
  // A run that is broken off must not leave collectors behind.
  const endWithUs = () => child.kill('SIGKILL');
  process.on('exit', endWithUs);
  child.on('exit', () => process.off('exit', endWithUs));
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (
      await fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    ) {
      return { url, stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') };
    }
    if (child.exitCode !== null) {
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the collector did not start:\n${LOG.join('').slice(-3000)}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

/**
 * Starts everything the journeys need: PostgreSQL, a Prometheus with known usage, a collector that has collected it,
 * and the pages. With GRAFANA_URL the pages are those of that Grafana, whose connection is set to the collector.
 */
export async function startEnvironment(): Promise<{ environment: Environment; stop: () => Promise<void> }> {
  const stops: Array<() => Promise<unknown>> = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) {
      await one();
    }
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'chargeback-e2e-'));
    stops.push(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'directory.yaml'), DIRECTORY);
    await writeFile(join(folder, 'rates.yaml'), rates());
    await writeFile(join(folder, 'access.yaml'), ACCESS);
    const postgres = await startTestPostgres();
    stops.push(postgres.stop);
    const database = await createOwnDatabase(postgres.url);
    stops.push(database.drop);
    const prometheus = await startPrometheus(knownSeries());
    stops.push(prometheus.stop);
    const key = randomBytes(16).toString('hex');
    const variables = {
      DATABASE_URL: database.url,
      PROMETHEUS_URL: prometheus.url,
      CHARGEBACK_CONFIG: folder,
      CHARGEBACK_GRAFANA_KEY: key,
      CHARGEBACK_ADMIN_TOKEN: key,
    };
    const { PATH = '', HOME = '' } = process.env;
    const chargeback = (...args: string[]) =>
      run(process.execPath, [PROGRAM, ...args], { env: { PATH, HOME, ...variables } });
    await chargeback('migrate');
    const hour = usageHour();
    const iso = (at: number) => new Date(at).toISOString();
    await chargeback('collect', '--from', iso(hour), '--to', iso(hour + HOUR));
    const collector = await startCollector(variables);
    stops.push(collector.stop);

    const { GRAFANA_URL } = process.env;
    if (GRAFANA_URL) {
      await connectGrafana(GRAFANA_URL, { collector: collector.url, key });
      return { environment: { url: GRAFANA_URL, grafana: true, collector: collector.url, key, variables }, stop };
    }
    const host = await startServer({
      command: process.execPath,
      args: [join(process.cwd(), 'e2e/host/serve.mjs'), '--collector', collector.url, '--key', key],
      url: (log) => /Preview of the pages: (\S+)/.exec(log)?.[1],
      ready: '/a/finops-chargeback-app/chargeback',
    });
    stops.push(host.stop);
    return { environment: { url: host.url, grafana: false, collector: collector.url, key, variables }, stop };
  } catch (error) {
    await stop();
    throw new Error(`The journeys' environment for ${usageMonth()} did not start. ${LOG.join('').slice(-2000)}`, {
      cause: error,
    });
  }
}
