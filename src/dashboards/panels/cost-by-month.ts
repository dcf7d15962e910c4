import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/barchart';
import { withoutName, type FieldName } from '../queries/dimensions';
import { monthsBy } from '../queries/months';
import { stackedBars } from './bar-chart';
import { EMPTY } from './empty-texts';

/** How many parts of a month are told apart; more colours nobody can follow. */
const NAMED = 6;

/** How the cost of months is made up, whatever the dashboard's range, of which only the end counts. */
export function costByMonth(
  id: number,
  { column, of, months }: { column: FieldName; of: string; months: number },
): PanelBuilder {
  return stackedBars({
    id,
    title: `${months} months by ${of}, \${currency}`,
    description: `Cost by month of the billing time zone, the month that the time range ends in last; that one may still run. The six largest; Other and ${withoutName(column)} make the rest, so that a bar is the cost of its month. Months before the first collected hour are left out.`,
    sql: monthsBy(column, months, NAMED),
    bars: 'Month',
    parts: 'Series',
    value: 'Cost',
    noValue: EMPTY.noCost,
  });
}
