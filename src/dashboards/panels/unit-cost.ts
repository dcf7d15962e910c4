import { GIB, isEgress, isIngress, isMessages } from '../queries/directions';
import { inCurrency, metered } from '../queries/evidence';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { EMPTY } from './empty-texts';
import { namedFigures } from './named-figures';
import { MONEY } from './money-unit';

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', metered('meter'))},
  sums as (
    select ${inCurrency('sum(cost)')} as cost, sum(quantity) filter (where ${isIngress('meter')} or ${isEgress('meter')}) as bytes,
      sum(quantity) filter (where ${isMessages('meter')}) as messages
    from fact
  )
select 'per GiB' as name, cost / nullif(bytes / ${GIB}, 0) as value from sums
union all
select 'per million messages', cost / nullif(messages / 1000000, 0) from sums`;

/** What a unit of the business costs, everything included. */
export const unitCost = (id: number) =>
  namedFigures({
    id,
    title: 'Unit cost, ${currency}',
    description:
      'The whole cost over the GiB carried in and out, and over the messages in and out in millions, priced or not. 1 GiB = 1,073,741,824 bytes.',
    sql: SQL,
    unit: MONEY,
    decimals: 4,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notApplicable,
  });
