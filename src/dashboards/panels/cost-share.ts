import type { DataLink } from '../links-to';
import { type FieldName } from '../queries/dimensions';
import { ranked } from '../queries/ranked';
import { NAMED_SERIES, THRESHOLDS } from '../thresholds';
import { barGauge } from './bar-gauge';
import { EMPTY } from './empty-texts';

/** Which part of the cost falls to whom, or to what; the bars sum to 1. */
export const costShare = (id: number, { column, of, links }: { column: FieldName; of: string; links: DataLink[] }) =>
  barGauge({
    id,
    title: `Share of cost by ${of}`,
    description: `Of the cost in the time range, the largest ${NAMED_SERIES} first, then all others as Other and what has none.`,
    sql: ranked({ column, top: NAMED_SERIES, measure: 'share' }),
    unit: 'percentunit',
    decimals: 1,
    thresholds: THRESHOLDS.plain,
    noValue: EMPTY.noCost,
    links,
  });
