import { BEFORE, COMPARED } from './compared-range';
import type { FieldName } from './dimensions';
import { costs, unpricedUsage } from './sources';
import { inSpan, MONTHS_BEYOND, span, SPAN_OF_SUMS, type FactSource, type TimeRange } from './time-range';

/** The common table expressions of the dashboard's range and of the one that it is compared with. */
const RANGES = `${SPAN_OF_SUMS},
  ${BEFORE},
  ${span(COMPARED, MONTHS_BEYOND.sum)}`;

interface Part {
  name: string;
  source: FactSource;
  range?: TimeRange;
  /** SQL of a row's cost now and before, and with quantities of those. */
  sums: string[];
}

/** `name` (a row for each combination of `columns`, with `sums` over all parts) and what it is made of. */
function summed(columns: string[], sums: string[], parts: Part[]): string {
  const group = columns.length > 0 ? ` group by ${columns.join(', ')}` : '';
  return `${RANGES},
  ${parts.map(({ name, source, range }) => inSpan(name, source, range)).join(',\n  ')},
  change as materialized (
    select ${[...columns, ...sums.map((sum) => `sum(${sum}) as ${sum}`)].join(', ')}
    from (
      ${parts.map((part) => `select ${[...columns, ...part.sums.map((sum, index) => `${sum} as ${sums[index]}`)].join(', ')} from ${part.name}${group}`).join('\n      union all\n      ')}
    ) part${group}
  )`;
}

/**
 * The common table expression `change`: for each combination of `columns` the cost in the dashboard's range (cost_now) and
 * in the one that it is compared with (cost_before), null where there is none; with those of `BEFORE`,
 * and `fact`, the costs of the range, which have the columns `also`, too.
 */
export function changeOfCost(columns: FieldName[] = [], also: string[] = []): string {
  const source = costs(...columns);
  return summed(
    columns,
    ['cost_now', 'cost_before'],
    [
      { name: 'fact', source: costs(...columns, ...also), sums: ['sum(cost)', 'null::numeric'] },
      { name: 'fact_before', source, range: COMPARED, sums: ['null::numeric', 'sum(cost)'] },
    ],
  );
}

/**
 * The same by meter (charge_type, unit), with quantities: what is priced in the dashboard's currency, and what has no price,
 * so that what is used before and priced now is not taken for new.
 */
export function changeByMeter(...columns: FieldName[]): string {
  const priced = costs(...columns, 'charge_type', 'unit', 'quantity');
  const unpriced = unpricedUsage(...columns, 'meter as charge_type', 'unit');
  const [none, cost, quantity] = ['null::numeric', 'sum(cost)', 'sum(quantity)'];
  return summed(
    [...columns, 'charge_type', 'unit'],
    ['cost_now', 'cost_before', 'quantity_now', 'quantity_before'],
    [
      { name: 'fact', source: priced, sums: [cost, none, quantity, none] },
      { name: 'fact_before', source: priced, range: COMPARED, sums: [none, cost, none, quantity] },
      { name: 'unpriced', source: unpriced, sums: [none, none, quantity, none] },
      { name: 'unpriced_before', source: unpriced, range: COMPARED, sums: [none, none, none, quantity] },
    ],
  );
}
