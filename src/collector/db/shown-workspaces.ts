import pg from 'pg';
import type { Context } from '../context';
import { createPool, inTransaction, type Pool, type Queryable } from './pool';

/** The role of requests of those who may not see everything: row-level security shows it what a transaction names. */
export const REQUEST_ROLE = 'chargeback_request';

/** Connections to the ledger that see nothing of any workspace. */
export function createRestrictedPool({ config, log }: Pick<Context, 'config' | 'log'>): Pool {
  return createPool(config.databaseUrl, {
    max: 10,
    role: REQUEST_ROLE,
    statementSeconds: config.statementTimeoutSeconds,
    onIdleError: (error) => log.warn({ error: error.message }, 'a connection to PostgreSQL broke'),
  });
}

/**
 * Connections of `restricted` whose transactions see these workspaces and nothing else: names, and globs beside the names
 * that they stand for (usage is found by name, budgets and rate cards also of workspaces without any).
 */
export function showing(restricted: Pool, workspaces: string[]): Pool {
  const pool: Pool = {
    begin: `begin; set local chargeback.workspaces = ${pg.escapeLiteral(JSON.stringify(workspaces))}`,
    connect: () => restricted.connect(),
    // Outside of a transaction a connection would see nothing.
    query: (text, values) => inTransaction(pool, (db) => db.query(text, values)),
    // They are the server's, and the next request needs them.
    end: () => Promise.resolve(),
  };
  return pool;
}

/**
 * In the rest of a transaction of `showing`, the series of these observed resources (ids) are seen, too: those that by a
 * directory of the past belonged to what it sees.
 */
export async function showObserved(db: Queryable, observed: number[]): Promise<void> {
  await db.query(`set local chargeback.observed = '${JSON.stringify(observed.map(Number))}'`);
}
