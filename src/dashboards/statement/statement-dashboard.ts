import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { restatements } from '../panels/restatements';
import { COST_CENTER, DIMENSIONS } from '../queries/dimensions';
import { DASHBOARDS } from '../uids';
import { dimensionVariable } from '../variables/dimensions';
import { costCenterTable } from './cost-center-table';
import { dailyAccrual } from './daily-accrual';
import { meterCharges } from './meter-charges';
import { chargeableTotal, periodStatus } from './statement-figures';
import { unallocatedResidue } from './unallocated';

/** Ids of the panels; links and rules rely on them: never change or reuse one. */
export const STATEMENT_PANELS = {
  status: 2,
  total: 3,
  costCenters: 4,
  meters: 5,
  restatements: 6,
  unallocated: 7,
  accrual: 8,
} as const;

/** What each cost centre owes, whether it is final, and why: for finance and owners of cost centres. */
export function statementDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.statement,
    description: 'What each cost centre owes, whether it is final, and why: for finance and owners of cost centres.',
    time: { from: 'now/M', to: 'now/M' },
    variables: [dimensionVariable(COST_CENTER, DIMENSIONS)],
    panels: [
      [() => periodStatus(STATEMENT_PANELS.status), 0, 0, 10, 4],
      [() => chargeableTotal(STATEMENT_PANELS.total), 10, 0, 6, 4],
      [() => costCenterTable(STATEMENT_PANELS.costCenters), 0, 4, 24, 10],
      [() => dailyAccrual(STATEMENT_PANELS.accrual), 0, 14, 24, 9],
      [() => meterCharges(STATEMENT_PANELS.meters), 0, 23, 24, 9],
      [() => unallocatedResidue(STATEMENT_PANELS.unallocated), 0, 32, 24, 8],
      [() => restatements(STATEMENT_PANELS.restatements), 0, 40, 24, 5],
    ],
  });
}
