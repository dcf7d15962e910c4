import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { LATE, perPart, runs } from '../queries/collected-in-range';
import { usage } from '../queries/sources';
import { inSpan, SPAN } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { APP_ID, DASHBOARDS } from '../uids';

const COLLECTOR = `/d/${DASHBOARDS.collector.uid}`;
const RATES = `/a/${APP_ID}/rates`;

/** Usage without a price, and usage below zero: a correction, or a query that subtracts more than there is. */
const oddUsage = () => {
  const all = usage('meter', 'rated');
  return { ...all, where: `(f.quantity < 0 or not f.rated and f.quantity <> 0)\n      and ${all.where}` };
};

/** What would make figures wrong or incomplete, each with how much of it there is and what mends it; healthy is 0. */
export const checkResults = (id: number) =>
  table({
    id,
    title: 'Checks',
    description:
      'Late: hours that ended more than an hour ago and are not collected yet, now. The others are of the range; missing and failed hours for all filters, and negative and unpriced usage for those that are chosen, beyond 3 days by day, beyond 92 days by month.',
    sql: `with ${SPAN},
  ${inSpan('odd', oddUsage())},
${runs()},
${perPart('day')},
${LATE},
found as (
  select 1 as place, 'Meters never collected' as name, count(*) filter (where watermark is null) as count, null::timestamptz as since,
    string_agg(meter, ', ' order by meter) filter (where watermark is null) as meters,
    'Scrape its metric, or take the meter out of meters.yaml' as remedy, '${COLLECTOR}' as page
  from late
  union all
  select 2, 'Hours that are late', coalesce(sum(hours), 0), min(watermark) filter (where hours > 0),
    string_agg(meter, ', ' order by meter) filter (where hours > 0),
    'Is the collector running, and does Prometheus answer?', '${COLLECTOR}'
  from late
  union all
  select 3, 'Hours that failed', count(*), min(hour), string_agg(distinct meter, ', ' order by meter),
    'See the reason on Sources, Collection; mend it and collect the hours again', '${COLLECTOR}'
  from run where state = 'failed'
  union all
  select 4, 'Hours that are missing', coalesce(sum(missing), 0), min(begins), string_agg(distinct meter, ', ' order by meter),
    'They are collected by themselves while Prometheus keeps their samples', '${COLLECTOR}'
  from per_part where missing > 0
  union all
  select 5, 'Negative quantities', count(*), min(bucket), string_agg(distinct meter, ', ' order by meter),
    'Check the expression of the meter: it must not subtract more than there is', '/a/${APP_ID}/sources?tab=collection'
  from odd where quantity < 0
  union all
  select 6, 'Meters with unpriced usage', count(distinct meter), min(bucket), string_agg(distinct meter, ', ' order by meter),
    'Add a price that begins before: until then the usage is in no cost', '${RATES}'
  from odd where not rated and quantity <> 0
)
select name as "Check", count as "Count", coalesce(to_char(since at time zone zone, 'YYYY-MM-DD HH24:MI'), '–') as "Since", coalesce(meters, '–') as "Meters", remedy as "What to do", page as "page"
from found cross join zone
order by place`,
    noValue: EMPTY.notApplicable,
    columns: {
      Check: COLUMN.entity([{ title: 'Where to look', url: '${__data.fields.page}' }], 210),
      Count: COLUMN.graded(THRESHOLDS.problems, 'locale', 0, 70),
      Since: COLUMN.text(135),
      Meters: COLUMN.text(230),
      page: COLUMN.hidden(),
    },
  });
