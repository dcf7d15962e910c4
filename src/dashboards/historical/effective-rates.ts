import { LineInterpolation } from '@grafana/grafana-foundation-sdk/common';
import { EMPTY } from '../panels/empty-texts';
import { linesOverTime } from '../panels/lines-over-time';
import { BARS } from '../panels/stacked-over-time';
import { costCenterCosts } from '../queries/cost-center-costs';
import { PER_UNIT } from '../queries/priced-per';
import { inSpan, SPAN } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';

const SQL = `with ${SPAN},
  ${inSpan('fact', costCenterCosts('charge_type', 'quantity'))},
  priced as (
    select meter, unit, max(per) as per from chargeback.prices where currency = \${currency:sqlstring} group by meter, unit
  ),
  rate as (
    select bucket, charge_type as meter, sum(cost) / nullif(sum(quantity), 0) as rate from fact group by bucket, charge_type
  )
select bucket as time, meter || ' per ' || ${PER_UNIT} as metric, rate * per as value
from rate join priced using (meter)
order by 1, 2`;

/** What a unit of every meter really cost: where it steps, a price began, or tiers did. */
export const effectiveRates = (id: number) =>
  linesOverTime({
    id,
    title: 'Effective rate by meter, ${currency}',
    description: `Cost divided by quantity of every meter, per unit that is priced. ${BARS} With tiers or prices of workspaces it lies between them.`,
    sql: SQL,
    unit: 'locale',
    decimals: 6,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noCost,
  })
    .min(0)
    .lineInterpolation(LineInterpolation.StepAfter);
