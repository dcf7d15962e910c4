import type { DataLink } from '../links-to';
import type { FieldName } from '../queries/dimensions';
import { ranked } from '../queries/ranked';
import { NAMED_SERIES, THRESHOLDS } from '../thresholds';
import { barGauge } from './bar-gauge';
import { EMPTY } from './empty-texts';
import { MONEY } from './money-unit';

/** What costs most; the bars sum to the total. `within` tells apart what has one name. */
export const mostExpensive = (
  id: number,
  { column, within, of, links }: { column: FieldName; within: FieldName; of: string; links: DataLink[] },
) =>
  barGauge({
    id,
    title: `${of} that cost most, \${currency}`,
    description: `The ${NAMED_SERIES} with the highest cost in the time range, all others as Other, and what has none.`,
    sql: ranked({ column, within, top: NAMED_SERIES, measure: 'cost' }),
    unit: MONEY,
    decimals: 2,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noCost,
    links,
  });
