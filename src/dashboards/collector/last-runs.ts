import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { THRESHOLDS } from '../thresholds';
import { toCollection } from './to-collection';

/** What the newest hour of each meter brought. */
export const lastRuns = (id: number) =>
  table({
    id,
    title: 'Newest hour of each meter',
    description:
      'The newest hour that was read or tried, whatever the range; times are those of the billing time zone. Duration: of the run that read it. An hour is due when it has ended and settled (5 minutes unless configured otherwise).',
    sql: `with zone as (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
),
newest as (
  select distinct on (r.meter) r.*
  from chargeback.collection_runs r
  where r.hour >= coalesce((select min(watermark) from chargeback.meter_status), '-infinity') - interval '2 hours'
  order by r.meter, r.hour desc
)
select s.meter as "Meter", case when n.meter is null then 'Never collected' when n.state = 'failed' then n.error_class else 'Collected' end as "State",
  coalesce(to_char(n.hour at time zone zone, 'YYYY-MM-DD HH24:MI'), '–') as "Hour", coalesce(to_char(n.collected_at at time zone zone, 'YYYY-MM-DD HH24:MI'), '–') as "Collected at",
  n.duration_ms as "Duration", n.series as "Series", n.samples as "Samples", n.coverage as "Coverage", n.attempts as "Attempts",
  to_char((coalesce(s.watermark, date_trunc('hour', now())) + interval '1 hour') at time zone zone, 'YYYY-MM-DD HH24:MI') as "Next hour ends"
from chargeback.meter_status s cross join zone left join newest n on n.meter = s.meter
order by s.watermark nulls first, s.meter`,
    noValue: EMPTY.neverCollected,
    columns: {
      Meter: COLUMN.entity([toCollection('Meter')]),
      State: [...COLUMN.text(150)],
      Hour: COLUMN.text(135),
      'Collected at': COLUMN.text(135),
      Duration: COLUMN.graded(THRESHOLDS.plain, 'ms', 0, 90),
      Series: COLUMN.count(75),
      Samples: COLUMN.count(90),
      Coverage: COLUMN.share(90),
      Attempts: COLUMN.count(85),
      'Next hour ends': COLUMN.text(135),
    },
  });
