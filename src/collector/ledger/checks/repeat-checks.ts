import type { Context } from '../../context';
import { repeat } from '../../repeat';
import { checkLedger } from './check-ledger';

/** How often a collector checks what is due, milliseconds. */
const EVERY = 10 * 60_000;

/** Compares the ledger with its roll-ups again and again until `signal` is aborted. */
export function repeatChecks(context: Context, signal: AbortSignal): Promise<void> {
  return repeat(context, signal, {
    every: EVERY,
    failing: 'cannot compare the ledger with its roll-ups',
    async work() {
      await checkLedger(context, signal);
    },
  });
}
