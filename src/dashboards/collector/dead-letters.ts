import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { toCollection } from './to-collection';

/** Hours that somebody has to look after. */
export const deadLetters = (id: number) =>
  table({
    id,
    title: 'Hours that still fail',
    description:
      'Whatever the range: successive hours of a meter whose last attempt failed for the same reason, the oldest first; times are those of the billing time zone, an end is not included. What was collected of them before counts until they are read again.',
    sql: `with zone as (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
),
failed as (
  select r.*, r.hour - row_number() over (partition by r.meter, r.error_class order by r.hour) * interval '1 hour' as island
  from chargeback.collection_runs r
  where r.state = 'failed'
)
select meter as "Meter", to_char(min(hour) at time zone zone, 'YYYY-MM-DD HH24:MI') as "From",
  to_char((max(hour) + interval '1 hour') at time zone zone, 'YYYY-MM-DD HH24:MI') as "To", count(*) as "Hours", error_class as "Reason",
  count(*) filter (where collected_at is null) as "Without data", max(attempts) as "Attempts",
  to_char(max(failed_at) at time zone zone, 'YYYY-MM-DD HH24:MI') as "Last tried",
  case when bool_and(transient) then 'each minute' else 'later and later, at most every 6 h' end as "Tried again"
from failed cross join zone
group by meter, error_class, island, zone
order by min(hour), meter, error_class`,
    noValue: EMPTY.nothingFails,
    columns: {
      Meter: COLUMN.entity([toCollection('Meter')]),
      From: COLUMN.text(135),
      To: COLUMN.text(135),
      Hours: COLUMN.count(70),
      Reason: COLUMN.text(180),
      'Without data': COLUMN.count(110),
      Attempts: COLUMN.count(85),
      'Last tried': COLUMN.text(135),
      'Tried again': COLUMN.text(225),
    },
  });
