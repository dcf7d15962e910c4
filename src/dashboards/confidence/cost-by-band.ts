import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { evidence } from '../queries/evidence';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { CONFIDENCE_BANDS, THRESHOLDS } from '../thresholds';
import { MONEY } from '../panels/money-unit';

const { high, medium } = CONFIDENCE_BANDS;
/** How much money is sure, less sure and unsure. */
export const costByBand = (id: number) =>
  barGauge({
    id,
    title: 'Cost by confidence, ${currency}',
    description: `High: confidence ${high} or more. Medium: ${medium} to ${high}. Low: below; all estimated cost is low. The three make the cost of the range. A gauge is taken with its mean of the hour, beyond 3 days of the day, beyond 92 days of the month.`,
    // The sure part of a counter's cost was measured; of a gauge the whole cost has the confidence of its coverage.
    sql: `with ${SPAN_OF_SUMS},
  ${inSpan('fact', evidence('kind'))},
  part as (
    select cost - estimated_cost as sure, estimated_cost,
      case when kind = 'gauge' and cost <> 0 then confident_cost / cost else 1 end as confidence
    from fact
  )
select name, value
from (
  select coalesce(sum(sure) filter (where confidence >= ${high}), 0) as high,
    coalesce(sum(sure) filter (where confidence >= ${medium} and confidence < ${high}), 0) as medium,
    coalesce(sum(sure) filter (where confidence < ${medium}), 0) + coalesce(sum(estimated_cost), 0) as low
  from part having count(*) > 0
) cost
cross join lateral (values ('High', high, 1), ('Medium', medium, 2), ('Low', low, 3)) as band (name, value, place)
order by place`,
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noCost,
  });
