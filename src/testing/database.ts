import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, type LedgerSettings } from '../collector/db/migrate';
import { createPool, type Pool } from '../collector/db/pool';

/** A database of a test's own, freshly migrated. */
export interface TestDatabase {
  url: string;
  pool: Pool;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

const UTC: LedgerSettings = { timezone: 'UTC', currency: 'USD' };

/** The server that jest's global setup started. */
export function serverUrl(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) {
    throw new Error(
      'TEST_POSTGRES_URL is not set: run the tests through npm test (or npx jest), which starts PostgreSQL',
    );
  }
  return url;
}

function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.toString();
}

async function asAdmin<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The name of a template follows the migrations' contents, so that a changed migration never meets an old template. */
function templateName(settings: LedgerSettings): string {
  const folder = join(process.cwd(), 'src/collector/db/migrations');
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const file of readdirSync(folder).sort()) {
    hash.update(readFileSync(join(folder, file)));
  }
  return `chargeback_template_${hash.digest('hex').slice(0, 12)}`;
}

/** Makes a database from a migrated template (45 ms instead of a migration); `server` defaults to the tests' own. */
export async function createDatabase(
  settings: Partial<LedgerSettings> = {},
  server = serverUrl(),
): Promise<TestDatabase> {
  const all = { ...UTC, ...settings };
  const template = templateName(all);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, async (admin) => {
    // Test files run in parallel; one of them makes the template, and copying needs it free of connections.
    await admin.query(`select pg_advisory_lock(hashtext('chargeback:template'))`);
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 0) {
      await admin.query(`drop database if exists ${template}_new`);
      await admin.query(`create database ${template}_new`);
      await migrate(withDatabase(server, `${template}_new`), all);
      await admin.query(`alter database ${template}_new rename to ${template}`);
    }
    await admin.query(`create database ${name} template ${template}`);
  });
  const url = withDatabase(server, name);
  const pool = createPool(url);
  return {
    url,
    pool,
    async drop() {
      await pool.end();
      await asAdmin(server, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}
