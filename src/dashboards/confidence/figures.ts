import { EMPTY } from '../panels/empty-texts';
import { figure } from '../panels/figure';
import { CONFIDENCE, evidence, usedHours } from '../queries/evidence';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';

/** How far the cost of the range can be trusted. */
export const costConfidence = (id: number) =>
  figure({
    id,
    title: 'Confidence',
    description:
      'How far the figures can be trusted, weighted by cost: 1 is measured throughout. Usage that was spread over hours without samples counts 0.7, a gauge as far as its hour was seen.',
    sql: `with ${SPAN_OF_SUMS},
  ${inSpan('fact', evidence())}
select ${CONFIDENCE} as confidence
from fact`,
    unit: 'none',
    decimals: 3,
    thresholds: THRESHOLDS.confidence,
    noValue: EMPTY.notApplicable,
  });

/** Which part of the cost was not measured in its hour. */
export const estimatedCost = (id: number) =>
  figure({
    id,
    title: 'Estimated cost',
    description:
      'Share of the cost whose usage was spread evenly over hours without samples: exact in sum, not in its hour.',
    sql: `with ${SPAN_OF_SUMS},
  ${inSpan('fact', evidence())}
select 100 * sum(sign(cost) * estimated_cost) / nullif(sum(abs(cost)), 0) as share
from fact`,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.estimatedShare,
    noValue: EMPTY.notApplicable,
  });

/** Which part of what was used, whatever its price, was not measured in its hour. */
export const estimatedUsage = (id: number) =>
  figure({
    id,
    title: 'Estimated use',
    description:
      'Share of the hours of resources and meters, priced or not, whose quantity is an estimate. Counted in hours, because quantities of different units are not summed.',
    sql: `with ${SPAN_OF_SUMS},
  ${inSpan('used', usedHours())}
select 100 * sum(estimated_facts)::numeric / nullif(sum(facts), 0) as share
from used`,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.estimatedShare,
    noValue: EMPTY.notApplicable,
  });
