import pino from 'pino';
import { bootstrap } from '../src/collector/bootstrap';
import { loadConfig } from '../src/collector/config';
import type { Context } from '../src/collector/context';
import { PrometheusClient } from '../src/collector/metering/prometheus/client';
import { applyDirectory } from '../src/collector/directory/directory';
import { applyRates } from '../src/collector/rating/rate-cards';
import { RatesFile } from '../src/api/rate-cards';
import { createDatabase, type TestDatabase } from '../src/testing/database';
import { startTestPostgres } from '../scripts/test-postgres.mjs';

/** A ledger for a benchmark: real PostgreSQL with fsync on, 20 workspaces, a flat price and a tiered one. */
export interface BenchLedger {
  context: Context;
  database: TestDatabase;
  stop(): Promise<void>;
}

/** Starts PostgreSQL and makes a ledger on it that reads from `prometheusUrl`; the present is `now`. */
export async function startBenchLedger(prometheusUrl: string, now: number): Promise<BenchLedger> {
  const server = await startTestPostgres({
    durable: true,
    flags: ['-c', 'max_wal_size=8GB', '-c', 'work_mem=64MB', '-c', 'temp_buffers=64MB'],
  });
  const database = await createDatabase({}, server.url);
  const prometheus = new PrometheusClient(prometheusUrl);
  const context: Context = {
    config: loadConfig({ DATABASE_URL: database.url, PROMETHEUS_URL: prometheusUrl }),
    pool: database.pool,
    prometheus,
    now: () => now,
    log: pino({ level: 'silent' }),
  };
  await bootstrap(context);
  await applyDirectory(
    context,
    [
      {
        match: { cluster: 'vc-*' },
        set: { workspace: 'workspace-${1}', application: 'app-${1}', environment: 'prod' },
      },
    ],
    'bench',
  );
  const card = {
    name: 'bench',
    valid_from: '2020-01-01',
    prices: { kafka_ingress_bytes: { per: '1073741824', unit_price: '0.10' } },
  };
  await applyRates(context, RatesFile.parse({ rate_cards: [card] }), 'bench');
  return {
    context,
    database,
    async stop() {
      await database.drop();
      await server.stop();
    },
  };
}
