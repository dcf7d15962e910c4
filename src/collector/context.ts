import type { Logger } from 'pino';
import type { Config } from './config';
import type { Pool } from './db/pool';
import type { PrometheusClient } from './metering/prometheus/client';

/** What every part of the collector works with; made once in main, or by a test with its own clock. */
export interface Context {
  readonly config: Config;
  readonly pool: Pool;
  readonly prometheus: PrometheusClient;
  /** The present, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Logger;
}
