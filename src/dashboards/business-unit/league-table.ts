import { keyOf, toChargeback, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { changeOfCost } from '../queries/change';
import { named } from '../queries/dimensions';
import { carried, GIB } from '../queries/directions';
import { inSpan } from '../queries/time-range';
import { TIGHTEST_BUDGETS } from '../queries/tightest-budget';
import { THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';

const SQL = `with ${changeOfCost(['business_unit'], ['confidence'])},
  ${inSpan('used', carried('business_unit'))},
  ${TIGHTEST_BUDGETS},
  sure as (
    select business_unit, sum(abs(cost) * confidence) / nullif(sum(abs(cost)), 0) as confidence from fact group by business_unit
  ),
  traffic as (
    select business_unit, sum(quantity) / ${GIB} as gib from used group by business_unit
  )
select ${named('business_unit')} as "Business unit",
  coalesce(cost_now, 0) as "Cost",
  coalesce(cost_now, 0) - coalesce(cost_before, 0) as "Change",
  case when (select complete from before) then (coalesce(cost_now, 0) - cost_before) / nullif(abs(cost_before), 0) end as "Change %",
  cost_now / nullif(gib, 0) as "Cost per GiB",
  confidence as "Confidence",
  budget.used_percent as "Budget used",
  business_unit as "key"
from change full join sure using (business_unit) full join traffic using (business_unit) full join budget using (business_unit)
order by coalesce(cost_now, 0) desc, business_unit`;

/** A line a business unit, also one that has a budget and no cost; the costs sum to the total. */
export const leagueTable = (id: number) =>
  table({
    id,
    title: 'Business units, ${currency}',
    description:
      'Change: against the range before of the same elapsed time; its percentage is left out where that is not collected as a whole. Cost per GiB: the whole cost over the GiB carried in and out. Confidence is weighted by cost. Budget used: of the budget of which the smallest share is left, in its running period.',
    sql: SQL,
    noValue: EMPTY.noCost,
    sortedBy: 'Cost',
    columns: {
      'Business unit': COLUMN.entity([
        toDashboard('What it owes', DASHBOARDS.statement, { business_unit: keyOf('key') }),
        toDashboard('Only this business unit', DASHBOARDS.businessUnit, { business_unit: keyOf('key') }),
        toChargeback('In Chargeback', 'key'),
      ]),
      Cost: COLUMN.money(),
      Change: COLUMN.change(),
      'Change %': COLUMN.graded(THRESHOLDS.costChange, 'percentunit', 1, 95),
      'Cost per GiB': COLUMN.graded(THRESHOLDS.plain, 'locale', 4, 110),
      Confidence: COLUMN.confidence(),
      'Budget used': COLUMN.graded(THRESHOLDS.budgetUsed, 'percent', 1, 110),
      key: COLUMN.hidden(),
    },
  });
