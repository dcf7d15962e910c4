import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { chargebackDashboard } from '../dashboard-shell';
import { costWithOwner } from '../panels/cost-with-owner';
import { DASHBOARDS } from '../uids';
import { checkResults } from './check-results';
import { completeness } from './completeness';
import { confidenceByMeter } from './confidence-by-meter';
import { costAtRisk } from './cost-at-risk';
import { costByBand } from './cost-by-band';
import { costByMethod } from './cost-by-method';
import { costConfidence, estimatedCost, estimatedUsage } from './figures';
import { quantityGap } from './quantity-gap';
import { unallocatedByReason } from './unallocated-by-reason';

/** Ids of the panels; alert rules and links rely on them, so none is changed or used again. */
export const CONFIDENCE_PANELS = {
  confidence: 2,
  costWithOwner: 3,
  estimatedCost: 4,
  estimatedUsage: 5,
  confidenceByMeter: 6,
  costByMethod: 7,
  costByBand: 8,
  unallocatedByReason: 9,
  costAtRisk: 10,
  completeness: 11,
  checkResults: 12,
  quantityGap: 13,
} as const;
const ID = CONFIDENCE_PANELS;

/** How much money rests on weak evidence, and what to mend first. */
export function confidenceDashboard(): Dashboard {
  return chargebackDashboard({
    dashboard: DASHBOARDS.confidence,
    description: 'How much money rests on weak evidence, and what to mend first.',
    time: { from: 'now-30d/d', to: 'now' },
    panels: [
      [() => costConfidence(ID.confidence), 0, 0, 4, 4],
      [() => costWithOwner().id(ID.costWithOwner).title('Owned cost'), 4, 0, 4, 4],
      [() => estimatedCost(ID.estimatedCost), 8, 0, 4, 4],
      [() => estimatedUsage(ID.estimatedUsage), 12, 0, 4, 4],
      [() => checkResults(ID.checkResults), 0, 4, 24, 9],
      [() => confidenceByMeter(ID.confidenceByMeter), 0, 13, 12, 9],
      [() => costByMethod(ID.costByMethod), 12, 13, 12, 9],
      [() => costByBand(ID.costByBand), 0, 22, 12, 8],
      [() => completeness(ID.completeness), 12, 22, 12, 8],
      [() => costAtRisk(ID.costAtRisk), 0, 30, 24, 10],
      [() => unallocatedByReason(ID.unallocatedByReason), 0, 40, 24, 9],
      [() => quantityGap(ID.quantityGap), 0, 49, 24, 9],
    ],
  });
}
