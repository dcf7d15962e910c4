import { carried, GIB, isMessages } from '../queries/directions';
import { costs, usage } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { EMPTY } from './empty-texts';
import { namedFigures } from './named-figures';

const messages = () => {
  const all = usage();
  return { ...all, where: `${isMessages('f.meter')}\n      and ${all.where}` };
};

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs())},
  ${inSpan('bytes', carried())},
  ${inSpan('messages', messages())}
select 'per GiB' as name, (select sum(cost) from fact) / nullif((select sum(quantity) from bytes) / ${GIB}, 0) as value
union all
select 'per million messages', (select sum(cost) from fact) / nullif((select sum(quantity) from messages) / 1000000, 0)`;

/** What a unit of the business costs, everything included. */
export const unitCost = (id: number) =>
  namedFigures({
    id,
    title: 'Unit cost, ${currency}',
    description:
      'The whole cost over the GiB carried in and out, and over the messages in and out in millions, priced or not. 1 GiB = 1,073,741,824 bytes.',
    sql: SQL,
    unit: 'locale',
    decimals: 4,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.notApplicable,
  });
