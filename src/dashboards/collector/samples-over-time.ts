import { EMPTY } from '../panels/empty-texts';
import { linesOverTime } from '../panels/lines-over-time';
import { THRESHOLDS } from '../thresholds';

/** Whether as much arrives as usual: an exporter that falls silent is no error of the collector. */
export const samplesOverTime = (id: number) =>
  linesOverTime({
    id,
    title: 'Samples and what is usual',
    description:
      'Samples of all meters an hour, beyond 7 days a day of the billing time zone. Usual: the median of the same hour of the week in the 6 weeks before; without such an hour, and beyond 92 days, nothing is usual.',
    sql: `with zone as materialized (
  select coalesce(timezone, 'UTC') as zone, $__timeTo()::timestamptz - $__timeFrom()::timestamptz > interval '7 days' as wide,
    case when $__timeTo()::timestamptz - $__timeFrom()::timestamptz > interval '92 days' then 0 else 6 end as weeks from chargeback.settings
),
hourly as materialized (
  select r.hour, r.hour at time zone zone as local, sum(r.samples) as samples
  from chargeback.collection_runs r cross join zone
  where r.hour >= $__timeFrom()::timestamptz - interval '43 days' and r.hour < $__timeTo()::timestamptz and r.collected_at is not null
  group by 1, 2
),
usual as (
  select h.hour, percentile_cont(0.5) within group (order by b.samples) as usual
  from hourly h
  cross join generate_series(1, (select weeks from zone)) as week
  join hourly b on b.local = h.local - week * interval '7 days'
  where h.hour >= $__timeFrom()::timestamptz
  group by h.hour
),
point as (
  select case when wide then date_trunc('day', h.hour, zone) else h.hour end as time, sum(h.samples) as samples,
    case when count(usual) = count(*) then sum(usual) end as usual
  from hourly h cross join zone left join usual using (hour)
  where h.hour >= $__timeFrom()::timestamptz
  group by 1
)
select time, metric, value
from point cross join lateral (values ('Samples', samples::numeric), ('Usual', usual::numeric)) as of_kind (metric, value)
where value is not null
order by time, metric`,
    unit: 'short',
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.neverCollected,
  })
    .min(0)
    .overrideByName('Usual', [
      { id: 'color', value: { mode: 'fixed', fixedColor: '#8e8e8e' } },
      { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } },
    ]);
