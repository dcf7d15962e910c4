/**
 * The common table expression `span`: the dashboard's time range [begins, ends) in the billing time zone. A range
 * beyond 3 days has whole days [first_day, end_day), which the daily roll-up answers, between two rests
 * [begins, days_begin) and [days_end, ends) that hourly facts answer, so that the total is that of the range to the
 * hour. A shorter range is all rest (first_day is null). The running day counts as whole: its later hours have no
 * facts yet.
 */
export const SPAN = `span as materialized (
  select zone, begins, ends, first_day, end_day,
    coalesce(first_day::timestamp at time zone zone, ends) as days_begin,
    coalesce(end_day::timestamp at time zone zone, ends) as days_end
  from (
    select zone, begins, ends,
      case when ends - begins > interval '3 days' then (begins at time zone zone - interval '1 microsecond')::date + 1 end as first_day,
      case when ends - begins > interval '3 days' then (ends at time zone zone)::date + (ends > now() - interval '1 hour')::integer end as end_day
    from (
      select coalesce(timezone, 'UTC') as zone, $__timeFrom()::timestamptz as begins, $__timeTo()::timestamptz as ends
      from chargeback.settings
    ) asked
  ) days
)`;

/** Two looks at the same facts, and what to take from them; `where` and the columns name the row `f`. */
export interface FactSource {
  daily: string;
  hourly: string;
  columns: string[];
  /** A further condition on rows of both views. */
  where: string;
  /** A further condition on rows of the daily view. */
  whereDaily?: string;
}

/** The common table expression `name`: columns `bucket` (start of the day, or of the hour up to 3 days) and those of the source. */
export function inSpan(name: string, { daily, hourly, columns, where, whereDaily }: FactSource): string {
  const taken = columns.map((column) => `f.${column}`).join(', ');
  const rest = (from: string, to: string) => `select case when (select first_day from span) is null then f.hour
      else date_trunc('day', f.hour, (select zone from span)) end, ${taken}
    from chargeback.${hourly} f
    where f.hour >= (select ${from} from span) and f.hour < (select ${to} from span)
      and ${where}`;
  return `${name} as (
    select f.day::timestamp at time zone (select zone from span) as bucket, ${taken}
    from chargeback.${daily} f
    where f.day >= (select first_day from span) and f.day < (select end_day from span)
      and ${where}${whereDaily ? `\n      and ${whereDaily}` : ''}
    union all
    ${rest('begins', 'days_begin')}
    union all
    ${rest('days_end', 'ends')}
  )`;
}
