import { userInfo } from 'node:os';
import pino from 'pino';
import { loadConfig } from '../config';
import type { Context } from '../context';
import { createPool } from '../db/pool';
import { changingFrom } from '../ledger/change-origin';
import { PrometheusClient } from '../metering/prometheus/client';

/**
 * Makes what all parts of the collector work with from the environment, lets `work` use it, and closes it. What `work`
 * changes is recorded as changed from a command line.
 */
export async function withContext<T>(work: (context: Context) => Promise<T>): Promise<T> {
  const context = openContext();
  try {
    return await changingFrom({ via: 'cli', address: null }, () => work(context));
  } finally {
    await context.pool.end();
  }
}

/** Like withContext, but whoever opens it ends the pool. Logs go to stderr as JSON lines, without secrets. */
export function openContext(extra: Partial<Pick<Context, 'onCollection'>> = {}): Context {
  const config = loadConfig(process.env);
  const log = pino(
    {
      level: config.logLevel,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    pino.destination({ dest: 2, sync: true }),
  );
  return {
    config,
    pool: createPool(config.databaseUrl, {
      onIdleError: (error) =>
        log.warn({ error: error.message }, 'a connection to PostgreSQL broke; a new one is made when it is needed'),
    }),
    prometheus: new PrometheusClient(config.prometheusUrl, { log }),
    now: Date.now,
    log,
    ...extra,
  };
}

/** Who changes something from a command line. */
export function commandLineActor(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    // A container may run under a user number that has no name.
    return `cli:${process.getuid?.() ?? 'unknown'}`;
  }
}
