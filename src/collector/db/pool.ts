import pg from 'pg';
import { ChargebackError, fromDatabase } from '../errors';

export type Client = pg.PoolClient;

/** What can run a query: the pool, or a client in a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    text: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>>;
}

/** Connections to the ledger, all of which see the same of it. */
export interface Pool extends Queryable {
  connect(): Promise<Client>;
  end(): Promise<void>;
  /** How a transaction begins, where a plain `begin` is not enough. */
  readonly begin?: string;
}

/**
 * A pool of connections. Instants come back as Date, NUMERIC and bigint as text. An idle connection that
 * breaks (a restart of PostgreSQL) is dropped and reported, not thrown. No statement may take longer than `statementSeconds`. With
 * `role` all is done as that role, of which the user of the URL must be a member.
 */
export function createPool(
  url: string,
  options: {
    max?: number | undefined;
    statementSeconds?: number | undefined;
    role?: string;
    onIdleError?: (error: Error) => void;
  } = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: 'chargeback',
    connectionTimeoutMillis: 10_000,
    ...(options.statementSeconds && { statement_timeout: options.statementSeconds * 1000 }),
    // Every statement that truncates to days names its zone; UTC makes casts of instants to text unambiguous.
    options: `-c TimeZone=UTC -c DateStyle=ISO${options.role ? ` -c role=${options.role}` : ''}`,
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  return pool;
}

/** pg's own pool, for what needs one; throws INTERNAL for one that shows a part of the ledger. */
export function ownPool(pool: Pool): pg.Pool {
  if (!(pool instanceof pg.Pool)) {
    throw new ChargebackError('INTERNAL', 'these connections show a part of the ledger only');
  }
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
    await client.query(pool.begin ?? 'begin');
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
