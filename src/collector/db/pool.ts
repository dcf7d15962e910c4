import pg from 'pg';
import { fromDatabase } from '../errors';

export type Pool = pg.Pool;
export type Client = pg.PoolClient;
/** What can run a query: the pool, or a client in a transaction. */
export type Queryable = Pick<pg.PoolClient, 'query'>;

/**
 * A pool of connections. Instants come back as Date, NUMERIC and bigint as text. An idle connection that
 * breaks (a restart of PostgreSQL) is dropped and reported, not thrown. No statement may take longer than `statementSeconds`.
 */
export function createPool(
  url: string,
  options: { max?: number | undefined; statementSeconds?: number | undefined; onIdleError?: (error: Error) => void } = {},
): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: 'chargeback',
    connectionTimeoutMillis: 10_000,
    ...(options.statementSeconds && { statement_timeout: options.statementSeconds * 1000 }),
    // Every statement that truncates to days names its zone; UTC makes casts of instants to text unambiguous.
    options: '-c TimeZone=UTC -c DateStyle=ISO',
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  return pool;
}

/** Runs `work` in one transaction; rolls back when it throws. Database errors with a meaning become ChargebackErrors. */
export async function inTransaction<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  let client: Client;
  try {
    client = await pool.connect();
  } catch (error) {
    throw fromDatabase(error);
  }
  // A connection that dies while it is checked out reports through its query; without a listener it would end the process.
  const ignore = () => undefined;
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw fromDatabase(error);
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}
