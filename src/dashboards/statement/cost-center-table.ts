import { keyOf, toChargeback, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { BEFORE, COMPARED } from '../queries/compared-range';
import { named } from '../queries/dimensions';
import { inSpan, SPAN_OF_SUMS, summed } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';
import { costCenterCosts } from '../queries/cost-center-costs';
import { MONEY } from '../panels/money-unit';

const SQL = `with ${SPAN_OF_SUMS},
  ${BEFORE},
  ${summed(COMPARED)},
  ${inSpan('fact', costCenterCosts('cost_center', 'confidence'))},
  ${inSpan('past', costCenterCosts('cost_center'), COMPARED)},
  current as (
    select cost_center, sum(cost) as cost, sum(abs(cost) * confidence) as sure, sum(abs(cost)) as size from fact group by cost_center
  ),
  earlier as (
    select cost_center, sum(cost) as previous from past, before where complete group by cost_center
  ),
  line as (
    select cost_center, coalesce(cost, 0) as cost, case when complete then coalesce(previous, 0) end as previous, sure, size
    from current full join earlier using (cost_center) cross join before
  )
select ${named('cost_center')} as "Cost centre",
  cost as "Cost",
  cost / nullif(sum(cost) over (), 0) as "Share",
  previous as "Previous",
  cost - previous as "Change",
  (cost - previous) / nullif(abs(previous), 0) as "Change %",
  sure / nullif(size, 0) as "Confidence",
  cost_center as "key"
from line
order by cost_center = '', cost desc, cost_center`;

/** The statement: a line a cost centre, and one for what has none; the costs sum to the chargeable total. */
export const costCenterTable = (id: number) =>
  table({
    id,
    title: 'Statement by cost centre, ${currency}',
    description:
      'What each cost centre owes for the complete hours of the time range; what has none stands last. Previous: the range before of the same elapsed time up to the last complete hour, of a month the month before; left out where that is not collected as a whole. Confidence is weighted by cost.',
    sql: SQL,
    noValue: EMPTY.noCost,
    columns: {
      'Cost centre': COLUMN.entity([
        toDashboard('Only this cost centre', DASHBOARDS.statement, { cost_center: keyOf('key') }),
        toDashboard('Its history', DASHBOARDS.historical, { cost_center: keyOf('key') }),
        toChargeback('In Chargeback', 'key'),
      ]),
      Cost: COLUMN.money(120),
      Share: COLUMN.share(),
      Previous: COLUMN.money(120, false),
      Change: COLUMN.graded(THRESHOLDS.costChange, MONEY, 2, 110),
      'Change %': COLUMN.graded(THRESHOLDS.costChange, 'percentunit', 1, 95),
      Confidence: COLUMN.confidence(),
      key: COLUMN.hidden(),
    },
  });
