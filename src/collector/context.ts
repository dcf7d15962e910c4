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
  /** Told of every run of hours that was collected or failed; /metrics counts them. */
  readonly onCollection?: (event: CollectionEvent) => void;
}

/** One run of hours of a meter. */
export interface CollectionEvent {
  meter: string;
  outcome: 'collected' | 'failed';
  hours: number;
  seconds: number;
}
