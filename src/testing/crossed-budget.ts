import type { Pool } from '../collector/db/pool';

/** A budget and one crossing of it, as they stand in the ledger; what is left out is that of an ordinary one. */
export interface CrossedBudget {
  name?: string;
  owner?: string;
  scope?: Record<string, string>;
  contact?: string[];
  interval?: 'month' | 'quarter' | 'year';
  period?: [start: string, end: string];
  amount?: string;
  spent?: string;
  currency?: string;
  threshold?: string;
  announced?: boolean;
  crossedAt?: Date;
  dataUntil?: Date | null;
}

let budgets = 0;

/** Writes a budget and a crossing of it; returns the id of the crossing. */
export async function crossBudget(pool: Pool, given: CrossedBudget = {}): Promise<string> {
  budgets += 1;
  const [start, end] = given.period ?? ['2026-11', '2026-12'];
  const { amount = '1000', currency = 'USD', threshold = '90' } = given;
  const budget = await pool.query<{ id: number }>(
    `insert into chargeback_data.budget
       (name, scope, amount, currency, interval, thresholds, owner, contact, valid_from, created_by, updated_by)
     values ($1, $2, $3, $4, $5, array[$6::numeric], $7, $8, $9::date, 'test', 'test') returning id`,
    [
      given.name ?? `budget ${budgets}`,
      given.scope ?? { workspace: 'payments' },
      amount,
      currency,
      given.interval ?? 'month',
      threshold,
      given.owner ?? 'Payments team',
      given.contact ?? ['payments@example.com'],
      `${start}-01`,
    ],
  );
  const crossing = await pool.query<{ id: string }>(
    `insert into chargeback_data.budget_crossing
       (budget_id, period_start, period_end, threshold, amount, currency, spent, crossed_at, data_until, announced)
     values ($1, $2::date, $3::date, $4, $5, $6, $7, coalesce($8, now()), $9, $10) returning id::text`,
    [
      budget.rows[0]?.id,
      `${start}-01`,
      `${end}-01`,
      threshold,
      amount,
      currency,
      given.spent ?? '912.4',
      given.crossedAt ?? null,
      given.dataUntil === undefined ? new Date('2026-11-20T14:00:00Z') : given.dataUntil,
      given.announced ?? true,
    ],
  );
  return crossing.rows[0]?.id ?? '';
}

/** A notification as the ledger has it. */
export interface NotificationRow {
  crossing: string;
  channel: string;
  recipient: string;
  state: string;
  attempts: number;
  error: string | null;
}

/** All notifications, in the order of crossings. */
export async function notificationRows(pool: Pool): Promise<NotificationRow[]> {
  const { rows } = await pool.query<NotificationRow>(
    `select crossing_id::text as crossing, channel, recipient, state, attempts, error
     from chargeback_data.budget_notification order by crossing_id, channel, recipient`,
  );
  return rows;
}
