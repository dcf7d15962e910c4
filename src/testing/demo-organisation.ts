import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { DirectoryFile } from '../api/directory';
import type { RatesFile } from '../api/rate-cards';
import { KAFKA_GATEWAY } from '../collector/metering/kafka-gateway-preset';
import type { TestDatabase } from './database';
import { backfill } from '../simulator/backfill';
import { createLedger } from './ledger';
import { startServer } from './local-server';

/** The organisation that the demo shows, in real Prometheus and in a ledger that the collector made of it. */
export interface DemoOrganisation {
  database: TestDatabase;
  /** Prometheus' address. */
  prometheus: string;
  /** What was collected: [from, to), milliseconds. */
  from: number;
  to: number;
  stop(): Promise<void>;
}

const config = async (name: string): Promise<unknown> =>
  parse(await readFile(new URL(`../simulator/config/${name}`, import.meta.url), 'utf8'));

/** Makes `days` of the organisation up to `to` (an hour), collects them, and applies the demo's owners and prices. */
export async function startDemoOrganisation(days: number, to: number): Promise<DemoOrganisation> {
  const folder = await mkdtemp(join(tmpdir(), 'chargeback-organisation-'));
  const data = join(folder, 'data');
  // The organisation counts its days from a midnight, a day before anything is collected.
  const start = Math.floor(to / 86_400_000 - days - 1) * 86_400_000;
  const from = start + 86_400_000;
  await backfill({ start, from: start, to: to + 60_000, data, promtool: 'promtool', onProgress: () => undefined });
  await writeFile(join(folder, 'prometheus.yml'), 'global: {}\n');
  const prometheus = await startServer({
    command: 'prometheus',
    args: [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      '--web.listen-address=127.0.0.1:0',
    ],
    url: (log) =>
      /msg="Listening on"(?: component=web)? address=(127\.0\.0\.1:\d+)/.exec(log)?.[1]?.replace(/^/, 'http://'),
    ready: '/-/ready',
  });
  const ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: KAFKA_GATEWAY,
    directory: (await config('directory.yaml')) as DirectoryFile,
    rates: (await config('rates.yaml')) as RatesFile,
  });
  await ledger.collect(from, to);
  return {
    database: ledger.database,
    prometheus: prometheus.url,
    from,
    to,
    async stop() {
      await ledger.drop();
      await prometheus.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
