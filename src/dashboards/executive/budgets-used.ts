import { toDashboard } from '../links-to';
import { barGauge } from '../panels/bar-gauge';
import { EMPTY } from '../panels/empty-texts';
import { shownPercent } from '../queries/budgets';
import { matchesVariables } from '../queries/dimensions';
import { THRESHOLDS } from '../thresholds';
import { DASHBOARDS } from '../uids';

const SQL = `select budget || ', ' || to_char(elapsed_percent, 'FM990') || ' % over' as name, ${shownPercent('used_percent')} as value
from (
  select distinct on (b.budget_id) b.*
  from chargeback.budget_status b
  where b.currency = \${currency:sqlstring}
    and ${matchesVariables('b')}
  order by b.budget_id, b.threshold
) one
order by burn_ratio desc nulls last, used_percent desc, budget`;

/** How much of each budget is spent, beside how much of its period is over. */
export const budgetsUsed = (id: number) =>
  barGauge({
    id,
    title: 'Budgets: used, beside the time that is over',
    description:
      'Percent of the amount that is spent in the period of the last complete hour, of every budget whose scope lies within the filters; beside its name how much of that period is over. The budget that burns fastest against its time stands first. The time range of the dashboard is not applied.',
    sql: SQL,
    unit: 'percent',
    decimals: 1,
    thresholds: THRESHOLDS.budgetUsed,
    noValue: EMPTY.noBudgets,
    links: [toDashboard('All budgets', DASHBOARDS.budgets)],
  }).max(100);
