import type { BudgetInput } from '../../../api/budgets';
import { BUDGET_SCOPE_FIELDS } from '../../../domain/budget';
import { formatPrice } from '../../format/money';
import { fieldName, UNALLOCATED } from '../../format/names';
import { periodLabel } from '../../format/period';
import type { Difference } from './rate-card-differences';

/** What a budget says, stored or as it was typed. */
export type BudgetContent = Pick<
  BudgetInput,
  'name' | 'scope' | 'amount' | 'currency' | 'interval' | 'thresholds' | 'owner' | 'contact' | 'valid_from' | 'notes'
>;

/** A budget in words, by the names of its fields; the amount in full, never rounded. */
export function budgetInWords(budget: BudgetContent | null): Map<string, string[]> {
  if (!budget) {
    return new Map();
  }
  const scope = BUDGET_SCOPE_FIELDS.flatMap((field) => {
    const value = budget.scope[field];
    return value === undefined ? [] : [`${fieldName(field)} ${value === '' ? UNALLOCATED : value}`];
  });
  return new Map([
    ['Name', [budget.name]],
    ['For', scope.length === 0 ? ['the whole platform'] : scope],
    ['Amount', [`${formatPrice(budget.amount, budget.currency ?? '')} per ${budget.interval}`]],
    ['Thresholds', [budget.thresholds.map((percent) => `${percent} %`).join(', ')]],
    ['Owner', [budget.owner]],
    ['Contact', budget.contact],
    ['First period begins', [periodLabel(budget.valid_from)]],
    ['Notes', budget.notes === '' ? [] : budget.notes.split('\n')],
  ]);
}

/** What differs between two budgets, or of a budget that appears or goes, in words. */
export function budgetDifferences(before: BudgetContent | null, after: BudgetContent | null): Difference[] {
  const old = budgetInWords(before);
  const now = budgetInWords(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((label) => ({ label, before: old.get(label) ?? [], after: now.get(label) ?? [] }))
    .filter((one) => one.before.join('\n') !== one.after.join('\n'));
}
