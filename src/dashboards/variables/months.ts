/**
 * The condition that `column` is a month, of the billing time zone, that the dashboard's time range touches. What a
 * variable offers comes from the monthly roll-up: at 13 months it answers 20 times faster than the daily one.
 */
export function touchesRange(column: string): string {
  const zone = `(select coalesce(timezone, 'UTC') from chargeback.settings)`;
  return `${column} >= date_trunc('month', $__timeFrom()::timestamptz at time zone ${zone})::date
    and ${column} <= ($__timeTo()::timestamptz at time zone ${zone})::date`;
}
