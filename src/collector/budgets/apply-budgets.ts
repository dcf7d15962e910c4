import type { BudgetsFile } from '../../api/budgets';
import type { Context } from '../context';
import { contentOf } from './budget-content';
import { findBudgets } from './budget-store';
import { decided, saveBudget, writingBudgets } from './budgets';
import { recordCrossings } from './record-crossings';

/**
 * Applies a file: budgets are found by their names, those that it does not name stay. The same file twice changes nothing.
 * Records what the budgets have crossed already.
 */
export async function applyBudgets(
  context: Pick<Context, 'pool' | 'config'>,
  file: BudgetsFile,
  actor: string,
): Promise<{ created: number; changed: number; unchanged: number }> {
  return writingBudgets(context.pool, async (db) => {
    const existing = new Map((await findBudgets(db)).map((budget) => [budget.name, budget]));
    const result = { created: 0, changed: 0, unchanged: 0 };
    for (const input of file.budgets) {
      const budget = decided(input, context);
      const before = existing.get(budget.name);
      if (before && JSON.stringify(contentOf(before)) === JSON.stringify(contentOf(budget))) {
        result.unchanged += 1;
        continue;
      }
      await saveBudget(db, budget, before, { actor, maySee: () => true });
      result[before ? 'changed' : 'created'] += 1;
    }
    await recordCrossings(db, context);
    return result;
  });
}
