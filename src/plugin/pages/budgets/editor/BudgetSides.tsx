import { budgetInWords } from '../../../components/history/budget-differences';
import { ThreeSides } from '../../../components/ThreeSides';
import type { Sides } from './use-budget-editor';

/** What is not the same on all three sides of a budget, in words. */
export function BudgetSides({ sides: { base, theirs, mine } }: { sides: Sides }) {
  return (
    <ThreeSides
      name={base.name}
      changedBy={theirs.updated_by}
      sides={[budgetInWords(base), budgetInWords(theirs), budgetInWords(mine)]}
    />
  );
}
