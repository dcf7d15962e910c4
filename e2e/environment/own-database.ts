import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

async function ask(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A new database on `server` for the journeys alone: nothing that is there already is touched. */
export async function createOwnDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `chargeback_e2e_${randomBytes(6).toString('hex')}`;
  await ask(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => ask(server, `drop database if exists ${name} with (force)`) };
}
