import pino from 'pino';
import { loadConfig } from '../collector/config';
import type { Context } from '../collector/context';
import { createPool } from '../collector/db/pool';
import { PrometheusClient } from '../collector/metering/prometheus/client';

/** The collector's context for work within a test's process, with a pool of its own: end it with `context.pool.end()`. */
export function testContext(environment: Record<string, string>, now: () => number = Date.now): Context {
  const config = loadConfig(environment);
  return {
    config,
    pool: createPool(config.databaseUrl, { max: 4 }),
    prometheus: new PrometheusClient(config.prometheusUrl),
    now,
    log: pino({ level: 'silent' }),
  };
}
