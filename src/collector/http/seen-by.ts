import type { Context } from '../context';
import { showing } from '../db/shown-workspaces';
import type { Pool } from '../db/pool';
import type { Identity } from './identity';

/**
 * The context in which the ledger is as `identity` may see it: every read of a request goes through it, so that a query
 * that forgets to say which workspaces it is about finds nothing of others. `restricted` are connections that see
 * nothing but what a transaction names.
 */
export function seenBy(context: Context, restricted: Pool, { workspaces, granted }: Identity): Context {
  return workspaces === null ? context : { ...context, pool: showing(restricted, [...granted, ...workspaces]) };
}
