import type { ResourceField } from '../../domain/resource';
import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { costs } from '../queries/sources';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';

/** The fields by which reports tell costs apart, in the order in which people fill them. */
const FIELDS: Array<[name: string, column: ResourceField]> = [
  ['Workspace', 'workspace'],
  ['Application', 'application'],
  ['Environment', 'environment'],
  ['Team', 'team'],
  ['Cost centre', 'cost_center'],
  ['Business unit', 'business_unit'],
  ['Product', 'product'],
];

/** Which part of the cost each report can tell apart. */
export const completeness = (id: number) =>
  barGauge({
    id,
    title: 'Cost with the field filled',
    description:
      'Share of the cost of the range whose field is not empty. Owners come from the rules on Sources, Ownership.',
    sql: `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs(...FIELDS.map(([, column]) => column)))},
  total as (
    select nullif(sum(cost), 0) as cost, ${FIELDS.map(
      ([, column]) => `coalesce(sum(cost) filter (where ${column} <> ''), 0) as ${column}`,
    ).join(',\n      ')}
    from fact
  )
select field as name, 100 * filled / cost as value
from total cross join lateral (values ${FIELDS.map(([name, column], index) => `('${name}', ${column}, ${index})`).join(', ')}) as of_field (field, filled, place)
where cost is not null
order by place`,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.costWithOwner,
    noValue: EMPTY.noCost,
  });
