import type { Budget } from '../../../api/budgets';
import { Decimal } from '../../../domain/decimal';
import { scopeParts } from './budget-words';

/** The columns by which budgets are put in order. */
export const ORDERS = ['name', 'scope', 'period', 'amount', 'used', 'elapsed', 'burn', 'owner', 'crossed'] as const;
export type OrderColumn = (typeof ORDERS)[number];

export interface BudgetOrder {
  column: OrderColumn;
  descending: boolean;
}

/** Figures begin with the greatest, names with A. */
export const FIGURES: ReadonlySet<OrderColumn> = new Set(['amount', 'used', 'elapsed', 'burn', 'crossed']);

const TEXTS: Partial<Record<OrderColumn, (budget: Budget) => string>> = {
  name: ({ name }) => name,
  scope: ({ scope }) => scopeParts(scope).join('\n'),
  period: ({ status, valid_from: from }) => status?.period.start ?? from,
  owner: ({ owner }) => owner,
};

const crossedAt = ({ status }: Budget): string | null =>
  (status?.thresholds ?? []).flatMap(({ crossed_at: at }) => at ?? []).reduce((a, b) => (a > b ? a : b), '') || null;

/** A figure of a budget to compare by; null comes last however it is sorted. */
function figureOf(budget: Budget, column: OrderColumn): Decimal | null {
  const { status, amount } = budget;
  const texts: Partial<Record<OrderColumn, string | null | undefined>> = {
    amount,
    used: status?.used_percent,
    elapsed: status?.elapsed_percent,
    burn: status?.burn_ratio,
  };
  if (column === 'crossed') {
    const at = crossedAt(budget);
    return at === null ? null : new Decimal(Date.parse(at));
  }
  const text = texts[column] ?? null;
  return text === null ? null : new Decimal(text);
}

/** Budgets in an order; those of which the figure is not known stand last, and equal ones by name. */
export function inOrder(budgets: Budget[], { column, descending }: BudgetOrder): Budget[] {
  const sign = descending ? -1 : 1;
  const byName = (a: Budget, b: Budget) => a.name.localeCompare(b.name, 'en');
  const textOf = TEXTS[column];
  if (textOf) {
    const keyed = budgets.map((budget) => ({ budget, key: textOf(budget) }));
    return keyed
      .sort((a, b) => sign * a.key.localeCompare(b.key, 'en') || byName(a.budget, b.budget))
      .map(({ budget }) => budget);
  }
  const keyed = budgets.map((budget) => ({ budget, key: figureOf(budget, column) }));
  return keyed
    .sort((a, b) => {
      if (a.key === null || b.key === null) {
        return Number(a.key === null) - Number(b.key === null) || byName(a.budget, b.budget);
      }
      // Amounts of different currencies cannot be compared: each currency has its own order.
      const currencies = column === 'amount' ? a.budget.currency.localeCompare(b.budget.currency, 'en') : 0;
      return currencies || sign * a.key.comparedTo(b.key) || byName(a.budget, b.budget);
    })
    .map(({ budget }) => budget);
}
