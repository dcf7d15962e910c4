import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { keyOf, toDashboard } from '../links-to';
import { changeBridge } from '../panels/change-bridge';
import { costWithOwner } from '../panels/cost-with-owner';
import { costByMonth } from '../panels/cost-by-month';
import { moversTable } from '../panels/movers-table';
import { costShare } from '../panels/cost-share';
import { spendChange } from '../panels/spend-change';
import { totalCost } from '../panels/total-cost';
import { unitCost } from '../panels/unit-cost';
import { DASHBOARDS } from '../uids';
import { budgetsUsed } from './budgets-used';
import { burnUp } from './burn-up';
import { needsAttention } from './needs-attention';

/** Ids of its panels, never used again for another one: links and alert rules rely on them. */
export const EXECUTIVE = {
  spend: 2,
  change: 3,
  budgetsUsed: 4,
  costWithOwner: 5,
  unitCost: 6,
  burnUp: 7,
  byMonth: 8,
  bridge: 9,
  movers: 10,
  byBusinessUnit: 11,
  byMeter: 12,
  needsAttention: 13,
} as const;

const byMonth = () => costByMonth(EXECUTIVE.byMonth, { column: 'business_unit', of: 'business unit', months: 13 });

const byBusinessUnit = () =>
  costShare(EXECUTIVE.byBusinessUnit, {
    column: 'business_unit',
    of: 'business unit',
    links: [toDashboard('This business unit', DASHBOARDS.businessUnit, { business_unit: keyOf('key') })],
  });

const byMeter = () => costShare(EXECUTIVE.byMeter, { column: 'charge_type', of: 'meter', links: [] });

/** How much is spent, against which plan, where to and why: for heads of finance, technology and business units. */
export function executiveDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.executive,
    description:
      'How much is spent, against which plan, where to and why: for heads of finance, technology and business units.',
    time: { from: 'now/M', to: 'now' },
    panels: [
      [() => totalCost().id(EXECUTIVE.spend).title('Spend, ${currency}'), 0, 0, 6, 4],
      [() => spendChange(EXECUTIVE.change), 6, 0, 10, 4],
      [() => costWithOwner().id(EXECUTIVE.costWithOwner), 0, 4, 8, 4],
      [() => unitCost(EXECUTIVE.unitCost), 8, 4, 16, 4],
      [() => needsAttention(EXECUTIVE.needsAttention), 0, 8, 24, 9],
      [() => budgetsUsed(EXECUTIVE.budgetsUsed), 0, 17, 12, 10],
      [() => burnUp(EXECUTIVE.burnUp), 12, 17, 12, 10],
      [byMonth, 0, 27, 24, 9],
      [() => changeBridge(EXECUTIVE.bridge), 0, 36, 24, 9],
      [() => moversTable(EXECUTIVE.movers), 0, 45, 24, 11],
      [byBusinessUnit, 0, 56, 12, 8],
      [byMeter, 12, 56, 12, 8],
    ],
  });
}
