import type { Context } from '../../context';
import { inTransaction } from '../../db/pool';
import { checkDays } from './check-days';
import { checkMonths } from './check-months';
import { dueDays } from './due-days';

/** Days of one statement: a second of work at 100 million facts a year. */
const BATCH = 4;
/** After this long a run leaves the rest to the next one, milliseconds. */
const LONGEST_RUN = 20_000;

/**
 * Compares the ledger's facts with its roll-ups, day by day as they fall due, so that dashboards and alerts need not sum
 * them. Any number of collectors may do so: one works, the others leave it to that one. Returns how many days were checked.
 */
export async function checkLedger(
  { pool, config }: Pick<Context, 'pool' | 'config'>,
  signal?: AbortSignal,
): Promise<number> {
  const { rows } = await pool.query<{ now: Date }>('select now()');
  const begun = rows[0]?.now ?? new Date(0);
  const deadline = performance.now() + LONGEST_RUN;
  let checked = 0;
  for (let more = true; more && !signal?.aborted && performance.now() < deadline;) {
    const days = await inTransaction(pool, async (db) => {
      const { rows: lock } = await db.query<{ mine: boolean }>(
        `select pg_try_advisory_xact_lock(hashtextextended('chargeback:ledger-checks', 0)) as mine`,
      );
      const due = lock[0]?.mine ? await dueDays(db, config.timezone, begun, BATCH) : [];
      if (due.length > 0) {
        await checkDays(db, due, config.timezone);
        await checkMonths(db, due);
      }
      return due.length;
    });
    checked += days;
    more = days === BATCH;
  }
  return checked;
}
