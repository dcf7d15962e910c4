import { inTransaction, type Client, type Pool } from './pool';

/** Runs `work` on one unchanging state of the ledger, so that figures read by several statements agree; it cannot write. */
export function inSnapshot<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    return work(client);
  });
}
