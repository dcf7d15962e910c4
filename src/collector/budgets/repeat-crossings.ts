import type { Context } from '../context';
import { inTransaction } from '../db/pool';
import { repeat } from '../repeat';
import { recordCrossings } from './record-crossings';

/** How often a collector looks whether spend has crossed a threshold. Costs some 40 ms with 500 budgets and a year. */
const EVERY = 20_000;

/**
 * Records crossings again and again until `signal` is aborted: whatever changed the costs, a collection, prices or owners,
 * and whichever process did, a threshold is found crossed within the interval.
 */
export function repeatCrossings(context: Context, signal: AbortSignal): Promise<void> {
  return repeat(context, signal, {
    every: EVERY,
    failing: 'cannot look whether budgets are crossed',
    async work() {
      const crossed = await inTransaction(context.pool, (db) => recordCrossings(db, context));
      if (crossed.length > 0) {
        context.log.info({ crossings: crossed.length }, 'spend has crossed thresholds of budgets');
      }
    },
  });
}
