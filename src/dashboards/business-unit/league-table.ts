import { keyOf, toChargeback, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { BEFORE, COMPARED } from '../queries/compared-range';
import { shownPercent } from '../queries/budgets';
import { named } from '../queries/dimensions';
import { GIB, isEgress, isIngress } from '../queries/directions';
import { inCurrency, metered } from '../queries/evidence';
import { costs } from '../queries/sources';
import { TIGHTEST_BUDGETS } from '../queries/tightest-budget';
import { inSpan, SPAN_OF_SUMS, summed } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';
import { MONEY } from '../panels/money-unit';

const SQL = `with ${SPAN_OF_SUMS},
  ${BEFORE},
  ${summed(COMPARED)},
  ${inSpan('fact', metered('business_unit', 'meter'))},
  ${inSpan('fact_before', costs('business_unit'), COMPARED)},
  ${TIGHTEST_BUDGETS},
  current as (
    select business_unit, ${inCurrency('sum(cost)')} as cost_now,
      ${inCurrency('sum(sign(cost) * confident_cost)')} / nullif(${inCurrency('sum(abs(cost))')}, 0) as confidence,
      sum(quantity) filter (where ${isIngress('meter')} or ${isEgress('meter')}) / ${GIB} as gib
    from fact group by business_unit
  ),
  earlier as (
    select business_unit, sum(cost) as cost_before from fact_before group by business_unit
  )
select ${named('business_unit')} as "Business unit",
  coalesce(cost_now, 0) as "Cost",
  case when (select complete from before) then coalesce(cost_now, 0) - coalesce(cost_before, 0) end as "Change",
  case when (select complete from before) then (coalesce(cost_now, 0) - cost_before) / nullif(abs(cost_before), 0) end as "Change %",
  cost_now / nullif(gib, 0) as "Cost per GiB",
  confidence as "Confidence",
  ${shownPercent('budget.used_percent')} as "Budget used",
  business_unit as "key"
from current full join earlier using (business_unit) full join budget using (business_unit)
where cost_now is not null or cost_before is not null or gib is not null or budget.used_percent is not null
order by coalesce(cost_now, 0) desc, business_unit`;

/** A line a business unit, also one that has a budget and no cost; the costs sum to the total. */
export const leagueTable = (id: number) =>
  table({
    id,
    title: 'Business units, ${currency}',
    description:
      'Change: against the range before of the same elapsed time; left out where that is not collected as a whole. Cost per GiB: the whole cost over the GiB carried in and out. Confidence is weighted by cost. Budget used: of the budget of which the smallest share is left, in its running period.',
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
      Change: COLUMN.change(105, false),
      'Change %': COLUMN.graded(THRESHOLDS.costChange, 'percentunit', 1, 95),
      'Cost per GiB': COLUMN.graded(THRESHOLDS.plain, MONEY, 4, 110),
      Confidence: COLUMN.confidence(),
      'Budget used': COLUMN.graded(THRESHOLDS.budgetUsed, 'percent', 1, 110),
      key: COLUMN.hidden(),
    },
  });
