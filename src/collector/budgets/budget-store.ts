import type { Budget, BudgetInput } from '../../api/budgets';
import { formatDecimal } from '../../domain/decimal';
import type { Queryable } from '../db/pool';

interface StatusRow {
  start: string;
  end: string;
  spent: string;
  remaining: string;
  used_percent: string;
  elapsed_percent: string;
  burn_ratio: string | null;
  thresholds: Array<{ percent: string; reached: boolean; crossed_at: string | null }>;
}
type Decided = 'id' | 'version' | 'name' | 'scope' | 'interval' | 'owner' | 'contact' | 'notes';
interface BudgetRow extends Pick<Budget, Decided | 'amount' | 'currency' | 'thresholds' | 'valid_from'> {
  created_at: Date;
  created_by: string;
  updated_at: Date;
  updated_by: string;
  status: StatusRow | null;
}

/** A budget whose currency is decided. */
export type DecidedBudget = BudgetInput & { currency: string };

/** The budgets that are not deleted and how they stand, by name; all, or those with the ids. */
export async function findBudgets(db: Queryable, ids: number[] | null = null): Promise<Budget[]> {
  const { rows } = await db.query<BudgetRow>(
    `select b.id, b.version, b.name, b.scope, b.amount::text as amount, b.currency, b.interval, b.thresholds::text[] as thresholds,
       b.owner, b.contact, to_char(b.valid_from, 'YYYY-MM') as valid_from, b.notes, b.created_at, b.created_by, b.updated_at, b.updated_by,
       s.status
     from chargeback_data.budget b
     left join (
       select budget_id, jsonb_build_object('start', to_char(period_start, 'YYYY-MM'), 'end', to_char(period_end, 'YYYY-MM'),
           'spent', spent::text, 'remaining', (amount - spent)::text, 'used_percent', used_percent::text,
           'elapsed_percent', elapsed_percent::text, 'burn_ratio', burn_ratio::text,
           'thresholds', jsonb_agg(jsonb_build_object('percent', threshold::text, 'reached', reached, 'crossed_at', crossed_at) order by threshold)) as status
       from chargeback.budget_status
       group by budget_id, period_start, period_end, amount, spent, used_percent, elapsed_percent, burn_ratio
     ) s on s.budget_id = b.id
     where b.deleted_at is null and ($1::integer[] is null or b.id = any ($1))
     order by b.name collate chargeback_data.by_name, b.id`,
    [ids],
  );
  return rows.map(budgetOf);
}

function budgetOf({ status, ...row }: BudgetRow): Budget {
  return {
    ...row,
    amount: formatDecimal(row.amount),
    thresholds: row.thresholds.map(formatDecimal),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    status: status && {
      period: { start: status.start, end: status.end },
      spent: formatDecimal(status.spent),
      remaining: formatDecimal(status.remaining),
      used_percent: formatDecimal(status.used_percent),
      elapsed_percent: formatDecimal(status.elapsed_percent),
      burn_ratio: status.burn_ratio && formatDecimal(status.burn_ratio),
      thresholds: status.thresholds.map(({ percent, reached, crossed_at }) => ({
        percent,
        reached,
        crossed_at: crossed_at && new Date(crossed_at).toISOString(),
      })),
    },
  };
}

/** Stores a new budget; returns its id. */
export async function insertBudget(db: Queryable, budget: DecidedBudget, actor: string): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into chargeback_data.budget (name, scope, amount, currency, interval, thresholds, owner, contact, valid_from, notes, created_by, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) returning id`,
    [...columnsOf(budget), actor],
  );
  return rows[0]?.id ?? 0;
}

/** Makes the budget `id` into this one; its version rises. */
export async function updateBudget(db: Queryable, id: number, budget: DecidedBudget, actor: string): Promise<void> {
  await db.query(
    `update chargeback_data.budget set name = $1, scope = $2, amount = $3, currency = $4, interval = $5, thresholds = $6, owner = $7,
       contact = $8, valid_from = $9, notes = $10, version = version + 1, updated_at = now(), updated_by = $11
     where id = $12`,
    [...columnsOf(budget), actor, id],
  );
}

/** Puts the budget away: its crossings stay, its name is free again. */
export async function removeBudget(db: Queryable, id: number, actor: string): Promise<void> {
  await db.query(
    'update chargeback_data.budget set deleted_at = now(), updated_at = now(), updated_by = $2, version = version + 1 where id = $1',
    [id, actor],
  );
}

const columnsOf = (budget: DecidedBudget) => [
  budget.name,
  JSON.stringify(budget.scope),
  budget.amount,
  budget.currency,
  budget.interval,
  budget.thresholds,
  budget.owner,
  budget.contact,
  `${budget.valid_from}-01`,
  budget.notes,
];
