import { keyOf, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { BUDGETS, shownPercent } from '../queries/budgets';
import { THRESHOLDS } from '../thresholds';
import { APP_ID, COSTS_DASHBOARD } from '../uids';

/** What a variable of the dashboard of costs is set to: the value of the scope, '' for Unallocated, or All. */
const kept = (field: string) => `coalesce(${field}, '$' || '__all')`;

/** Every budget, the one that burns fastest first. */
export const budgetTable = (id: number) =>
  table({
    id,
    title: 'Budgets, ${currency}',
    description:
      'In the period of the last complete hour, whatever the time range. Burn ratio: used percent ÷ elapsed percent; above 1 the amount will not last. Threshold: the highest one that spend is at or above now.',
    sql: `with ${BUDGETS}
select budget as "Budget", owner as "Owner", scope as "Scope", period as "Period", amount as "Amount", spent as "Spent",
  amount - spent as "Left", ${shownPercent('used_percent')} as "Used", ${shownPercent('elapsed_percent')} as "Elapsed", burn_ratio as "Burn ratio", nullif(threshold, 0) as "Threshold",
  ${kept('organization')} as "org", ${kept('workspace')} as "workspace", ${kept('environment')} as "environment", ${kept('cluster')} as "cluster",
  ${kept('business_unit')} as "business_unit", ${kept('team')} as "team"
from budget
order by place`,
    noValue: EMPTY.noBudgets,
    columns: {
      Budget: COLUMN.entity([{ title: 'Budgets', url: `/a/${APP_ID}/budgets` }]),
      Owner: COLUMN.text(110),
      Scope: COLUMN.entity([
        toDashboard('Its costs', COSTS_DASHBOARD, {
          org: keyOf('org'),
          workspace: keyOf('workspace'),
          environment: keyOf('environment'),
          cluster: keyOf('cluster'),
          business_unit: keyOf('business_unit'),
          team: keyOf('team'),
        }),
        { title: 'Chargeback', url: `/a/${APP_ID}/chargeback` },
      ]),
      Period: COLUMN.text(145),
      Amount: COLUMN.money(95, false),
      Spent: COLUMN.money(95, false),
      Left: COLUMN.money(95, false),
      Used: COLUMN.graded(THRESHOLDS.budgetUsed, 'percent', 1, 70),
      Elapsed: COLUMN.graded(THRESHOLDS.plain, 'percent', 1, 80),
      'Burn ratio': COLUMN.graded(THRESHOLDS.burnRatio, 'none', 2, 90),
      Threshold: COLUMN.graded(THRESHOLDS.budgetUsed, 'percent', 0, 90),
      org: COLUMN.hidden(),
      workspace: COLUMN.hidden(),
      environment: COLUMN.hidden(),
      cluster: COLUMN.hidden(),
      business_unit: COLUMN.hidden(),
      team: COLUMN.hidden(),
    },
  });
