import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { costCenterCosts } from '../queries/cost-center-costs';
import { GROUP_COLUMNS, GROUPED, WITHOUT_GROUP } from '../queries/group-by';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';

/** Lines that are named; the others are one line that says how many they are. */
const NAMED_LINES = 100;

const SQL = `with ${SPAN_OF_SUMS},
  ${inSpan('fact', costCenterCosts(...GROUP_COLUMNS))},
  amount as (
    select to_char(bucket at time zone zone, 'YYYY-MM') as month, ${GROUPED} as name, sum(cost) as cost
    from fact, span group by 1, 2
  ),
  place as (
    select name, row_number() over (order by sum(cost) desc, name) as place from amount where name <> '' group by name
  ),
  named as (
    select month, cost, case when name = '' then 1000000000 when place <= ${NAMED_LINES} then place else 1000000 end as place,
      case when name = '' then ${WITHOUT_GROUP} when place <= ${NAMED_LINES} then name
        else 'Other (' || (select count(*) - ${NAMED_LINES} from place) || ' names)' end as name
    from amount left join place using (name)
  ),
  line as (
    select place, name, month, sum(cost) as cost from named group by 1, 2, 3
    union all
    select place, name, 'Total', sum(cost) from named group by 1, 2
  )
select n.name as "Name", m.month as "month", coalesce(l.cost, 0) as "cost"
from (select distinct place, name from line) n
cross join (select distinct month from line) m
left join line l using (name, month)
order by n.place, n.name, m.month`;

/** A line a name of the chosen grouping, a column a month: sums of both ways are the total. */
export const monthsTable = (id: number) =>
  table({
    id,
    title: 'Cost by ${groupby:text} and month, ${currency}',
    description: `Months of the billing time zone; the first and the last are cut where the time range begins and ends within them. The largest ${NAMED_LINES} names, all others as one line, and what has no name; the last line sums each month.`,
    sql: SQL,
    noValue: EMPTY.noCost,
    columns: {},
  })
    .withTransformation({
      id: 'groupingToMatrix',
      options: { rowField: 'Name', columnField: 'month', valueField: 'cost', emptyValue: 'zero' },
    })
    .overrideByRegexp('/^(\\d{4}-\\d{2}|Total)$/', COLUMN.money(115))
    .overrideByName('Name\\month', [
      { id: 'displayName', value: '${groupby:text}' },
      { id: 'custom.minWidth', value: 160 },
    ]);
