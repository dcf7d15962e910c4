import {
  LINE_FIELDS,
  type AmountName,
  type ChargebackAmounts,
  type ChargebackLine,
  type ChargebackLines,
  type LineKind,
} from '../../api/chargeback';
import type { ResourceField } from '../../domain/resource';
import type { Context } from '../context';
import { fetchRows } from '../db/fetch-rows';
import type { Queryable } from '../db/pool';
import { inSnapshot } from '../db/snapshot';
import {
  AMOUNTS_AS_JSON,
  amountsOfUsage,
  CONFIDENCE,
  readMeterColumns,
  SUMS_OF_AMOUNTS,
  type MeterColumns,
} from './chargeback-amounts';
import { readPeriod } from './chargeback-period';
import type { ChargebackScope } from './chargeback-scope';
import { otherCurrencies, unratedUsage, usedPart } from './chargeback-usage';
import { bindings, type Bind } from './cost-source';
import { byName, byNames, namesContain } from './line-names';
import { requireRates } from './rates-in-force';
import { currentWatermark } from './watermark';

/** By what lines are sorted: a figure or a name of the line. */
export type LineSort = { by: AmountName | 'confidence' | ResourceField; descending: boolean };

/** Which lines of a scope are wanted: those whose names hold all words of `search`; from `offset` on at most `limit`, all when absent. */
export interface LineQuestion<K extends LineKind = LineKind> extends ChargebackScope {
  by: K;
  search?: string | undefined;
  sort: LineSort;
  limit?: number | undefined;
  offset?: number | undefined;
}

type Line<K extends LineKind> = Record<(typeof LINE_FIELDS)[K][number], string> &
  ChargebackAmounts & { confidence: number };
type Sum = { lines: number; totals: ChargebackAmounts };

/** Lines, and what stands beside them: sums over all found and over all that were searched; usage without a price and further currencies among the found. */
export interface FoundLines<K extends LineKind> {
  lines: Array<Line<K>>;
  found: Sum;
  all: Sum;
  unrated: Array<{ meter: string; quantity: string; unit: string }>;
  other_currencies: string[];
}

/** Reads lines and their sums with one statement. The order is total: pages neither overlap nor leave out a line. */
export async function findLines<K extends LineKind>(
  db: Queryable,
  { config: { timezone, currency } }: Pick<Context, 'config'>,
  question: LineQuestion<K>,
): Promise<FoundLines<K>> {
  const { by, search, sort, limit, offset = 0 } = question;
  const fields: readonly ResourceField[] = LINE_FIELDS[by];
  const columns = await readMeterColumns(db);
  const { values, bind } = bindings();
  const code = bind(question.currency ?? currency);
  const matches = namesContain(search, fields, bind);
  const sum = (part: string) =>
    `(select json_build_object('lines', lines, 'totals', json_build_object(${AMOUNTS_AS_JSON})) from (select count(*)::integer as lines, ${SUMS_OF_AMOUNTS} from ${part}) sums)`;
  const { rows } = await db.query<FoundLines<K>>(
    `with ${usedPart(question, timezone, fields, bind)}, ${linePart(fields, columns, code, bind)}, found as materialized (select * from line where ${matches}
     ), page as (
       select *, row_number() over (order by ${orderOf(sort, fields)}) as place from found
       order by place limit ${limit === undefined ? 'null' : bind(limit)} offset ${bind(offset)}
     )
     select ${sum('found')} as found, ${sum('line')} as "all",
       ${unratedUsage(matches)} as unrated, ${otherCurrencies(code, matches)} as other_currencies,
       (select coalesce(json_agg(${lineAsJson(fields)} order by place), '[]') from page) as lines`,
    values,
  );
  const [answer] = rows;
  if (!answer) {
    throw new Error('a statement without a table gives one row');
  }
  return answer;
}

/** SQL of the part `line` of a statement: the lines of what is `used`, in one currency. */
function linePart(fields: readonly ResourceField[], columns: MeterColumns, currency: string, bind: Bind): string {
  return `line as materialized (
       select *, ${CONFIDENCE} as confidence from (
         select ${fields.join(', ')}, ${amountsOfUsage(columns, bind)}, sum(confident_cost) as confident_cost
         from used where currency = ${currency} group by ${fields.join(', ')}
       ) amounts
     )`;
}

const lineAsJson = (fields: readonly ResourceField[]) =>
  `json_build_object(${fields.map((field) => `'${field}', ${field}`).join(', ')}, ${AMOUNTS_AS_JSON}, 'confidence', confidence)`;

/** All lines by application in their order, some at a time; within a transaction. Memory does not grow with their number. */
export async function* readAllLines(
  db: Queryable,
  { config: { timezone, currency } }: Pick<Context, 'config'>,
  { search, sort, ...question }: Omit<LineQuestion, 'by' | 'limit' | 'offset'>,
): AsyncGenerator<ChargebackLine[]> {
  const fields = LINE_FIELDS.application;
  const columns = await readMeterColumns(db);
  const { values, bind } = bindings();
  const code = bind(question.currency ?? currency);
  const batches = fetchRows<{ line: ChargebackLine }>(
    db,
    `with ${usedPart(question, timezone, fields, bind)}, ${linePart(fields, columns, code, bind)}
     select ${lineAsJson(fields)} as line from line where ${namesContain(search, fields, bind)} order by ${orderOf(sort, fields)}`,
    values,
  );
  for await (const rows of batches) {
    yield rows.map(({ line }) => line);
  }
}

/** Equal figures and names are told apart by all names of the line. */
function orderOf({ by, descending }: LineSort, fields: readonly ResourceField[]): string {
  const key = isField(by, fields) ? byName(by) : by;
  return `${key}${descending ? ' desc' : ''}, ${byNames(fields)}`;
}

const isField = (name: string, fields: readonly ResourceField[]): name is ResourceField =>
  fields.some((field) => field === name);

/** One page of lines, with its sums, from one snapshot of the ledger. Throws NO_RATE_FOR_PERIOD. */
export async function readChargebackLines(
  context: Pick<Context, 'pool' | 'config'>,
  question: LineQuestion & { offset: number; limit: number },
): Promise<ChargebackLines> {
  const { config, pool } = context;
  return inSnapshot(pool, async (db) => {
    await requireRates(db, question);
    const { lines, found, all } = await findLines(db, context, question);
    return {
      period: await readPeriod(db, question, config.timezone),
      currency: question.currency ?? config.currency,
      watermark: (await currentWatermark(db))?.toISOString() ?? null,
      by: question.by,
      offset: question.offset,
      lines,
      found,
      all,
    };
  });
}
