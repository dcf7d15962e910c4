import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { DirectoryFile } from '../api/directory';
import type { MetersFile } from '../api/meters';
import type { RatesFile } from '../api/rate-cards';
import type { z } from 'zod';
import { isoHour, type Hour } from '../domain/hours';
import { createDatabase, type TestDatabase } from './database';
import { chargeback } from './run-chargeback';

/** What a ledger of a test is made from; the files are what a person would write. */
export interface LedgerInput {
  prometheusUrl: string;
  meters: z.input<typeof MetersFile>['meters'];
  rates?: z.input<typeof RatesFile>;
  directory?: z.input<typeof DirectoryFile>;
  timezone?: string;
  currency?: string;
  lookbackHours?: number;
  /** Further environment variables. */
  environment?: Record<string, string>;
  /** PostgreSQL server; the tests' own when absent. */
  postgres?: string;
}

/** A database and a configuration folder of a test's own, and the program on them. */
export interface TestLedger {
  database: TestDatabase;
  /** The environment with which the program works on this ledger. */
  environment: Record<string, string>;
  /** The configuration folder. */
  folder: string;
  /** Writes a file into the configuration folder (an object as YAML) and returns its path. */
  write(name: string, content: unknown): Promise<string>;
  /** Runs `chargeback ARGUMENTS`; fails the test unless it exits 0; returns stdout. */
  run(...args: string[]): Promise<string>;
  /** `chargeback collect` of [from, to), by the program. */
  collect(from: Hour, to: Hour, ...meters: string[]): Promise<void>;
  drop(): Promise<void>;
}

/** Makes a ledger; the rates and the directory are applied by the program itself at its first start. */
export async function createLedger(input: LedgerInput): Promise<TestLedger> {
  const { timezone = 'UTC', currency = 'USD', lookbackHours = 24 } = input;
  const database = await createDatabase({ timezone, currency }, input.postgres);
  const folder = await mkdtemp(join(tmpdir(), 'chargeback-config-'));
  const write = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), typeof content === 'string' ? content : stringify(content));
    return join(folder, name);
  };
  await write('meters.yaml', { meters: input.meters });
  if (input.rates) {
    await write('rates.yaml', input.rates);
  }
  if (input.directory) {
    await write('directory.yaml', input.directory);
  }
  const environment = {
    DATABASE_URL: database.url,
    PROMETHEUS_URL: input.prometheusUrl,
    CHARGEBACK_CONFIG: folder,
    CHARGEBACK_TIMEZONE: timezone,
    CHARGEBACK_CURRENCY: currency,
    CHARGEBACK_LOOKBACK_HOURS: String(lookbackHours),
    ...input.environment,
  };
  const run = (...args: string[]) => chargeback(args, environment);
  return {
    database,
    environment,
    folder,
    write,
    run,
    async collect(from, to, ...meters) {
      await run('collect', '--from', isoHour(from), '--to', isoHour(to), ...meters.flatMap((slug) => ['--meter', slug]));
    },
    async drop() {
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
