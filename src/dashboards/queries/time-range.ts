/**
 * The common table expression `span`: the dashboard's time range [begins, ends) in the billing time zone. Beyond 3 days it
 * has whole days [first_day, end_day), beyond a quarter of a year whole months [first_month, end_month) within those. The
 * roll-ups answer them, hourly facts the rests at both ends [begins, days_begin) and [days_end, ends), so that a total is
 * that of the range to the hour. The running day and month count as whole: their later hours have no facts yet.
 * A shorter range has no days (null), or no months (both are end_day).
 */
export const SPAN = `span as materialized (
  select zone, begins, ends, first_day, end_day, wide,
    case when wide then (date_trunc('month', first_day::timestamp - interval '1 day') + interval '1 month')::date else end_day end as first_month,
    case when not wide then end_day
      when now_inside then (date_trunc('month', end_day::timestamp - interval '1 day') + interval '1 month')::date
      else date_trunc('month', end_day::timestamp)::date end as end_month,
    coalesce(first_day::timestamp at time zone zone, ends) as days_begin,
    coalesce(end_day::timestamp at time zone zone, ends) as days_end
  from (
    select zone, begins, ends, now_inside, ends - begins > interval '92 days' as wide,
      case when ends - begins > interval '3 days' then (begins at time zone zone - interval '1 microsecond')::date + 1 end as first_day,
      case when ends - begins > interval '3 days' then (ends at time zone zone)::date + now_inside::integer end as end_day
    from (
      select coalesce(timezone, 'UTC') as zone, $__timeFrom()::timestamptz as begins, $__timeTo()::timestamptz as ends,
        $__timeTo()::timestamptz > now() - interval '1 hour' as now_inside
      from chargeback.settings
    ) asked
  ) days
)`;

/** Three looks at the same facts, and what to take from them; `where` and the columns name the row `f`. */
export interface FactSource {
  /** Names of the views of the schema chargeback. */
  views: { monthly: string; daily: string; hourly: string };
  columns: string[];
  /** A further condition on rows of all views. */
  where: string;
}

/** `column` between two columns of `span`, and between constants around the range, by which the planner estimates. */
const between = (
  column: string,
  from: string,
  to: string,
) => `f.${column} >= (select ${from} from span) and f.${column} < (select ${to} from span)
      and f.${column} >= ($__timeFrom()::timestamptz at time zone 'UTC' - interval '1 day')::date
      and f.${column} < ($__timeTo()::timestamptz at time zone 'UTC' + interval '2 days')::date`;

/**
 * The common table expression `name`: the columns of the source, and `bucket`: the start of the hour, beyond 3 days of
 * the day, beyond a quarter of a year of the month.
 */
export function inSpan(name: string, { views, columns, where }: FactSource): string {
  const taken = columns.map((column) => `f.${column}`).join(', ');
  const branch = (bucket: string, view: string, condition: string) => `
    select ${bucket} as bucket, ${taken}
    from chargeback.${view} f
    where ${condition}
      and ${where}`;
  const local = (day: string) => `(${day})::timestamp at time zone (select zone from span)`;
  const day = local(
    "case when (select wide from span) then date_trunc('month', f.day::timestamp) else f.day::timestamp end",
  );
  const hour = `case when (select first_day from span) is null then f.hour
      else date_trunc(case when (select wide from span) then 'month' else 'day' end, f.hour, (select zone from span)) end`;
  return `${name} as (${[
    branch(local('f.month'), views.monthly, between('month', 'first_month', 'end_month')),
    branch(day, views.daily, between('day', 'first_day', 'least(first_month, end_day)')),
    branch(day, views.daily, between('day', 'end_month', 'end_day')),
    branch(hour, views.hourly, between('hour', 'begins', 'days_begin')),
    branch(hour, views.hourly, between('hour', 'days_end', 'ends')),
  ].join('\n    union all')}
  )`;
}
