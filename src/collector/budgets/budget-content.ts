import { BUDGET_SCOPE_FIELDS } from '../../domain/budget';
import { formatDecimal } from '../../domain/decimal';
import type { DecidedBudget } from './budget-store';

/**
 * What a person wrote of a budget, in one order and with decimals in one form: two budgets are the same when this is. The
 * history shows it.
 */
export function contentOf(budget: DecidedBudget): DecidedBudget {
  const { name, scope, amount, currency, interval, thresholds, owner, contact, valid_from, notes } = budget;
  return {
    name,
    scope: Object.fromEntries(
      BUDGET_SCOPE_FIELDS.flatMap((field) => (scope[field] === undefined ? [] : [[field, scope[field]]])),
    ),
    amount: formatDecimal(amount),
    currency,
    interval,
    thresholds: thresholds.map(formatDecimal),
    owner,
    contact,
    valid_from,
    notes,
  };
}
