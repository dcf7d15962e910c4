import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAccessFile } from './access/access-file';
import { applyAccess, getAccess } from './access/access-store';
import { applyBudgets } from './budgets/apply-budgets';
import { parseBudgetsFile } from './budgets/budgets-file';
import type { Grant } from '../api/access';
import type { Context } from './context';
import { migrate } from './db/migrate';
import { readerDangers } from './db/reader-dangers';
import { applyDirectory } from './directory/directory';
import { parseDirectoryFile } from './directory/directory-file';
import { changingFrom } from './ledger/change-origin';
import { loadMeters, type StoredMeter } from './metering/meters';
import { applyMeters } from './metering/remap-series';
import { applyRates } from './rating/rate-cards';
import { parseRatesFile } from './rating/rates-file';

/**
 * Makes the ledger ready for work: newest schema, the meters of meters.yaml, and, in a database that never had any, the
 * directory, the rates, the budgets and the grants of the configuration folder. All files are checked before anything is applied.
 */
export async function bootstrap(context: Context): Promise<StoredMeter[]> {
  const { config, pool, log } = context;
  const grants = readConfigured(config.configFolder, 'access.yaml', parseAccessFile);
  const definitions = loadMeters(config.configFolder);
  const directory = readConfigured(config.configFolder, 'directory.yaml', parseDirectoryFile);
  const slugs = definitions.map(({ slug }) => slug);
  const rates = readConfigured(config.configFolder, 'rates.yaml', (text, name) => parseRatesFile(text, name, slugs));
  const budgets = readConfigured(config.configFolder, 'budgets.yaml', parseBudgetsFile);
  const applied = await migrate(config.databaseUrl, config, config.readerPassword);
  if (applied.length > 0) {
    log.info({ migrations: applied }, 'the database was brought up to date');
  }
  const dangers = await readerDangers(pool);
  if (dangers.length > 0) {
    log.warn(
      { dangers },
      'viewers of Grafana can do more with the role chargeback_reader than they should; docs/operations.md ("What viewers can do to each other") says what a superuser has to run',
    );
  }
  const meters = await applyMeters(context, definitions);
  await changingFrom({ via: 'file', address: null }, async () => {
    const { rows } = await pool.query<{ directory: boolean; rates: boolean; budgets: boolean }>(
      `select exists (select from chargeback_data.directory) as directory,
              exists (select from chargeback_data.rate_card) or exists (select from chargeback_data.audit where action like 'rate-card.%') as rates,
              exists (select from chargeback_data.budget) as budgets`,
    );
    if (directory && !rows[0]?.directory) {
      await applyDirectory(context, directory.rules, 'directory.yaml');
      log.info({ rules: directory.rules.length }, 'directory.yaml was applied to the empty database');
    }
    if (rates && !rows[0]?.rates) {
      const { created } = await applyRates(context, rates, 'rates.yaml');
      log.info({ created }, 'rates.yaml was applied to the empty database');
    }
    if (budgets && !rows[0]?.budgets) {
      const { created } = await applyBudgets(context, budgets, 'budgets.yaml');
      log.info({ created }, 'budgets.yaml was applied to the empty database');
    }
    if (grants) {
      await beginAccess(context, grants);
    }
  });
  return meters;
}

/** The grants of access.yaml are those in force in a database that never had any; later the file is only a way in. */
async function beginAccess({ pool, log }: Context, grants: Grant[]): Promise<void> {
  const { version, grants: inForce } = await getAccess(pool);
  if (version === 0) {
    await applyAccess(pool, grants, 'access.yaml');
    log.info({ grants: grants.length }, 'access.yaml was applied to the database, which had no grants');
  } else if (JSON.stringify(inForce) !== JSON.stringify(grants)) {
    log.warn(
      { version },
      'access.yaml is not what is in force; run "chargeback access apply" to replace the grants by the file',
    );
  }
}

function readConfigured<T>(
  folder: string | undefined,
  name: string,
  parse: (text: string, name: string) => T,
): T | undefined {
  const path = folder && join(folder, name);
  return path && existsSync(path) ? parse(readFileSync(path, 'utf8'), path) : undefined;
}
