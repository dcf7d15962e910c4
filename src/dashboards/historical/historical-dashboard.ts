import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { restatements } from '../panels/restatements';
import { COST_CENTER, DIMENSIONS } from '../queries/dimensions';
import { DASHBOARDS } from '../uids';
import { dimensionVariable } from '../variables/dimensions';
import { groupByVariable } from '../variables/group-by';
import { pageVariable } from '../variables/page';
import { changesTable } from './changes-table';
import { checksTable } from './checks-table';
import { costOverTime } from './cost-over-time';
import { coverage } from './coverage';
import { effectiveRates } from './effective-rates';
import { daysCovered, factsCounted, totalCost } from './figures';
import { ledgerPages } from './ledger-pages';
import { ledgerTable } from './ledger-table';
import { monthsTable } from './months-table';
import { ratesInForce } from './rates-in-force';

/** Ids of the panels; links and rules rely on them: never change or reuse one. */
export const HISTORICAL_PANELS = {
  total: 2,
  daysCovered: 3,
  facts: 4,
  overTime: 5,
  months: 6,
  ratesInForce: 7,
  effectiveRates: 8,
  restatements: 9,
  checks: 10,
  ledgerPages: 11,
  ledger: 12,
  coverage: 13,
  changes: 14,
} as const;

/** Costs over months for audit: complete, reconciled with the ledger, with every rate and change. */
export function historicalDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.historical,
    description: 'Costs over months for audit: complete, reconciled with the ledger, with every rate and change.',
    time: { from: 'now-90d/d', to: 'now' },
    variables: [dimensionVariable(COST_CENTER, DIMENSIONS), groupByVariable(), pageVariable()],
    panels: [
      [() => totalCost(HISTORICAL_PANELS.total), 0, 0, 5, 4],
      [() => daysCovered(HISTORICAL_PANELS.daysCovered), 5, 0, 4, 4],
      [() => factsCounted(HISTORICAL_PANELS.facts), 9, 0, 7, 4],
      [() => costOverTime(HISTORICAL_PANELS.overTime), 0, 4, 24, 10],
      [() => monthsTable(HISTORICAL_PANELS.months), 0, 14, 24, 10],
      [() => ratesInForce(HISTORICAL_PANELS.ratesInForce), 0, 24, 12, 10],
      [() => effectiveRates(HISTORICAL_PANELS.effectiveRates), 12, 24, 12, 10],
      [() => coverage(HISTORICAL_PANELS.coverage), 0, 34, 24, 8],
      [() => checksTable(HISTORICAL_PANELS.checks), 0, 42, 24, 9],
      [() => restatements(HISTORICAL_PANELS.restatements), 0, 51, 24, 5],
      [() => ledgerPages(HISTORICAL_PANELS.ledgerPages), 0, 56, 24, 3],
      [() => ledgerTable(HISTORICAL_PANELS.ledger), 0, 59, 24, 14],
      [() => changesTable(HISTORICAL_PANELS.changes), 0, 73, 24, 9],
    ],
  });
}
