import { BEFORE, COMPARED } from './compared-range';
import type { FieldName } from './dimensions';
import { costs } from './sources';
import { ASKED, inSpan, MONTHS_BEYOND, span } from './time-range';

/** What can be summed of costs; quantities only within a meter. */
type Measure = 'cost' | 'quantity';

/**
 * The common table expression `change`: for each combination of `columns` the sums of the measures in the dashboard's
 * range and in the one that it is compared with, as `cost_now`, `cost_before` and so on, null where there is nothing
 * of it. With `before` (see BEFORE).
 */
export function change(columns: Array<FieldName | 'unit'>, measures: Measure[] = ['cost']): string {
  const source = costs(...new Set([...columns, ...measures.filter((measure) => measure !== 'cost')]));
  const list = columns.join(', ');
  const sums = (from: string, when: 'now' | 'before') =>
    `select ${[list, ...measures.flatMap((measure) => ['now', 'before'].map((other) => `${other === when ? `sum(${measure})` : 'null::numeric'} as ${measure}_${other}`))].filter(Boolean).join(', ')}
      from ${from}${list && ` group by ${list}`}`;
  return `${span(ASKED, MONTHS_BEYOND.sum)},
  ${BEFORE},
  ${span(COMPARED, MONTHS_BEYOND.sum)},
  ${inSpan('fact', source)},
  ${inSpan('fact_before', source, COMPARED)},
  change as materialized (
    select ${[list, ...measures.flatMap((measure) => ['now', 'before'].map((when) => `sum(${measure}_${when}) as ${measure}_${when}`))].filter(Boolean).join(', ')}
    from (
      ${sums('fact', 'now')}
      union all
      ${sums('fact_before', 'before')}
    ) both_ranges${list && `\n    group by ${list}`}
  )`;
}
