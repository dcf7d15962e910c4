import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withoutRoot } from './demo/unprivileged.mjs';
import { postgresBinaries } from './postgres-binaries.mjs';

const FAST = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

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
  const { postgres, initdb } = await postgresBinaries();
  // The checkout, in which the programs are; import.meta is not to be had here: Playwright loads this file as CommonJS.
  const { program, own } = withoutRoot(process.cwd());
  const folder = await mkdtemp(join(tmpdir(), 'chargeback-pg-'));
  await chmod(folder, 0o755);
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  own(data);
  const log = [];
  const run = (binary, args) => {
    const { command, args: all, ...identity } = program(binary, args);
    const child = spawn(command, all, { ...identity, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => log.push(String(chunk)) > 200 && log.shift());
    }
    return child;
  };
  const failed = (what) => new Error(`PostgreSQL ${what}:\n${log.join('').split('\n').slice(-20).join('\n')}`);

  const [code] = await once(
    run(initdb, [
      `--pgdata=${data}`,
      '--username=postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ]),
    'exit',
  );
  if (code !== 0) {
    throw failed('could not be initialised');
  }
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `port=${port}`,
    'max_connections=200',
    'shared_buffers=256MB',
    ...(durable ? [] : FAST),
  ];
  let server;
  const start = async () => {
    log.length = 0;
    server = run(postgres, ['-D', data, ...settings.flatMap((setting) => ['-c', setting]), ...flags]);
    // It listens before it lets anybody in, so that a connection tells nothing.
    while (!log.join('').includes('database system is ready to accept connections')) {
      if (server.exitCode !== null) {
        throw failed('did not start');
      }
      await sleep(20);
    }
  };
  const halt = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      // Fast shutdown: clients are cut off.
      server.kill('SIGINT');
      await once(server, 'exit');
    }
  };
  process.once('exit', () => server?.kill('SIGQUIT'));
  await start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await halt();
      await rm(folder, { recursive: true, force: true });
    },
    restart: async () => {
      await halt();
      await start();
    },
  };
}
