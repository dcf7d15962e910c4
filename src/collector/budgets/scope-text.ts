import type { BudgetScope } from '../../api/budgets';
import { BUDGET_SCOPE_FIELDS } from '../../domain/budget';

/** A scope in the words of the view budget_status: `whole platform`, or `team: orders, cluster: vc-1`. */
export function scopeText(scope: BudgetScope): string {
  const parts = BUDGET_SCOPE_FIELDS.flatMap((field) => {
    const value = scope[field];
    return value === undefined ? [] : [`${field.replaceAll('_', ' ')}: ${value === '' ? 'Unallocated' : value}`];
  });
  return parts.length > 0 ? parts.join(', ') : 'whole platform';
}
