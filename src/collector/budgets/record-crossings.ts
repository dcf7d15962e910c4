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
    // Not from the view budget_history: its periods without cost cross nothing, and there are hundreds in a budget valid from 1970.
    `with cost as materialized (
       select * from chargeback_data.monthly_scope_cost
     ), spent as materialized (
       select b.budget_id, b.scope, b.months, b.thresholds, b.amount, b.currency,
         chargeback_data.budget_period_start(b.valid_from, b.months, c.month) as period_start, sum(c.cost) as spent
       from chargeback_data.budget_in_force b
       join cost c on c.scope_id = b.scope_id and c.currency = b.currency and c.month >= b.valid_from
       group by 1, 2, 3, 4, 5, 6, 7
     )
     insert into chargeback_data.budget_crossing as crossing
       (budget_id, period_start, period_end, threshold, amount, currency, spent, scope, data_until, announced)
     select s.budget_id, s.period_start, p.period_end, t.threshold, s.amount, s.currency, s.spent, s.scope, clock.watermark,
       p.period_end::timestamp at time zone clock.timezone > coalesce(clock.watermark, now()) - $1::interval
     from spent s
     cross join lateral (select (s.period_start + interval '1 month' * s.months)::date as period_end) p
     cross join lateral unnest(s.thresholds) as t(threshold)
     cross join chargeback_data.budget_clock clock
     where s.spent * 100 >= t.threshold * s.amount
       and not exists (
         select from chargeback_data.budget_crossing c
         where (c.budget_id, c.period_start, c.period_end, c.threshold) = (s.budget_id, s.period_start, p.period_end, t.threshold))
     order by s.period_start, s.budget_id, t.threshold
     on conflict do nothing
     returning crossing.id::text as id`,
    [NEWS_FOR],
  );
  const ids = rows.map(({ id }) => id);
  await queueNotifications(db, context, ids);
  return ids;
}
