import type { BudgetCrossing, BudgetCrossingQuery, BudgetCrossings, BudgetScope } from '../../api/budgets';
import { formatDecimal } from '../../domain/decimal';
import type { Queryable } from '../db/pool';
import { ChargebackError } from '../errors';

interface CrossingRow extends Omit<BudgetCrossing, 'period' | 'crossed_at' | 'data_until'> {
  start: string;
  end: string;
  crossed_at: Date;
  data_until: Date | null;
}

/**
 * A page of the crossings, newest first, of the budgets that `maySee` allows, deleted ones too; of one that was moved only
 * those of scopes that it allows as well. Throws NOT_FOUND when
 * those of one budget are asked for that there never was, or that may not be seen.
 */
export async function readCrossings(
  db: Queryable,
  { budget, limit, cursor }: BudgetCrossingQuery,
  maySee: (scope: BudgetScope) => boolean,
): Promise<BudgetCrossings> {
  const { rows: budgets } = await db.query<{ id: number; scope: BudgetScope }>(
    'select id, scope from chargeback_data.budget where $1::bigint is null or id = $1',
    [budget ?? null],
  );
  const visible = budgets.filter(({ scope }) => maySee(scope)).map(({ id }) => id);
  if (budget !== undefined && visible.length === 0) {
    throw new ChargebackError('NOT_FOUND', `there is no budget ${budget}`);
  }
  const { rows: scopes } = await db.query<{ scope: BudgetScope; text: string }>(
    'select distinct scope, scope::text as text from chargeback_data.budget_crossing where budget_id = any ($1::integer[])',
    [visible],
  );
  const { rows } = await db.query<CrossingRow>(
    `select c.id::text as id, c.budget_id, b.name as budget, to_char(c.period_start, 'YYYY-MM') as start, to_char(c.period_end, 'YYYY-MM') as end,
       c.threshold::text as percent, c.amount::text as amount, c.spent::text as spent, c.currency, c.crossed_at, c.data_until,
       coalesce((
         select jsonb_agg(jsonb_build_object('channel', n.channel, 'to', n.recipient, 'state', n.state, 'at', n.done_at,
           'attempts', n.attempts, 'error', n.error) order by n.channel, n.recipient)
         from chargeback_data.budget_notification n where n.crossing_id = c.id), '[]') as notifications
     from chargeback_data.budget_crossing c
     join chargeback_data.budget b on b.id = c.budget_id
     where c.budget_id = any ($1::integer[]) and c.scope = any ($4::jsonb[]) and ($2::bigint is null or c.id < $2)
     order by c.id desc limit $3`,
    [visible, cursor ?? null, limit + 1, scopes.filter(({ scope }) => maySee(scope)).map(({ text }) => text)],
  );
  const page = rows.slice(0, limit);
  return {
    data: page.map(crossingOf),
    next_cursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function crossingOf({ start, end, ...row }: CrossingRow): BudgetCrossing {
  return {
    ...row,
    period: { start, end },
    percent: formatDecimal(row.percent),
    amount: formatDecimal(row.amount),
    spent: formatDecimal(row.spent),
    crossed_at: row.crossed_at.toISOString(),
    data_until: row.data_until?.toISOString() ?? null,
    notifications: row.notifications.map((one) => ({ ...one, at: one.at && new Date(one.at).toISOString() })),
  };
}
