import { StackingConfigBuilder, StackingMode } from '@grafana/grafana-foundation-sdk/common';
import { EMPTY } from '../panels/empty-texts';
import { BARS, stackedOverTime } from '../panels/stacked-over-time';
import { evidence } from '../queries/evidence';
import { inSpan, SPAN } from '../queries/time-range';

/** How much of the cost was measured in its hour, and how much is an estimate. */
export const costByMethod = (id: number) =>
  stackedOverTime({
    id,
    title: 'Cost by method, ${currency}',
    description: `Metered: measured in its hour. Estimated: spread evenly over hours without samples. The bars are shares of the cost of their time, the figures its amounts. ${BARS}`,
    sql: `with ${SPAN},
  ${inSpan('fact', evidence())},
  amount as (
    select bucket, sum(cost) as cost, sum(estimated_cost) as estimated from fact group by bucket
  )
select bucket as time, method as metric, part as value
from amount cross join lateral (values ('Metered', cost - estimated), ('Estimated', estimated)) as of_method (method, part)
order by bucket, method desc`,
    noValue: EMPTY.noCost,
  })
    .decimals(2)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Percent).group('A'))
    .overrideByName('Metered', [{ id: 'color', value: { mode: 'fixed', fixedColor: 'green' } }])
    .overrideByName('Estimated', [{ id: 'color', value: { mode: 'fixed', fixedColor: 'orange' } }]);
