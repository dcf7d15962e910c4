import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresBinaries } from '../postgres-binaries.mjs';
import { identityOf } from './process-identity.mjs';
import { ROOT } from './settings.mjs';
import { withoutRoot } from './unprivileged.mjs';
import { waitFor } from './wait-for.mjs';

const DATABASE = 'chargeback';
const USER = 'chargeback';

/** A sentence when the last PostgreSQL in `data` did not shut down in order. */
function remains(data) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) {
    return null;
  }
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (identityOf(pid) !== null && !isPostgres(pid)) {
    // Its number belongs to another program now; PostgreSQL would take that for itself and refuse to start.
    rmSync(file);
  }
  return 'PostgreSQL was not shut down in order last time (postmaster.pid was left); it recovers by itself';
}

function isPostgres(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return true;
  }
}

async function initialise({ program, own }, initdb, data, password, processes) {
  const fresh = `${data}.new`;
  const words = join(data, '..', 'postgres-password');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  writeFileSync(words, password, { mode: 0o600 });
  own(fresh);
  own(words);
  const args = [
    `--pgdata=${fresh}`,
    `--username=${USER}`,
    `--pwfile=${words}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    '--no-sync',
  ];
  try {
    await processes.run('initdb', { ...program(initdb, args), cwd: '/' });
  } finally {
    rmSync(words);
  }
  renameSync(fresh, data);
}

/**
 * Starts the demo's PostgreSQL, made at the first start. Returns its URL and what was wrong with the last shutdown, if
 * anything.
 */
export async function startPostgres(settings, state, processes) {
  const { postgres, initdb } = await postgresBinaries();
  const data = join(settings.data, 'postgres');
  const unprivileged = withoutRoot(ROOT);
  if (!existsSync(data)) {
    await initialise(unprivileged, initdb, data, state.databasePassword, processes);
  }
  const note = remains(data);
  const flags = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=256MB',
    'max_wal_size=2GB',
  ];
  const args = ['-D', data, '-p', String(settings.postgres.port), ...flags.flatMap((flag) => ['-c', flag])];
  // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
  const server = processes.startServer('postgres', {
    ...unprivileged.program(postgres, args),
    cwd: '/',
    signal: 'SIGINT',
  });

  const { default: pg } = await import('pg');
  const url = (database) =>
    `postgres://${USER}:${state.databasePassword}@127.0.0.1:${settings.postgres.port}/${database}`;
  await waitFor('PostgreSQL', server, () => ask(pg, url('postgres'), 'select 1'));
  const [found] = await ask(pg, url('postgres'), `select from pg_database where datname = '${DATABASE}'`);
  if (!found) {
    await ask(pg, url('postgres'), `create database ${DATABASE}`);
  }
  return { url: url(DATABASE), note };
}

async function ask(pg, connectionString, query) {
  const client = new pg.Client({ connectionString });
  // A server that goes away closes idle connections with an event, which would end the demo unhandled.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}
