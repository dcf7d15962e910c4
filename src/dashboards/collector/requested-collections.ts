import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { APP_ID } from '../uids';

/** What people asked to be collected, and how far it is. */
export const requestedCollections = (id: number) =>
  table({
    id,
    title: 'Requested collections',
    description:
      'Collections that were asked for in the range, and those that wait or run; times are those of the billing time zone. With errors: some hours failed.',
    sql: `with zone as (
  select coalesce(timezone, 'UTC') as zone from chargeback.settings
)
select to_char(j.created_at at time zone zone, 'YYYY-MM-DD HH24:MI') as "Asked at", j.created_by as "By",
  to_char(j.from_hour at time zone zone, 'YYYY-MM-DD HH24:MI') as "From", to_char(j.to_hour at time zone zone, 'YYYY-MM-DD HH24:MI') as "To",
  j.meters as "Meters", j.state || case when j.with_errors then ', with errors' else '' end as "State",
  j.done::numeric / nullif(j.total, 0) as "Done",
  extract(epoch from coalesce(j.finished_at, now()) - j.started_at) as "Duration", j.id::text as "job"
from chargeback.jobs j cross join zone
where j.created_at >= $__timeFrom()::timestamptz and j.created_at < $__timeTo()::timestamptz or j.state in ('queued', 'running')
order by j.created_at desc, j.id`,
    noValue: EMPTY.nothingRequested,
    columns: {
      'Asked at': COLUMN.entity(
        [
          {
            title: 'Its hours (Sources, Collection)',
            url: `/a/${APP_ID}/sources?tab=collection&job=\${__data.fields.job:percentencode}`,
          },
        ],
        135,
      ),
      By: COLUMN.text(140),
      From: COLUMN.text(135),
      To: COLUMN.text(135),
      State: COLUMN.text(150),
      Done: COLUMN.share(),
      Duration: [...COLUMN.count(100), { id: 'unit', value: 's' }],
      job: COLUMN.hidden(),
    },
  });
