import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { DirectoryFile } from '../api/directory';
import type { MetersFile } from '../api/meters';
import { RatesFile } from '../api/rate-cards';
import type { z } from 'zod';
import { applyDirectory } from '../collector/directory/directory';
import { collect } from '../collector/metering/collect';
import { loadStoredMeters } from '../collector/metering/stored-meters';
import { applyRates, deleteRateCard, listRateCards } from '../collector/rating/rate-cards';
import type { Hour } from '../domain/hours';
import { createDatabase, type TestDatabase } from './database';
import { chargeback } from './run-chargeback';
import { testContext } from './test-context';

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
  /** Collects [from, to) within this process; fails the test when any hour could not be collected. */
  collect(from: Hour, to: Hour, ...meters: string[]): Promise<void>;
  /** Begins to collect, and breaks all connections to the database after `milliseconds`; it may have ended by then, or fail. */
  collectInterrupted(milliseconds: number, from: Hour, to: Hour, ...meters: string[]): Promise<void>;
  /** Applies rate cards as `rates apply` does, within this process. */
  applyRates(rates: z.input<typeof RatesFile>): Promise<void>;
  /** Deletes the rate card of that name. */
  deleteRateCard(name: string): Promise<void>;
  /** Applies a directory as `directory apply` does, within this process. */
  applyDirectory(directory: z.input<typeof DirectoryFile>): Promise<void>;
  drop(): Promise<void>;
}

/** Makes a ledger with its directory and rates applied (before anything is collected). */
export async function createLedger(input: LedgerInput): Promise<TestLedger> {
  const { timezone = 'UTC', currency = 'USD', lookbackHours = 24 } = input;
  const database = await createDatabase({ timezone, currency }, input.postgres);
  const folder = await mkdtemp(join(tmpdir(), 'chargeback-config-'));
  const write = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), typeof content === 'string' ? content : stringify(content));
    return join(folder, name);
  };
  await write('meters.yaml', { meters: input.meters });
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
  // Two collectors that take turns, so that what is done at once is done by two.
  const collectors = [testContext(environment), testContext(environment)];
  let turn = 0;
  const collectHere = async (from: Hour, to: Hour, meters: string[]) => {
    const context = collectors[turn++ % collectors.length] ?? testContext(environment);
    await loadStoredMeters(context.pool, folder);
    const outcome = await collect(context, { from, to, ...(meters.length > 0 && { meters }) });
    const errors = outcome.meters.flatMap(({ errors: found }) => found);
    if (errors.length > 0) {
      throw new Error(`could not collect: ${JSON.stringify(errors)}`);
    }
  };
  const here = testContext(environment);
  const ledger: TestLedger = {
    database,
    environment,
    folder,
    write,
    run,
    collect: (from, to, ...meters) => collectHere(from, to, meters),
    async collectInterrupted(milliseconds, from, to, ...meters) {
      // A collector of its own, so that only its connections are broken; the name finds them.
      const victim = testContext({ ...environment, DATABASE_URL: `${database.url}?application_name=interrupted` });
      await loadStoredMeters(here.pool, folder);
      const begun = collect(victim, { from, to, ...(meters.length > 0 && { meters }) }).catch(() => undefined);
      await sleep(milliseconds);
      await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'interrupted' and datname = current_database()`,
      );
      await begun;
      await victim.pool.end();
    },
    async applyRates(rates) {
      await loadStoredMeters(here.pool, folder);
      await applyRates(here, RatesFile.parse(rates), 'test');
    },
    async deleteRateCard(name) {
      for (const card of await listRateCards(here.pool)) {
        if (card.name === name) {
          await deleteRateCard(here, card.id, 'test');
        }
      }
    },
    async applyDirectory(directory) {
      await applyDirectory(here, DirectoryFile.parse(directory).rules, 'test');
    },
    async drop() {
      await here.pool.end();
      await Promise.all(collectors.map(({ pool }) => pool.end()));
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  if (input.directory) {
    await ledger.applyDirectory(input.directory);
  }
  if (input.rates) {
    await ledger.applyRates(input.rates);
  }
  return ledger;
}
