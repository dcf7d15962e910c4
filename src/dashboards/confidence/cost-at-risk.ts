import { keyOf, toChargeback, toDashboard } from '../links-to';
import { COLUMN } from '../panels/columns';
import { EMPTY } from '../panels/empty-texts';
import { table } from '../panels/table';
import { named } from '../queries/dimensions';
import { CONFIDENCE, evidence } from '../queries/evidence';
import { inSpan, SPAN_OF_SUMS } from '../queries/time-range';
import { THRESHOLDS } from '../thresholds';
import { COSTS_DASHBOARD, DASHBOARDS } from '../uids';

/** Where better evidence would make most money sure. */
export const costAtRisk = (id: number) =>
  table({
    id,
    title: 'Cost at risk, ${currency}',
    description:
      'At risk: (1 − confidence) × cost, the part of the cost that weak evidence carries. Estimated: cost of usage that was spread over hours without samples; the rest of the risk are gauges that were seen for a part of the hour. A line a workspace and meter; those without any risk are left out.',
    sql: `with ${SPAN_OF_SUMS},
  ${inSpan('fact', evidence('workspace', 'meter'))}
select ${named('workspace')} as "Workspace", meter as "Meter", sum(cost) as "Cost", ${CONFIDENCE} as "Confidence",
  sum(estimated_cost) as "Estimated", sum(sign(cost) * (cost - confident_cost)) as "At risk", workspace as "key"
from fact
group by workspace, meter
having sum(sign(cost) * (cost - confident_cost)) > 0
order by "At risk" desc, workspace, meter`,
    noValue: EMPTY.nothingAtRisk,
    columns: {
      Workspace: COLUMN.entity([
        toDashboard('Only this workspace', COSTS_DASHBOARD, { workspace: keyOf('key') }),
        toChargeback('Applications in Chargeback', 'key'),
      ]),
      Meter: COLUMN.entity([toDashboard('Was it collected?', DASHBOARDS.collector)], 185),
      Cost: COLUMN.money(),
      Confidence: COLUMN.graded(THRESHOLDS.confidence, 'none', 3, 100),
      Estimated: COLUMN.money(),
      'At risk': COLUMN.money(),
      key: COLUMN.hidden(),
    },
    sortedBy: 'At risk',
  });
