import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../context';
import { checkLedger } from './check-ledger';

/** How often a collector checks what is due, milliseconds. */
const EVERY = 10 * 60_000;

/** Checks the ledger again and again until `signal` is aborted; what fails is tried again the next time. */
export async function checkLedgerRegularly(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await checkLedger(context, signal);
    } catch (error) {
      context.log.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'cannot compare the ledger with its roll-ups; trying again later',
      );
    }
    await sleep(EVERY, undefined, { signal }).catch(() => undefined);
  }
}
