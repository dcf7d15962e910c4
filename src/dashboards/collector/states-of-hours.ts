import { EMPTY } from '../panels/empty-texts';
import type { State } from '../panels/states';
import { statusHistory } from '../panels/status-history';
import { perPart, runs } from '../queries/collected-in-range';
import { sqlQuery } from '../sql-query';
import { THRESHOLDS } from '../thresholds';

const STATES: State[] = [
  { value: 0, text: 'Collected', color: 'green' },
  { value: 1, text: 'Late', color: 'yellow' },
  { value: 2, text: 'Missing', color: 'orange' },
  { value: 3, text: 'Failed', color: 'red' },
];

/** What became of every hour of every meter. */
export const statesOfHours = (id: number) =>
  statusHistory({
    id,
    title: 'Runs by meter',
    description:
      'A cell is an hour, beyond 3 days the worst of a day of the billing time zone. Late: ended more than an hour ago and not collected yet. Missing: skipped. Failed: the last attempt failed.',
    query: sqlQuery({
      format: 'time_series',
      sql: `with ${runs()},
${perPart('day')},
wide as (
  select $__timeTo()::timestamptz - $__timeFrom()::timestamptz > interval '3 days' as wide
),
hourly as (
  select m.meter, h.hour,
    case when r.state = 'failed' then 3 when r.state = 'collected' then 0 when h.hour >= m.first and h.hour < m.watermark then 2
      when h.hour >= m.watermark and h.hour <= now() - interval '2 hours' then 1 end as state
  from wide
  cross join generate_series(
    case when not wide then date_trunc('hour', $__timeFrom()::timestamptz + interval '1 hour' - interval '1 microsecond') end,
    $__timeTo()::timestamptz - interval '1 microsecond', interval '1 hour') as h(hour)
  cross join meter m
  left join run r on r.meter = m.meter and r.hour = h.hour
)
select hour as time, meter as metric, state as value
from hourly
where state is not null
union all
select greatest(begins, $__timeFrom()::timestamptz), meter, case when failed > 0 then 3 when missing > 0 then 2 else 0 end
from per_part, wide
where wide and collected + failed + missing > 0
order by 1, 2`,
    }),
    states: STATES,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.neverCollected,
  });

/** Of which days which meters lack how much. */
export const missingByDay = (id: number) =>
  statusHistory({
    id,
    title: 'Missing and failed hours by day',
    description:
      'Hours of a day of the billing time zone that were never read, or failed when they were last tried, up to the last that the meter was collected for. The day at an end of the range counts as far as it lies in it.',
    query: sqlQuery({
      format: 'time_series',
      sql: `with ${runs()},
${perPart('day')}
select greatest(begins, $__timeFrom()::timestamptz) as time, meter as metric, missing + failed as value
from per_part
where collected + failed + missing > 0
order by 1, 2`,
    }),
    thresholds: THRESHOLDS.missingHours,
    noValue: EMPTY.neverCollected,
  });
