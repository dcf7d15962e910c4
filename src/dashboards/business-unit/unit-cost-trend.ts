import { linesOverTime } from '../panels/lines-over-time';
import { EMPTY } from '../panels/empty-texts';
import { BARS } from '../panels/stacked-over-time';
import { named } from '../queries/dimensions';
import { GIB, isEgress, isIngress } from '../queries/directions';
import { inCurrency, metered } from '../queries/evidence';
import { inSpan, SPAN } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';

/** How many business units have a line of their own; more nobody can follow. */
const LINES = 6;

const SQL = `with ${SPAN},
  ${inSpan('fact', metered('business_unit', 'meter'))},
  by_meter as (
    select bucket, business_unit, meter, ${inCurrency('sum(cost)')} as cost, sum(quantity) as quantity
    from fact group by bucket, business_unit, meter
  ),
  amount as materialized (
    select bucket, business_unit, sum(cost) as cost,
      sum(quantity) filter (where ${isIngress('meter')} or ${isEgress('meter')}) / ${GIB} as gib
    from by_meter group by bucket, business_unit
  ),
  place as (
    select business_unit, row_number() over (order by sum(cost) desc, business_unit) as place
    from amount where cost is not null group by business_unit
  )
select bucket as time, metric, value
from (
  select bucket, 'All that is chosen' as metric, sum(cost) / nullif(sum(gib), 0) as value, 0 as place
  from amount group by bucket
  union all
  select bucket, ${named('business_unit')}, cost / nullif(gib, 0), place
  from amount join place using (business_unit)
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
