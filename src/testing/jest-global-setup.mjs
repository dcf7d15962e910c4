import { execFileSync } from 'node:child_process';
import { startTestPostgres } from '../../scripts/test-postgres.mjs';

/** One PostgreSQL server for all test files; each file makes its own databases in it (see database.ts). */
export default async function setup() {
  // Tests that run the program as a user does must not meet an old build of it.
  execFileSync(process.execPath, ['scripts/build-collector.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const server = await startTestPostgres();
  process.env.TEST_POSTGRES_URL = server.url;
  globalThis.__stopTestPostgres = server.stop;
}
