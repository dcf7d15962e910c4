import { DateTime } from 'luxon';
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

/**
 * SQL of the rows (at, resource_id, meter_id, rate_card_id, quantity, cost, confident_cost) of the range, unrated ones
 * with rate_card_id 0 and cost 0; `at` is the start of the hour or day. Days come from the roll-up, 24 times fewer rows
 * than the facts, when the range is whole days and no hours are asked for.
 */
export function costSource({ from, to, timezone }: CostRange, byHour: boolean, bind: Bind): string {
  const [start, end] = [`${bind(from)}::timestamptz`, `${bind(to)}::timestamptz`];
  if (!byHour && isDayStart(from, timezone) && isDayStart(to, timezone)) {
    const zone = `${bind(timezone)}::text`;
    return `select d.day::timestamp at time zone ${zone} as at, d.resource_id, d.meter_id, d.rate_card_id, d.quantity, d.cost, d.confident_cost
      from chargeback_data.daily_fact d
      where d.day >= (${start} at time zone ${zone})::date and d.day < (${end} at time zone ${zone})::date and d.facts > 0`;
  }
  return `select f.hour as at, f.resource_id, f.meter_id, coalesce(p.rate_card_id, 0) as rate_card_id, f.quantity, coalesce(f.cost, 0) as cost,
      coalesce(f.cost, 0) * chargeback_data.confidence(f.estimated, m.kind, f.coverage) as confident_cost
    from chargeback_data.fact f
    join chargeback_data.meter m on m.id = f.meter_id
    left join chargeback_data.price p on p.id = f.price_id
    where f.hour >= ${start} and f.hour < ${end}`;
}
