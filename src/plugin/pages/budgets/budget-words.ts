import type { Budget, BudgetScope } from '../../../api/budgets';
import { BUDGET_SCOPE_FIELDS, type BudgetInterval } from '../../../domain/budget';
import { Decimal } from '../../../domain/decimal';
import { fieldName } from '../../format/names';
import { periodLabel, shiftPeriod } from '../../format/period';

/** What an interval is called. */
export const INTERVAL_NAMES: Record<BudgetInterval, string> = { month: 'Month', quarter: 'Quarter', year: 'Year' };

/** What a budget is for, a part for each field that it is narrowed to, from the widest to the narrowest. */
export function scopeParts(scope: BudgetScope): string[] {
  const parts = BUDGET_SCOPE_FIELDS.flatMap((field) => {
    const value = scope[field];
    return value === undefined ? [] : [`${fieldName(field)} ${value === '' ? 'Unallocated' : value}`];
  });
  return parts.length === 0 ? ['The whole platform'] : parts;
}

/** The months `[start, end)` as a person says them: `November 2026`, `October to December 2026`. */
export function periodWords({ start, end }: { start: string; end: string }): string {
  const last = shiftPeriod(end, -1);
  if (start === last) {
    return periodLabel(start);
  }
  const from = start.slice(0, 4) === last.slice(0, 4) ? periodLabel(start).replace(/ \d+$/, '') : periodLabel(start);
  return `${from} to ${periodLabel(last)}`;
}

/**
 * A percentage with one decimal, never rounded up: 99.96 % of a budget is not all of it. What is above 0 is never shown as
 * nothing.
 */
export function formatPercent(percent: string): string {
  const exact = new Decimal(percent);
  const shown = exact.toDecimalPlaces(1, Decimal.ROUND_DOWN);
  return shown.isZero() && exact.gt(0) ? '<0.1 %' : `${shown.toFixed(1)} %`;
}

/** A ratio with two decimals, rounded as dashboards round it. */
export function formatRatio(ratio: string): string {
  return new Decimal(ratio).toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toFixed(2);
}

/** A threshold as it was written: `90 %`, `97.5 %`. */
export function formatThreshold(percent: string): string {
  return `${new Decimal(percent).toFixed()} %`;
}

/** Whether every word of `search` occurs in the budget's name, scope, owner, contact, notes or currency. */
export function matchesSearch(budget: Budget, search: string): boolean {
  const { name, scope, owner, contact, notes, currency } = budget;
  const text = [name, ...scopeParts(scope), owner, ...contact, notes, currency].join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
