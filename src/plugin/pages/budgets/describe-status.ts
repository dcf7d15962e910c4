import type { Budget, BudgetStatus } from '../../../api/budgets';
import { formatMoney } from '../../format/money';
import { formatPercent, formatThreshold } from './budget-words';

/** How a budget stands, in a sentence for those who do not see the bar. */
export function describeStatus(
  { amount, currency }: Pick<Budget, 'amount' | 'currency'>,
  status: BudgetStatus,
): string {
  const { used_percent: used, elapsed_percent: elapsed, thresholds } = status;
  const reached = thresholds.filter((one) => one.reached).map(({ percent }) => formatThreshold(percent));
  const passed = reached.length === 0 ? 'no threshold reached' : `reached ${reached.join(', ')}`;
  return `${formatPercent(used)} of ${formatMoney(amount, currency)} used, ${formatPercent(elapsed)} of the time passed; ${passed}`;
}

/** The thresholds at or above which spend is now. */
export function reachedOf(status: BudgetStatus): string[] {
  return status.thresholds.filter(({ reached }) => reached).map(({ percent }) => percent);
}
