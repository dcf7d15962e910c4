import { DateTime } from 'luxon';

/** How long a period of a budget is. */
export const BUDGET_INTERVALS = ['month', 'quarter', 'year'] as const;
export type BudgetInterval = (typeof BUDGET_INTERVALS)[number];

/** Months of a period, by the interval. */
export const MONTHS_OF: Record<BudgetInterval, number> = { month: 1, quarter: 3, year: 12 };

/** The fields of a resource that a budget can be narrowed to, from the widest to the narrowest. */
export const BUDGET_SCOPE_FIELDS = [
  'organization',
  'business_unit',
  'product',
  'team',
  'cost_center',
  'workspace',
  'application',
  'environment',
  'cluster',
] as const;
export type BudgetScopeField = (typeof BUDGET_SCOPE_FIELDS)[number];

/** What percent of the amount are thresholds when a budget names none. */
export const DEFAULT_THRESHOLDS = ['50', '90', '100'] as const;

/** Billing months `[start, end)` as `YYYY-MM`. */
export interface BudgetPeriod {
  start: string;
  end: string;
}

/**
 * The period of a budget that contains `month`: periods follow each other from `validFrom`, so that a year that begins in
 * April is a budget by year, valid from an April. Months are `YYYY-MM`. Null for a month before `validFrom`.
 */
export function budgetPeriodOf(month: string, validFrom: string, interval: BudgetInterval): BudgetPeriod | null {
  const index = (name: string) => Number(name.slice(0, 4)) * 12 + Number(name.slice(5)) - 1;
  const passed = index(month) - index(validFrom);
  if (passed < 0) {
    return null;
  }
  const start = DateTime.fromISO(`${validFrom}-01`, { zone: 'UTC' }).plus({
    months: passed - (passed % MONTHS_OF[interval]),
  });
  return { start: start.toFormat('yyyy-MM'), end: start.plus({ months: MONTHS_OF[interval] }).toFormat('yyyy-MM') };
}

/** Its first and last month, for people: `2026-11`, `2026-04 to 2027-03`; as the views write it. */
export function budgetPeriodText({ start, end }: BudgetPeriod): string {
  const last = DateTime.fromISO(`${end}-01`, { zone: 'UTC' }).minus({ months: 1 }).toFormat('yyyy-MM');
  return last === start ? start : `${start} to ${last}`;
}
