import type { Budget } from '../../../api/budgets';
import { Decimal } from '../../../domain/decimal';

/** What one looks for in a list of budgets; a budget may be several of them. */
export const BUDGET_STATES = ['on track', 'burning too fast', 'threshold crossed', 'breached', 'not begun'] as const;
export type BudgetState = (typeof BUDGET_STATES)[number];

/** From where on a budget is used up faster than its period passes, and from where on much faster. */
export const BURN = { tooFast: '1', muchTooFast: '1.2' } as const;

type Judged = Pick<Budget, 'status'>;

/** How bad a figure is. */
export type Severity = 'good' | 'notice' | 'warning' | 'bad';

/** Whether a budget is in a state. A burn ratio counts only until all is spent: then there is nothing left to burn. */
export function isInState({ status }: Judged, state: BudgetState): boolean {
  if (status === null) {
    return state === 'not begun';
  }
  const breached = new Decimal(status.used_percent).gte(100);
  const fast = status.burn_ratio !== null && new Decimal(status.burn_ratio).gt(BURN.tooFast);
  switch (state) {
    case 'breached':
      return breached;
    case 'burning too fast':
      return !breached && fast;
    case 'threshold crossed':
      return status.thresholds.some(({ crossed_at: crossed, reached }) => reached || crossed !== null);
    case 'on track':
      return !breached && !fast;
    case 'not begun':
      return false;
  }
}

/** The state by which a budget is called: the gravest, crossings aside, which say little of themselves. */
export function headlineOf(budget: Judged): Exclude<BudgetState, 'threshold crossed'> {
  const gravest = ['not begun', 'breached', 'burning too fast'] as const;
  return gravest.find((state) => isInState(budget, state)) ?? 'on track';
}

/** How bad the use is, by the highest threshold that is reached: below 90 % a notice, below 100 % a warning. */
export function severityOfUse(reached: string[]): Severity {
  const highest = reached.map((percent) => new Decimal(percent)).reduce((a, b) => Decimal.max(a, b), new Decimal(0));
  return highest.isZero() ? 'good' : highest.lt(90) ? 'notice' : highest.lt(100) ? 'warning' : 'bad';
}

/** How bad a burn ratio is. */
export function severityOfBurn(ratio: string): Exclude<Severity, 'notice'> {
  return new Decimal(ratio).lte(BURN.tooFast) ? 'good' : new Decimal(ratio).lte(BURN.muchTooFast) ? 'warning' : 'bad';
}
