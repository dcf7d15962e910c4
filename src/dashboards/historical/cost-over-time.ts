import { FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { EMPTY } from '../panels/empty-texts';
import { BARS, stackedOverTime } from '../panels/stacked-over-time';
import { costCenterCosts } from '../queries/cost-center-costs';
import { GROUP_COLUMNS, GROUPED, WITHOUT_GROUP } from '../queries/group-by';
import { inSpan, SPAN } from '../queries/time-range';
import { NAMED_SERIES } from '../thresholds';

const SQL = `with ${SPAN},
  ${inSpan('fact', costCenterCosts(...GROUP_COLUMNS))},
  amount as (
    select bucket, ${GROUPED} as name, sum(cost) as cost from fact group by 1, 2
  ),
  place as (
    select name, row_number() over (order by sum(cost) desc, name) as place from amount where name <> '' group by name
  )
select bucket as time,
  case when name = '' then ${WITHOUT_GROUP} when place <= ${NAMED_SERIES} then name else 'Other' end as metric,
  sum(cost) as value
from amount left join place using (name)
group by 1, 2
order by 1, min(coalesce(place, 1000000))`;

/** Costs over time by what the viewer chose to group them by; the bars sum to the total. */
export const costOverTime = (id: number) =>
  stackedOverTime({
    id,
    title: 'Cost by ${groupby:text}, ${currency}',
    description: `${BARS} The largest ${NAMED_SERIES} names of the chosen grouping; Other and what has no name make the rest, so that the bars sum to the total.`,
    sql: SQL,
    noValue: EMPTY.noCost,
  })
    .decimals(2)
    .overrideByRegexp('/^No (cluster|topic|principal)$/', [
      { id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: '#5c5c5c' } },
    ]);
