import { AMOUNTS, type AmountName } from '../../api/chargeback';
import { REPORT_COLUMNS, reportColumn, type ReportColumn } from '../../domain/meter';
import type { Queryable } from '../db/pool';
import type { Bind } from './cost-source';

/** The meters (ids) that are reported in each column of a chargeback. */
export type MeterColumns = Record<ReportColumn, number[]>;

/** Reads which meters are reported in which column. */
export async function readMeterColumns(db: Queryable): Promise<MeterColumns> {
  const { rows } = await db.query<{ id: number; slug: string }>('select id, slug from chargeback_data.meter');
  const of = (column: ReportColumn) => rows.filter(({ slug }) => reportColumn(slug) === column).map(({ id }) => id);
  return Object.fromEntries(REPORT_COLUMNS.map((column) => [column, of(column)])) as MeterColumns;
}

const SUMMANDS: Record<AmountName, [sum: string, column?: ReportColumn]> = {
  ingress_bytes: ['quantity', 'ingress'],
  egress_bytes: ['quantity', 'egress'],
  messages: ['quantity', 'message'],
  ingress_cost: ['cost', 'ingress'],
  egress_cost: ['cost', 'egress'],
  message_cost: ['cost', 'message'],
  other_cost: ['cost', 'other'],
  total_cost: ['cost'],
};

/** SQL of the amounts of rows with (meter_id, quantity, cost), each under its name. */
export function amountsOfUsage(columns: MeterColumns, bind: Bind): string {
  return AMOUNTS.map((name) => {
    const [summand, column] = SUMMANDS[name];
    const filter = column ? ` filter (where meter_id = any (${bind(columns[column])}::smallint[]))` : '';
    return `coalesce(sum(${summand})${filter}, 0) as ${name}`;
  }).join(', ');
}

/** SQL of the sums of amounts, each under its name. */
export const SUMS_OF_AMOUNTS = AMOUNTS.map((name) => `coalesce(sum(${name}), 0) as ${name}`).join(', ');

/** SQL of how far the amounts can be trusted, 0..1, from (total_cost, confident_cost); 1 where there is no cost. */
export const CONFIDENCE = 'case when total_cost = 0 then 1 else round(confident_cost / total_cost, 6) end';

/** SQL of the pairs of json_build_object for the amounts of a row: exact decimals as text. */
export const AMOUNTS_AS_JSON = AMOUNTS.map((name) => `'${name}', trim_scale(${name})::text`).join(', ');
