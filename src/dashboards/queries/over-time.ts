import { NAMED_SERIES } from '../thresholds';
import { withoutName, type FieldName } from './dimensions';
import { inSpan, SPAN, type FactSource } from './time-range';

/**
 * The sum of `measure` over time for the `named` largest values of `column` in the range, with all others as "Other" and
 * what has none under its own name (`withoutName`), so that the series sum to the total. Columns time, metric, value. The
 * source must have the column.
 */
export function overTime(source: FactSource, column: FieldName, measure: string, named = NAMED_SERIES): string {
  return `with ${SPAN},
  ${inSpan('fact', source)},
  amount as (
    select bucket, ${column}, sum(${measure}) as amount from fact group by bucket, ${column}
  ),
  place as (
    select ${column}, row_number() over (order by sum(amount) desc, ${column}) as place
    from amount where ${column} <> '' group by ${column}
  )
select bucket as time,
  case when ${column} = '' then '${withoutName(column)}' when place <= ${named} then ${column} else 'Other' end as metric,
  sum(amount) as value
from amount left join place using (${column})
group by 1, 2
order by 1, min(coalesce(place, 1000000))`;
}
