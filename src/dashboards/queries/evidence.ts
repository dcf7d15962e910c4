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

/**
 * Usage of the chosen resources beside what it costs, from one reading of the facts: quantity, priced or not, cost,
 * confident_cost and the currency of the price (null: no price was in force). Take sums of money `inCurrency`.
 */
export function metered(...columns: string[]): FactSource {
  return {
    views: VIEWS,
    columns: [...columns, 'quantity', 'cost', 'confident_cost', 'currency'],
    where: matchesVariables('f'),
  };
}

/** A sum over rows of `metered` of those that are priced in the chosen currency; null without any. */
export const inCurrency = (sum: string): string => `${sum} filter (where currency = \${currency:sqlstring})`;

/** How many hours of resources were used (facts), priced or not, and how many of them are estimated (estimated_facts). */
export function usedHours(...columns: string[]): FactSource {
  return { views: VIEWS, columns: [...columns, 'facts', 'estimated_facts'], where: matchesVariables('f') };
}

/** Confidence of rows of `evidence`, weighted by cost; null without any cost. */
export const CONFIDENCE = 'sum(sign(cost) * confident_cost) / nullif(sum(abs(cost)), 0)';
