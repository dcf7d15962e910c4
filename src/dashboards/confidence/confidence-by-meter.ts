import { EMPTY } from '../panels/empty-texts';
import { linesOverTime } from '../panels/lines-over-time';
import { BARS } from '../panels/stacked-over-time';
import { CONFIDENCE, evidence } from '../queries/evidence';
import { inSpan, SPAN } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';

/** When which meter was less sure. */
export const confidenceByMeter = (id: number) =>
  linesOverTime({
    id,
    title: 'Confidence by meter',
    description: `Weighted by cost; a meter that costs nothing has no confidence. ${BARS}`,
    sql: `with ${SPAN},
  ${inSpan('fact', evidence('meter'))}
select bucket as time, meter as metric, ${CONFIDENCE} as value
from fact
group by bucket, meter
having sum(abs(cost)) > 0
order by bucket, meter`,
    unit: 'none',
    decimals: 3,
    thresholds: THRESHOLDS.confidence,
    noValue: EMPTY.noCost,
  }).max(1);
