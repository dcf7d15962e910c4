import { matchesVariables, withoutName, type FieldName } from './dimensions';

/**
 * Cost of each of the last `months` billing months, the one that the dashboard's range ends in last, for the `named`
 * largest values of `column`, all others as "Other" and what has none under its own name. Columns Month, Series, Cost;
 * every series in every month since the first one that was collected, 0 where it has no cost, so that bars sum to the month.
 */
export function monthsBy(column: FieldName, months: number, named: number): string {
  return `with known as materialized (
    select date_trunc('month', least($__timeTo()::timestamptz - interval '1 microsecond', until - interval '1 microsecond') at time zone zone)::date as last,
      date_trunc('month', first at time zone zone)::date as first
    from (select coalesce(timezone, 'UTC') as zone from chargeback.settings) setting,
      (select max(watermark) as until, min(first) as first from chargeback.meter_status) status
  ),
  month as (
    select at::date as month
    from known, generate_series(greatest(first, last - interval '${months - 1} months'), last, interval '1 month') as at
  ),
  amount as materialized (
    select f.month, f.${column}, sum(f.cost) as cost
    from chargeback.monthly_cost_facts f
    where f.month >= (select min(month) from month) and f.month <= (select max(month) from month)
      and f.currency = \${currency:sqlstring}
      and ${matchesVariables('f')}
    group by f.month, f.${column}
  ),
  place as (
    select ${column}, case when ${column} = '' then 1000001 when row_number() over (order by ${column} = '', sum(cost) desc, ${column}) <= ${named}
      then row_number() over (order by ${column} = '', sum(cost) desc, ${column}) else 1000000 end as place
    from amount group by ${column}
  ),
  series as (
    select place, case place when 1000001 then '${withoutName(column)}' when 1000000 then 'Other' else min(${column}) end as series
    from place group by place
  ),
  sum_of as (
    select month, place, sum(cost) as cost from amount join place using (${column}) group by month, place
  )
select to_char(m.month, 'YYYY-MM') as "Month", s.series as "Series", coalesce(o.cost, 0) as "Cost"
from month m cross join series s left join sum_of o on o.month = m.month and o.place = s.place
order by m.month, s.place`;
}
