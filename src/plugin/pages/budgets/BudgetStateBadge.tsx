import { Badge, type BadgeColor } from '@grafana/ui';
import type { Budget } from '../../../api/budgets';
import { headlineOf, severityOfBurn, type BudgetState } from './budget-state';

/** The states on the screen. */
export const STATE_NAMES: Record<BudgetState, string> = {
  'on track': 'On track',
  'burning too fast': 'Burning too fast',
  'threshold crossed': 'Threshold crossed',
  breached: 'Breached',
  'not begun': 'Not begun',
};

/** What a state means. */
export const STATE_MEANINGS: Record<BudgetState, string> = {
  'on track': 'It is used up no faster than its period passes',
  'burning too fast': 'At this rate it will not last until the end of its period',
  'threshold crossed': 'A threshold was crossed in this period',
  breached: 'All of it is spent, or more',
  'not begun': 'Its first period lies ahead, or nothing was collected in it yet',
};

/** How a budget stands, in a word. */
export function BudgetStateBadge({ budget }: { budget: Pick<Budget, 'status'> }) {
  const state = headlineOf(budget);
  const ratio = budget.status?.burn_ratio ?? null;
  const slightly = state === 'burning too fast' && ratio !== null && severityOfBurn(ratio) === 'warning';
  const colors: Record<typeof state, BadgeColor> = {
    'on track': 'green',
    'burning too fast': slightly ? 'orange' : 'red',
    breached: 'red',
    'not begun': 'purple',
  };
  return <Badge text={STATE_NAMES[state]} color={colors[state]} tooltip={STATE_MEANINGS[state]} />;
}
