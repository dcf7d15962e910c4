import { inTransaction, type Client, type Pool } from './pool';

/** Thrown to take a transaction back, with what it found. */
class TakenBack<T> extends Error {
  constructor(readonly found: T) {
    super('a dry run, taken back');
  }
}

/** Runs `work` in a transaction, begun by `begin`, and takes back all that it wrote; returns what it found. */
export async function dryRun<T>(
  pool: Pool,
  work: (db: Client) => Promise<T>,
  begin: (pool: Pool, work: (db: Client) => Promise<never>) => Promise<never> = inTransaction,
): Promise<T> {
  try {
    return await begin(pool, async (db) => {
      throw new TakenBack(await work(db));
    });
  } catch (outcome) {
    if (outcome instanceof TakenBack) {
      return outcome.found as T;
    }
    throw outcome;
  }
}
