import type { Context } from '../context';
import type { Client } from '../db/pool';
import { queueNotifications } from './notifications/queue-notifications';

/** How long after the end of a period somebody is still told of a crossing in it: what arrives late, not a backfill. */
const NEWS_FOR = '7 days';

/**
 * Records every threshold that spend has reached in a period of a budget and that was not recorded there before, for all
 * budgets and all their periods, in one statement; several collectors may do it at once. Somebody is to be told of those
 * whose period runs or has just ended by the watermark, in the same transaction. Returns the ids of the new crossings.
 */
export async function recordCrossings(db: Client, context: Pick<Context, 'config'>): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `insert into chargeback_data.budget_crossing as crossing
       (budget_id, period_start, period_end, threshold, amount, currency, spent, data_until, announced)
     select h.budget_id, h.period_start, h.period_end, t.threshold, h.amount, h.currency, h.spent, clock.watermark,
       h.period_end::timestamp at time zone clock.timezone > coalesce(clock.watermark, now()) - $1::interval
     from chargeback.budget_history h
     join chargeback_data.budget b on b.id = h.budget_id
     cross join lateral unnest(b.thresholds) as t(threshold)
     cross join chargeback_data.budget_clock clock
     where h.spent * 100 >= t.threshold * h.amount
       and not exists (
         select from chargeback_data.budget_crossing c
         where (c.budget_id, c.period_start, c.period_end, c.threshold) = (h.budget_id, h.period_start, h.period_end, t.threshold))
     order by h.period_start, h.budget_id, t.threshold
     on conflict do nothing
     returning crossing.id::text as id`,
    [NEWS_FOR],
  );
  const ids = rows.map(({ id }) => id);
  await queueNotifications(db, context, ids);
  return ids;
}
