import { DateTime } from 'luxon';
import type { CostDimension, CostRow, GRANULARITIES } from '../../api/costs';
import { fetchRows } from '../db/fetch-rows';
import type { Queryable } from '../db/pool';
import { bindings, costSource, type Bind } from './cost-source';

export type Granularity = (typeof GRANULARITIES)[number];

/** A question about costs over [from, to). `filters` gives for a dimension the values that count, all when absent. */
export interface CostQuestion {
  from: Date;
  to: Date;
  timezone: string;
  granularity: Granularity;
  groupBy: CostDimension[];
  filters: Partial<Record<CostDimension, string[]>>;
  currency?: string | undefined;
  limit: number;
  /** The key of the last row that was seen; rows after it are wanted. */
  after?: CostKey | undefined;
}

/** What tells a row of an answer from all others, in the order of the rows: its start unless granularity is total, its group, its currency. */
export type CostKey = string[];

const column = (dimension: CostDimension) => (dimension === 'charge_type' ? 'm.slug' : `r.${dimension}`);

type SumRow = {
  start?: Date;
  currency: string;
  quantity: string | null;
  unit: string | null;
  cost: string;
  confidence: number;
} & Partial<Record<CostDimension, string>>;

/**
 * The next rows in the order of their keys, and the key to go on after; null at the end. Rows have a stable place, so
 * going on from page to page meets every one of them once. Only rated usage has a cost.
 */
export async function readCosts(
  db: Queryable,
  question: CostQuestion,
): Promise<{ rows: CostRow[]; next: CostKey | null }> {
  const { groupBy, limit } = question;
  const bucketed = question.granularity !== 'total';
  const rows: SumRow[] = [];
  for (const window of windows(question)) {
    const { values, bind } = bindings();
    const found = await db.query<SumRow>(
      statement({ ...question, ...window, limit: limit - rows.length }, bind),
      values,
    );
    rows.push(...found.rows);
    if (rows.length > limit) {
      break;
    }
  }
  const page = rows.slice(0, limit);
  const keyOf = (row: SumRow): CostKey => [
    ...(bucketed ? [row.start?.toISOString() ?? ''] : []),
    ...groupBy.map((dimension) => row[dimension] ?? ''),
    row.currency,
  ];
  const last = page.at(-1);
  return { rows: page.map(shown), next: rows.length > limit && last ? keyOf(last) : null };
}

/** The same rows in the same order, all of them, some at a time; within a transaction. Memory does not grow with their number. */
export async function* readAllCosts(
  db: Queryable,
  question: Omit<CostQuestion, 'limit' | 'after'>,
): AsyncGenerator<CostRow[]> {
  for (const window of windows(question, 1)) {
    const { values, bind } = bindings();
    for await (const rows of fetchRows<SumRow>(db, statement({ ...question, ...window }, bind), values)) {
      yield rows.map(shown);
    }
  }
}

/** A row as it is answered: without what is not known of it. */
function shown({ start, quantity, unit, ...row }: SumRow): CostRow {
  return {
    ...(start ? { start: start.toISOString() } : {}),
    ...row,
    ...(quantity !== null && unit !== null ? { quantity, unit } : {}),
  };
}

/**
 * The range in pieces of whole buckets from the last row seen on, each `growth` times as long as the one before: a page of
 * hours reads about as many facts as it needs, and not all up to the end of the range again and again.
 */
function* windows(
  { from, to, timezone, granularity, after }: Omit<CostQuestion, 'limit'>,
  growth = 2,
): Generator<{ from: Date; to: Date }> {
  const seen = granularity !== 'total' && after?.[0] ? new Date(after[0]) : from;
  let start = seen > from ? seen : from;
  if (granularity === 'month' || granularity === 'total') {
    yield { from: start, to };
    return;
  }
  for (let days = granularity === 'hour' ? 1 : 32; start < to; days *= growth) {
    // From a day's beginning on, so that no bucket is cut in two.
    const end = DateTime.fromJSDate(start, { zone: timezone }).startOf('day').plus({ days }).toJSDate();
    yield { from: start, to: end < to ? end : to };
    start = end;
  }
}

function statement(
  {
    from,
    to,
    timezone,
    granularity,
    groupBy,
    filters,
    currency,
    limit,
    after,
  }: Omit<CostQuestion, 'limit'> & {
    limit?: number;
  },
  bind: Bind,
): string {
  const bucketed = granularity !== 'total';
  const source = costSource({ from, to, timezone }, granularity === 'total' ? 'month' : granularity, bind);
  const start =
    granularity === 'hour' ? 'at' : `date_trunc('${granularity}', at, ${bucketed ? bind(timezone) : "'UTC'"})`;
  const keys = [
    ...(bucketed ? [{ name: 'start', expression: 's.start', type: 'timestamptz' }] : []),
    ...groupBy.map((dimension) => ({ name: dimension, expression: `${column(dimension)} collate "C"`, type: 'text' })),
    { name: 'currency', expression: 'c.currency collate "C"', type: 'text' },
  ];
  const conditions = Object.entries(filters).map(
    ([dimension, wanted]) => `${column(dimension as CostDimension)} = any (${bind(wanted)}::text[])`,
  );
  if (currency !== undefined) {
    conditions.push(`c.currency = ${bind(currency)}`);
  }
  if (after) {
    conditions.push(
      `(${keys.map(({ expression }) => expression).join(', ')}) > (${keys.map(({ type }, index) => `${bind(after[index])}::${type}`).join(', ')})`,
    );
  }
  const places = keys.map((_, index) => index + 1).join(', ');
  return `
    select ${keys.map(({ name, expression }) => `${expression} as ${name}`).join(', ')},
      case when min(m.unit) = max(m.unit) then trim_scale(sum(s.quantity))::text end as quantity,
      case when min(m.unit) = max(m.unit) then min(m.unit) end as unit, trim_scale(sum(s.cost))::text as cost,
      case when sum(s.cost) = 0 then 1 else round(sum(s.confident_cost) / sum(s.cost), 6) end::float8 as confidence
    from (
      select ${bucketed ? `${start} as start, ` : ''}resource_id, meter_id, rate_card_id,
        sum(quantity) as quantity, sum(cost) as cost, sum(confident_cost) as confident_cost
      from (${source}) source where rate_card_id <> 0
      group by ${bucketed ? '1, 2, 3, 4' : '1, 2, 3'}
    ) s
    join chargeback_data.resource r on r.id = s.resource_id
    join chargeback_data.meter m on m.id = s.meter_id
    join chargeback_data.rate_card c on c.id = s.rate_card_id
    ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
    group by ${places} order by ${places}${limit === undefined ? '' : ` limit ${bind(limit + 1)}`}`;
}
