import { matchesVariables } from './dimensions';
import type { FactSource } from './time-range';

const inCurrency = 'f.currency = ${currency:sqlstring}';

/** Costs of the chosen currency and resources; sums over currencies would mean nothing. */
export function costs(...columns: string[]): FactSource {
  return {
    views: { monthly: 'monthly_cost_facts', daily: 'daily_cost_facts', hourly: 'hourly_cost_facts' },
    columns: [...columns, 'cost'],
    where: `${inCurrency}\n      and ${matchesVariables('f')}`,
  };
}

/** Usage of the chosen resources, priced or not. */
export function usage(...columns: string[]): FactSource {
  return {
    views: { monthly: 'monthly_usage', daily: 'daily_usage', hourly: 'hourly_usage' },
    columns: [...columns, 'quantity'],
    where: matchesVariables('f'),
  };
}

/** Usage of the chosen resources for which no price was in force. */
export function unpricedUsage(...columns: string[]): FactSource {
  const all = usage(...columns);
  return { ...all, where: `not f.rated and f.quantity <> 0\n      and ${all.where}` };
}

/** Whether anything was ever collected: without it a figure is unknown, with it a missing one is zero. */
export const ANYTHING_COLLECTED = 'exists (select from chargeback.meter_status where watermark is not null)';
