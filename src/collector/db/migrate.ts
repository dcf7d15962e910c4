import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import { runMigrations as migrateJobs } from 'graphile-worker';
import pg from 'pg';
import { ChargebackError, fromDatabase } from '../errors';
import { scramVerifier } from './scram-verifier';
import { restoreReaderDefaults } from './reader-defaults';
import { REQUEST_ROLE } from './shown-workspaces';

/** The folder of the SQL files: beside this source, or in the package of which a bundle is part. */
function migrationsFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [join(here, 'migrations')];
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    candidates.push(join(folder, 'src', 'collector', 'db', 'migrations'));
  }
  const found = candidates.find((folder) => existsSync(folder));
  if (!found) {
    throw new ChargebackError('INTERNAL', `the migrations are not in the package; looked in ${candidates.join(', ')}`);
  }
  return found;
}

/** What a ledger was made for; checked at every start, because days and months in it depend on it. */
export interface LedgerSettings {
  timezone: string;
  currency: string;
}

/**
 * Brings the database to the newest schema; any number of collectors may do so at once, one works and the
 * others wait. Returns the names of the migrations applied. With `readerPassword` the role
 * chargeback_reader may log in. Throws LEDGER_MISMATCH when a ledger with facts was made for another time zone.
 */
export async function migrate(
  databaseUrl: string,
  settings: LedgerSettings,
  readerPassword?: string,
): Promise<string[]> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'chargeback migrate',
    connectionTimeoutMillis: 10_000,
  });
  try {
    await client.connect();
    // The runner's own lock gives up at once when it is taken; waiting is what a starting collector wants.
    await client.query(`select pg_advisory_lock(hashtextextended('chargeback:migrate', 0))`);
    const version = Number(
      (await client.query<{ server_version_num: string }>('show server_version_num')).rows[0]?.server_version_num,
    );
    if (version < 150_000) {
      throw new ChargebackError(
        'INVALID_CONFIGURATION',
        `PostgreSQL 15 or newer is needed; the server has ${Math.floor(version / 10_000)}`,
      );
    }
    const applied = await runner({
      dbClient: client,
      dir: migrationsFolder(),
      migrationsTable: 'chargeback_migration',
      direction: 'up',
      count: Infinity,
      noLock: true,
      log: () => undefined,
    });
    await migrateJobs({ connectionString: databaseUrl });
    await joinRequestRole(client, version);
    await restoreReaderDefaults(client);
    await keepSettings(client, settings);
    if (readerPassword) {
      await client.query(
        `alter role chargeback_reader login password ${client.escapeLiteral(scramVerifier(readerPassword))}`,
      );
    }
    return applied.map(({ name }) => name);
  } catch (error) {
    throw fromDatabase(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Lets the collector answer requests as the role that sees little. At each start, because a ledger may have come from another
 * server, or have got another owner.
 */
async function joinRequestRole(client: pg.Client, version: number): Promise<void> {
  // Before version 16 whoever is a member may take on the role, and has its rights always.
  const [mode, how] = version < 160_000 ? ['member', ''] : ['set', ' with inherit false, set true'];
  const { rows } = await client.query<{ joined: boolean | null; me: string }>(
    `select quote_ident(current_user) as me,
       (select pg_has_role(current_user, oid, $2) from pg_roles where rolname = $1) as joined`,
    [REQUEST_ROLE, mode],
  );
  const { joined, me } = rows[0] ?? { joined: null, me: '' };
  if (joined) {
    return;
  }
  const grant = `grant ${REQUEST_ROLE} to ${me}${how}`;
  try {
    await client.query(grant);
  } catch (error) {
    throw new ChargebackError(
      'INVALID_CONFIGURATION',
      joined === null
        ? `The role ${REQUEST_ROLE} is not on this server. A restored ledger needs its roles: see "Backup and upgrade" in docs/operations.md.`
        : `The user of DATABASE_URL may not answer requests as the role ${REQUEST_ROLE}. Let an administrator of PostgreSQL run: ${grant}`,
      [],
      { cause: error },
    );
  }
}

async function keepSettings(client: pg.Client, settings: LedgerSettings): Promise<void> {
  const { rows } = await client.query<{ timezone: string | null; used: boolean }>(
    `select (select value from chargeback_data.setting where key = 'timezone') as timezone,
            exists (select from chargeback_data.daily_fact) or exists (select from chargeback_data.period) as used`,
  );
  const kept = rows[0];
  if (kept?.used && kept.timezone && kept.timezone !== settings.timezone) {
    throw new ChargebackError(
      'LEDGER_MISMATCH',
      `CHARGEBACK_TIMEZONE is ${settings.timezone}, but this ledger keeps its days and months in ${kept.timezone}. Set CHARGEBACK_TIMEZONE=${kept.timezone}, or begin a new database.`,
    );
  }
  await client.query(
    `insert into chargeback_data.setting (key, value) values ('timezone', $1), ('currency', $2)
     on conflict (key) do update set value = excluded.value where setting.value <> excluded.value`,
    [settings.timezone, settings.currency],
  );
}
