import { DateTime } from 'luxon';
import { billingMonthOf } from '../../domain/billing-month';
import { isOnHour } from '../../domain/hours';

/** The half-open range of instants that costs are asked for, and the billing time zone in which days are counted. */
export interface CostRange {
  from: Date;
  to: Date;
  timezone: string;
}

/** Collects the values of a statement; returns the placeholder of the value given. */
export type Bind = (value: unknown) => string;

/** A list of values for a statement, and the function that adds to it. */
export function bindings(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** Whether a day of the billing time zone begins at `at`. */
export function isDayStart(at: Date, timezone: string): boolean {
  const local = DateTime.fromJSDate(at, { zone: timezone });
  return local.startOf('day').toMillis() === local.toMillis();
}

/** Whether costs can be told apart at `at`: facts are hourly, and a billing day may begin within an hour of UTC. */
export function isCostBoundary(at: Date, timezone: string): boolean {
  return isOnHour(at) || isDayStart(at, timezone);
}

/** What costs are rolled up by, coarsest first; facts are hours. */
const UNITS = ['month', 'day', 'hour'] as const;
export type CostUnit = (typeof UNITS)[number];

/**
 * SQL of the rows (at, resource_id, meter_id, rate_card_id, quantity, cost, confident_cost) of the range, unrated ones
 * with rate_card_id 0 and cost 0; `at` is the start of the month, day or hour. What is to be told apart by `unit` may come
 * from coarser rows where the range holds whole months or days of the billing time zone: a day has up to 24 times fewer
 * rows than its facts, a month up to 31 times fewer than its days. Only the hours at the edges are read from the facts.
 */
export function costSource({ from, to, timezone }: CostRange, unit: CostUnit, bind: Bind): string {
  return wholePieces(from, to, timezone, UNITS.slice(UNITS.indexOf(unit)))
    .map((piece) => {
      const [start, end] = [`${bind(piece.from)}::timestamptz`, `${bind(piece.to)}::timestamptz`];
      return piece.unit === 'hour' ? facts(start, end) : rollUp(piece.unit, start, end, `${bind(timezone)}::text`);
    })
    .join('\nunion all\n');
}

/**
 * SQL of the sums (resource_id, meter_id, rate_card_id, quantity, cost, confident_cost) over the range. The roll-up of one
 * month is that already: not grouping it again saves a third of the time of a page of lines.
 */
export function costSums(range: CostRange, bind: Bind): string {
  const { from, to, timezone } = range;
  const month = billingMonthOf(from, timezone);
  const source = costSource(range, 'month', bind);
  return +month.start === +from && +month.end === +to
    ? source
    : `select resource_id, meter_id, rate_card_id, sum(quantity) as quantity, sum(cost) as cost, sum(confident_cost) as confident_cost
       from (${source}) source group by resource_id, meter_id, rate_card_id`;
}

const rollUp = (unit: 'month' | 'day', start: string, end: string, zone: string) =>
  `select d.${unit}::timestamp at time zone ${zone} as at, d.resource_id, d.meter_id, d.rate_card_id, d.quantity, d.cost, d.confident_cost
   from chargeback_data.${unit === 'month' ? 'monthly_fact' : 'daily_fact'} d
   where d.${unit} >= (${start} at time zone ${zone})::date and d.${unit} < (${end} at time zone ${zone})::date and d.facts > 0`;

const facts = (start: string, end: string) =>
  `select f.hour as at, f.resource_id, f.meter_id, coalesce(p.rate_card_id, 0) as rate_card_id, f.quantity, coalesce(f.cost, 0) as cost,
     coalesce(f.cost, 0) * chargeback_data.confidence(f.estimated, m.kind, f.coverage) as confident_cost
   from chargeback_data.fact f
   join chargeback_data.meter m on m.id = f.meter_id
   left join chargeback_data.price p on p.id = f.price_id
   where f.hour >= ${start} and f.hour < ${end}`;

interface Piece {
  unit: CostUnit;
  from: Date;
  to: Date;
}

/** The range as whole units of the coarsest kind that fits into it, and what is left at its edges in finer ones. */
function wholePieces(from: Date, to: Date, timezone: string, [unit = 'hour', ...finer]: readonly CostUnit[]): Piece[] {
  if (unit === 'hour') {
    return [{ unit, from, to }];
  }
  const local = (at: Date) => DateTime.fromJSDate(at, { zone: timezone });
  const end = local(to).startOf(unit).toJSDate();
  let begin = local(from).startOf(unit);
  if (begin.toMillis() < from.getTime()) {
    // Twice the start: where a clock change skips midnight, a day begins at 01:00 and the next one at 00:00.
    begin = begin.plus(unit === 'month' ? { months: 1 } : { days: 1 }).startOf(unit);
  }
  const start = begin.toJSDate();
  return start >= end
    ? wholePieces(from, to, timezone, finer)
    : [
        ...(from < start ? wholePieces(from, start, timezone, finer) : []),
        { unit, from: start, to: end },
        ...(end < to ? wholePieces(end, to, timezone, finer) : []),
      ];
}
