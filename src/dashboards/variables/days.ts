/** The days, in the billing time zone, that the dashboard's time range touches: the condition on `column`. */
export function touchesRange(column: string): string {
  const zone = `(select coalesce(timezone, 'UTC') from chargeback.settings)`;
  return `${column} >= ($__timeFrom()::timestamptz at time zone ${zone})::date
    and ${column} <= ($__timeTo()::timestamptz at time zone ${zone})::date`;
}
