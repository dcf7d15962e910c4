import { named, withoutName, type FieldName } from './dimensions';
import { costs } from './sources';
import { inSpan, SPAN_OF_SUMS } from './time-range';

interface Ranking {
  column: FieldName;
  /** A field that tells apart what has one name, and stands behind it: where there is no room it is cut. */
  within?: FieldName;
  /** How many are named before the rest is one bar, "Other". */
  top: number;
  /** The cost itself, or its share (0..1) of the total; none where the total is 0. */
  measure: 'cost' | 'share';
}

/**
 * The values of a field that cost most in the range, then all others as "Other", then what has none under its own name, so
 * that the bars sum to the total (or 1). Columns name, value, and key and within_key: the fields as the ledger has them,
 * what "All" is in the address of a dashboard for a bar that stands for many.
 */
export function ranked({ column, within, top, measure }: Ranking): string {
  const outer = within ?? `''`;
  const label = within ? `${column} || ' · ' || ${named(within)}` : column;
  return `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costs(column, ...(within ? [within] : [])))},
  amount as (
    select ${outer} as within, ${column} as key, ${label} as label, sum(cost) as cost from fact group by 1, 2, 3
  ),
  placed as (
    select *, row_number() over (partition by key = '' order by cost desc, label) <= ${top} as is_top from amount
  ),
  bar as (
    select case when key = '' then 2 when is_top then 0 else 1 end as part,
      case when key = '' then '${withoutName(column)}' when is_top then label else 'Other' end as name,
      case when key = '' or is_top then key else '$' || '__all' end as key,
      case when key <> '' and is_top and within <> '' then within else '$' || '__all' end as within_key,
      cost
    from placed
  )
select name, ${measure === 'cost' ? 'sum(cost)' : 'sum(cost) / nullif(sum(sum(cost)) over (), 0)'} as value, key, within_key
from bar
group by part, name, key, within_key
order by part, value desc, name`;
}
