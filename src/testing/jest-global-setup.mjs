import { startTestPostgres } from '../../scripts/test-postgres.mjs';

/** One PostgreSQL server for all test files; each file makes its own databases in it (see database.ts). */
export default async function setup() {
  const server = await startTestPostgres();
  process.env.TEST_POSTGRES_URL = server.url;
  globalThis.__stopTestPostgres = server.stop;
}
