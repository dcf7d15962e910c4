import { matchesVariables } from './dimensions';
import type { FactSource } from './time-range';

const VIEWS = { monthly: 'monthly_evidence', daily: 'daily_evidence', hourly: 'hourly_evidence' };

/** Costs of the chosen currency and resources (cost) with how much of them is sure (confident_cost) and estimated (estimated_cost). */
export function evidence(...columns: string[]): FactSource {
  return {
    views: VIEWS,
    columns: [...columns, 'cost', 'confident_cost', 'estimated_cost'],
    where: `f.currency = \${currency:sqlstring}\n      and ${matchesVariables('f')}`,
  };
}

/** How many hours of resources were used (facts), priced or not, and how many of them are estimated (estimated_facts). */
export function usedHours(...columns: string[]): FactSource {
  return { views: VIEWS, columns: [...columns, 'facts', 'estimated_facts'], where: matchesVariables('f') };
}

/** Confidence of rows of `evidence`, weighted by cost; null without any cost. */
export const CONFIDENCE = 'sum(sign(cost) * confident_cost) / nullif(sum(abs(cost)), 0)';
