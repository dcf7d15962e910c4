import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { LATE, perPart, runs } from '../queries/collected-in-range';
import { THRESHOLDS } from '../thresholds';
import { APP_ID } from '../uids';

/** Which bills the gaps are in. */
export const affectedPeriods = (id: number) =>
  table({
    id,
    title: 'Billing periods and their hours',
    description:
      'Hours of meters in the range by billing month. Late: ended more than an hour ago and not collected yet, now. An hour of a closed month stays as it is: what is found later belongs into an open one.',
    sql: `with ${runs()},
${perPart('month')},
${LATE},
late_in as (
  select date_trunc('month', watermark, zone) as begins, sum(hours)::integer as late from late, zone where hours > 0 group by 1
)
select to_char(begins at time zone zone, 'YYYY-MM') as "Period", coalesce(max(p.status), 'open') as "Status",
  sum(collected) as "Collected", sum(missing) as "Missing", sum(failed) as "Failed", coalesce(max(l.late), 0) as "Late",
  coalesce(to_char(max(p.closed_at) at time zone zone, 'YYYY-MM-DD HH24:MI'), '–') as "Closed at"
from per_part cross join zone
left join late_in l using (begins)
left join chargeback.periods p on p.period = to_char(begins at time zone zone, 'YYYY-MM')
group by begins, zone
order by begins desc`,
    noValue: EMPTY.neverCollected,
    columns: {
      Period: COLUMN.entity(
        [
          {
            title: 'Hours (Sources, Collection)',
            url: `/a/${APP_ID}/sources?tab=collection&period=\${__value.text:percentencode}`,
          },
        ],
        90,
      ),
      Status: COLUMN.text(80),
      Collected: COLUMN.count(95),
      Missing: COLUMN.graded(THRESHOLDS.problems, 'locale', 0, 85),
      Failed: COLUMN.graded(THRESHOLDS.problems, 'locale', 0, 75),
      Late: COLUMN.graded(THRESHOLDS.problems, 'locale', 0, 65),
      'Closed at': COLUMN.text(),
    },
  });
