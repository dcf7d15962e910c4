import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { KEPT, keyOf, toChargeback, toDashboard } from '../links-to';
import { costByMonth } from '../panels/cost-by-month';
import { mostExpensive } from '../panels/most-expensive';
import { moversTable } from '../panels/movers-table';
import { totalCost } from '../panels/total-cost';
import { COSTS_DASHBOARD, DASHBOARDS } from '../uids';
import { budgetLeft, companyShare, nonProduction } from './business-unit-figures';
import { leagueTable } from './league-table';
import { teamByMeter } from './team-by-meter';
import { unitCostTrend } from './unit-cost-trend';

/** Ids of its panels, never used again for another one: links and alert rules rely on them. */
export const BUSINESS_UNIT = {
  spend: 2,
  companyShare: 3,
  budgetLeft: 4,
  byMonth: 5,
  teamByMeter: 6,
  nonProduction: 7,
  league: 8,
  applications: 9,
  topics: 10,
  movers: 11,
  unitCostTrend: 12,
} as const;

const applicationLinks = [
  toDashboard('Costs of its workspace', COSTS_DASHBOARD, { workspace: keyOf('within_key') }),
  toChargeback('In Chargeback', 'key'),
];
const topicLinks = [
  toDashboard('Its cluster', DASHBOARDS.cluster, { cluster: keyOf('within_key'), workspace: KEPT }),
  toChargeback('In Chargeback', 'key'),
];

/** What business units, their products and teams spend, and what changed. */
export function businessUnitDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.businessUnit,
    description: 'What business units, their products and teams spend, and what changed.',
    time: { from: 'now/M', to: 'now' },
    panels: [
      [() => totalCost().id(BUSINESS_UNIT.spend).title('Spend, ${currency}'), 0, 0, 8, 4],
      [() => companyShare(BUSINESS_UNIT.companyShare), 0, 4, 12, 4],
      [() => nonProduction(BUSINESS_UNIT.nonProduction), 12, 4, 12, 4],
      [() => budgetLeft(BUSINESS_UNIT.budgetLeft), 8, 0, 8, 4],
      [() => leagueTable(BUSINESS_UNIT.league), 0, 8, 24, 9],
      [() => costByMonth(BUSINESS_UNIT.byMonth, { column: 'product', of: 'product', months: 12 }), 0, 17, 12, 9],
      [() => unitCostTrend(BUSINESS_UNIT.unitCostTrend), 12, 17, 12, 9],
      [() => teamByMeter(BUSINESS_UNIT.teamByMeter), 0, 26, 24, 10],
      [
        () =>
          mostExpensive(BUSINESS_UNIT.applications, {
            column: 'application',
            within: 'workspace',
            of: 'Applications',
            links: applicationLinks,
          }),
        0,
        36,
        12,
        10,
      ],
      [
        () =>
          mostExpensive(BUSINESS_UNIT.topics, { column: 'topic', within: 'cluster', of: 'Topics', links: topicLinks }),
        12,
        36,
        12,
        10,
      ],
      [() => moversTable(BUSINESS_UNIT.movers), 0, 46, 24, 11],
    ],
  });
}
