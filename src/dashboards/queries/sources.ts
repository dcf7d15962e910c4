import { matchesVariables } from './dimensions';
import type { FactSource } from './time-range';

const inCurrency = 'f.currency = ${currency:sqlstring}';

/** Costs of the chosen currency and resources; sums over currencies would mean nothing. */
export function costs(...columns: string[]): FactSource {
  return {
    daily: 'daily_cost_facts',
    hourly: 'hourly_cost_facts',
    columns: [...columns, 'cost'],
    where: `${inCurrency}\n      and ${matchesVariables('f')}`,
  };
}

/** Usage of the chosen resources, priced or not. */
export function usage(...columns: string[]): FactSource {
  return {
    daily: 'daily_usage',
    hourly: 'hourly_usage',
    columns: [...columns, 'quantity'],
    where: matchesVariables('f'),
  };
}

/** Usage of the chosen resources for which no price was in force. */
export function unpricedUsage(...columns: string[]): FactSource {
  return {
    daily: 'daily_usage',
    hourly: 'unrated_usage',
    columns: [...columns, 'quantity'],
    where: `f.quantity <> 0\n      and ${matchesVariables('f')}`,
    whereDaily: 'not f.rated',
  };
}

/** Whether anything was ever collected: without it a figure is unknown, with it a missing one is zero. */
export const ANYTHING_COLLECTED = 'exists (select from chargeback.meter_status where watermark is not null)';
