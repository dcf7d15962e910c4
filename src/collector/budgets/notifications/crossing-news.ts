import type { BudgetScope } from '../../../api/budgets';
import type { BudgetInterval } from '../../../domain/budget';
import type { Queryable } from '../../db/pool';

/** A crossing as it is told: figures of when it was noticed, names of now. Money and percent are decimals as text. */
export interface CrossingNews {
  /** The id of the crossing; `test` when nothing was crossed. */
  id: string;
  budgetId: number;
  budget: string;
  owner: string;
  scope: BudgetScope;
  interval: BudgetInterval;
  /** Billing months `[start, end)` as `YYYY-MM`. */
  period: { start: string; end: string };
  percent: string;
  amount: string;
  spent: string;
  usedPercent: string;
  currency: string;
  crossedAt: Date;
  dataUntil: Date | null;
}

/** The crossing `id`; it is never deleted, nor is its budget. */
export async function crossingNews(db: Queryable, id: string): Promise<CrossingNews> {
  const { rows } = await db.query<CrossingNews>(
    `select c.id::text, b.id as "budgetId", b.name as budget, b.owner, b.scope, b.interval,
       json_build_object('start', to_char(c.period_start, 'YYYY-MM'), 'end', to_char(c.period_end, 'YYYY-MM')) as period,
       trim_scale(c.threshold)::text as percent, trim_scale(c.amount)::text as amount, trim_scale(c.spent)::text as spent,
       trim_scale(chargeback_data.used_percent(c.spent, c.amount))::text as "usedPercent",
       c.currency, c.crossed_at as "crossedAt", c.data_until as "dataUntil"
     from chargeback_data.budget_crossing c
     join chargeback_data.budget b on b.id = c.budget_id
     where c.id = $1`,
    [id],
  );
  const [news] = rows;
  if (!news) {
    throw new Error(`there is no crossing ${id}`);
  }
  return news;
}
