/** A stretch of time that queries read, as SQL. `earliest` and `latest` are constants around it, by which the planner estimates. */
export interface TimeRange {
  /** Name of the common table expression that holds it. */
  name: string;
  begins: string;
  ends: string;
  earliest: string;
  latest: string;
}

/** What the viewer chose on the dashboard. */
export const ASKED: TimeRange = {
  name: 'span',
  begins: '$__timeFrom()::timestamptz',
  ends: '$__timeTo()::timestamptz',
  earliest: '$__timeFrom()::timestamptz',
  latest: '$__timeTo()::timestamptz',
};

/** Beyond a quarter of a year charts show months instead of days; what shows sums reads months wherever one fits in. */
export const MONTHS_BEYOND = { chart: '92 days', sum: '3 days' } as const;

/** Beyond three days charts show days instead of hours; what shows one sum may read them as soon as one may fit in. */
export const DAYS_BEYOND = { chart: '3 days', sum: '1 day' } as const;

/**
 * The common table expression of a range [begins, ends) in the billing time zone, named as the range. Beyond `daysBeyond` it
 * has whole days [first_day, end_day), beyond `monthsBeyond` whole months [first_month, end_month) within those. The
 * roll-ups answer them, hourly facts the rests at both ends [begins, days_begin) and [days_end, ends), so that a total is
 * that of the range to the hour. The running day and month count as whole: their later hours have no facts yet.
 * A shorter range has no days (null), or no months (both are end_day).
 */
export function span(
  { name, begins, ends }: TimeRange,
  monthsBeyond: string = MONTHS_BEYOND.chart,
  daysBeyond: string = DAYS_BEYOND.chart,
): string {
  return `${name} as materialized (
  select zone, begins, ends, first_day, end_day, wide,
    case when wide then (date_trunc('month', first_day::timestamp - interval '1 day') + interval '1 month')::date else end_day end as first_month,
    case when not wide then end_day
      when now_inside then (date_trunc('month', end_day::timestamp - interval '1 day') + interval '1 month')::date
      else greatest(date_trunc('month', end_day::timestamp), date_trunc('month', first_day::timestamp - interval '1 day') + interval '1 month')::date end as end_month,
    coalesce(first_day::timestamp at time zone zone, ends) as days_begin,
    coalesce(end_day::timestamp at time zone zone, ends) as days_end
  from (
    select zone, begins, ends, now_inside, ends - begins > interval '${monthsBeyond}' as wide,
      case when ends - begins > interval '${daysBeyond}' then (begins at time zone zone - interval '1 microsecond')::date + 1 end as first_day,
      case when ends - begins > interval '${daysBeyond}' then (ends at time zone zone)::date + now_inside::integer end as end_day
    from (
      select coalesce(timezone, 'UTC') as zone, ${begins} as begins, ${ends} as ends,
        ${ends} > now() - interval '1 hour' as now_inside
      from chargeback.settings
    ) asked
  ) days
)`;
}

/** The range that the viewer chose. */
export const SPAN = span(ASKED);

/** A range of which sums are shown, whose buckets mean nothing: it reads the largest roll-up that fits in, and so fewer rows. */
export const summed = (range: TimeRange): string => span(range, MONTHS_BEYOND.sum, DAYS_BEYOND.sum);

/** Sums of the range that the viewer chose. */
export const SPAN_OF_SUMS = summed(ASKED);

/** Three looks at the same facts, and what to take from them; `where` and the columns name the row `f`. */
export interface FactSource {
  /** Names of the views of the schema chargeback. */
  views: { monthly: string; daily: string; hourly: string };
  columns: string[];
  /** A further condition on rows of all views. */
  where: string;
}

/** The condition that `column` lies between two columns of the range, and between constants around it. */
const between = (
  { name, earliest, latest }: TimeRange,
  column: string,
  from: string,
  to: string,
) => `f.${column} >= (select ${from} from ${name}) and f.${column} < (select ${to} from ${name})
      and f.${column} >= (${earliest} at time zone 'UTC' - interval '1 day')::date
      and f.${column} < (${latest} at time zone 'UTC' + interval '2 days')::date`;

/**
 * The common table expression `name`: the columns of the source, and `bucket`: the start of the hour, beyond 3 days of
 * the day, beyond a quarter of a year of the month. The range is that of `span()` of the same range.
 */
export function inSpan(name: string, { views, columns, where }: FactSource, range: TimeRange = ASKED): string {
  const taken = columns.map((column) => `f.${column}`).join(', ');
  const branch = (bucket: string, view: string, condition: string) => `
    select ${[`${bucket} as bucket`, taken].filter(Boolean).join(', ')}
    from chargeback.${view} f
    where ${condition}
      and ${where}`;
  const local = (day: string) => `(${day})::timestamp at time zone (select zone from ${range.name})`;
  const day = local(
    `case when (select wide from ${range.name}) then date_trunc('month', f.day::timestamp) else f.day::timestamp end`,
  );
  const hour = `case when (select first_day from ${range.name}) is null then f.hour
      else date_trunc(case when (select wide from ${range.name}) then 'month' else 'day' end, f.hour, (select zone from ${range.name})) end`;
  return `${name} as (${[
    branch(local('f.month'), views.monthly, between(range, 'month', 'first_month', 'end_month')),
    branch(day, views.daily, between(range, 'day', 'first_day', 'least(first_month, end_day)')),
    branch(day, views.daily, between(range, 'day', 'end_month', 'end_day')),
    branch(hour, views.hourly, between(range, 'hour', 'begins', 'days_begin')),
    branch(hour, views.hourly, between(range, 'hour', 'days_end', 'ends')),
  ].join('\n    union all')}
  )`;
}
