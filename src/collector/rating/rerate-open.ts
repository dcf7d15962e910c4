import { billingMonthOf } from '../../domain/billing-month';
import type { Client } from '../db/pool';
import { closedUntil, rerate } from '../ledger/restate';

/** Facts of these meters from a moment on, all or one workspace's. */
export interface RatingScope {
  meterIds: number[];
  from: Date;
  workspace: string | null;
}

/** Rates anew the open facts of the scope, month by month. The meters must be locked. Returns how many changed. */
export async function rerateOpen(
  db: Client,
  { meterIds, from, workspace }: RatingScope,
  timezone: string,
): Promise<number> {
  const start = Math.max(from.getTime(), await closedUntil(db));
  let changed = 0;
  for (const meterId of meterIds) {
    const { rows } = await db.query<{ first: Date | null; last: Date | null }>(
      'select min(hour) as first, max(hour) as last from chargeback_data.fact where meter_id = $1 and hour >= $2',
      [meterId, Number.isFinite(start) ? new Date(start) : '-infinity'],
    );
    const { first, last } = rows[0] ?? {};
    if (!first || !last) {
      continue;
    }
    for (let at = first.getTime(); at <= last.getTime();) {
      const end = billingMonthOf(at, timezone).end.getTime();
      changed += await rerate(db, meterId, at, end, timezone, workspace);
      at = end;
    }
  }
  return changed;
}
