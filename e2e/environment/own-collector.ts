import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectApp } from './connect-grafana';
import { createOwnDatabase } from './own-database';
import { startCollector, type Environment } from './start';

/** A collector of one journey, with a database of its own. */
export interface OwnCollector {
  url: string;
  /** Takes the collector away without letting it finish anything. */
  kill: () => Promise<void>;
  /** Starts it again at the same address. */
  restart: () => Promise<void>;
  /** Ends it, forgets its database, and points the app to the collector that all journeys share. */
  stop: () => Promise<void>;
}

interface Start {
  /** Fills the empty database before the collector sees it. */
  fill?: (databaseUrl: string) => Promise<void>;
  /** Whether the app is connected to it; otherwise it is connected to nothing at all. */
  connected?: boolean;
  /** URL of a Prometheus; without one the collector collects nothing. */
  prometheus?: string;
}

/** Starts a collector without directory and rates beside that of the environment; it knows the same key. */
export async function startOwnCollector(
  { url, collector: shared, key, variables }: Environment,
  { fill, connected = true, prometheus }: Start = {},
): Promise<OwnCollector> {
  const stops: Array<() => Promise<unknown>> = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) {
      await one();
    }
  };
  try {
    const database = await createOwnDatabase(variables.DATABASE_URL ?? '');
    stops.push(database.drop);
    const folder = await mkdtemp(join(tmpdir(), 'chargeback-e2e-own-'));
    stops.push(() => rm(folder, { recursive: true, force: true }));
    await fill?.(database.url);
    const own = {
      DATABASE_URL: database.url,
      CHARGEBACK_CONFIG: folder,
      CHARGEBACK_GRAFANA_KEY: key,
      CHARGEBACK_ADMIN_TOKEN: key,
      ...(prometheus !== undefined && { PROMETHEUS_URL: prometheus }),
    };
    let running = await startCollector(own);
    const { url: address } = running;
    stops.push(() => running.stop());
    stops.push(() => connectApp(url, { collector: shared, key }));
    await connectApp(url, connected ? { collector: address, key } : { collector: '', key: '' });
    return {
      url: address,
      kill: () => running.kill(),
      restart: async () => {
        running = await startCollector(own, Number(new URL(address).port));
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
