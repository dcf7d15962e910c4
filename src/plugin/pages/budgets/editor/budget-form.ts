import type { Budget } from '../../../../api/budgets';
import {
  BUDGET_SCOPE_FIELDS,
  DEFAULT_THRESHOLDS,
  type BudgetInterval,
  type BudgetScopeField,
} from '../../../../domain/budget';

/** A field that a budget is narrowed to; the value is null until one is chosen, and empty for what has none. */
export interface ScopeRow {
  field: BudgetScopeField;
  value: string | null;
}

/** A budget as it is typed. */
export interface BudgetForm {
  name: string;
  scope: ScopeRow[];
  amount: string;
  currency: string;
  interval: BudgetInterval;
  /** Percentages with commas or spaces between them. */
  thresholds: string;
  owner: string;
  /** Addresses, a line each. */
  contact: string;
  /** `YYYY-MM` */
  validFrom: string;
  notes: string;
}

/** The form of a stored budget, or of a new one that begins with the month `thisMonth`. */
export function formOf(budget: Budget | undefined, thisMonth: string, currency: string): BudgetForm {
  return {
    name: budget?.name ?? '',
    scope: BUDGET_SCOPE_FIELDS.flatMap((field) => {
      const value = budget?.scope[field];
      return value === undefined ? [] : [{ field, value }];
    }),
    amount: budget?.amount ?? '',
    currency: budget?.currency ?? currency,
    interval: budget?.interval ?? 'month',
    thresholds: (budget?.thresholds ?? DEFAULT_THRESHOLDS).join(', '),
    owner: budget?.owner ?? '',
    contact: (budget?.contact ?? []).join('\n'),
    validFrom: budget?.valid_from ?? thisMonth,
    notes: budget?.notes ?? '',
  };
}

const words = (text: string, between: RegExp) => text.split(between).filter((word) => word !== '');

/** What the form says, in the shape of the API; what is typed wrongly stays wrong for the schema to find. */
export function inputOf(form: BudgetForm): Record<string, unknown> {
  const { name, scope, amount, currency, interval, thresholds, owner, contact, validFrom, notes } = form;
  return {
    name: name.trim(),
    scope: Object.fromEntries(scope.map(({ field, value }) => [field, value])),
    amount: amount.trim(),
    currency,
    interval,
    thresholds: words(thresholds, /[\s,;%]+/),
    owner: owner.trim(),
    contact: words(contact, /[\s,;]+/),
    valid_from: validFrom.trim(),
    notes: notes.trim(),
  };
}
