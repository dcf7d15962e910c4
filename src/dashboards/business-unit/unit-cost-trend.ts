import { linesOverTime } from '../panels/lines-over-time';
import { EMPTY } from '../panels/empty-texts';
import { BARS } from '../panels/stacked-over-time';
import { named } from '../queries/dimensions';
import { carried, GIB } from '../queries/directions';
import { costs } from '../queries/sources';
import { inSpan, SPAN } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';

/** How many business units have a line of their own; more nobody can follow. */
const LINES = 6;

const SQL = `with ${SPAN},
  ${inSpan('fact', costs('business_unit'))},
  ${inSpan('used', carried('business_unit'))},
  amount as materialized (
    select bucket, business_unit, sum(cost) as cost from fact group by bucket, business_unit
  ),
  traffic as materialized (
    select bucket, business_unit, sum(quantity) / ${GIB} as gib from used group by bucket, business_unit
  ),
  place as (
    select business_unit, row_number() over (order by sum(cost) desc, business_unit) as place from amount group by business_unit
  )
select bucket as time, metric, value
from (
  select bucket, 'All that is chosen' as metric, (select sum(cost) from amount a where a.bucket = t.bucket) / nullif(sum(gib), 0) as value, 0 as place
  from traffic t group by bucket
  union all
  select bucket, ${named('business_unit')}, cost / nullif(gib, 0), place
  from amount join traffic using (bucket, business_unit) join place using (business_unit)
  where place <= ${LINES}
) line
where value is not null
order by bucket, place`;

/** Whether a GiB becomes cheaper or dearer, and for whom. */
export const unitCostTrend = (id: number) =>
  linesOverTime({
    id,
    title: 'Cost per GiB, ${currency}',
    description: `The whole cost over the GiB carried in and out, of all that is chosen and of the ${LINES} business units that cost most. ${BARS} 1 GiB = 1,073,741,824 bytes.`,
    sql: SQL,
    unit: 'locale',
    decimals: 4,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noCost,
  }).min(0);
