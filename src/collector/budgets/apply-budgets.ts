import type { Budget, BudgetScope, BudgetsFile } from '../../api/budgets';
import type { Context } from '../context';
import { contentOf } from './budget-content';
import { findBudgets, type DecidedBudget } from './budget-store';
import { decided, saveBudget, writingBudgets } from './budgets';
import { recordCrossings } from './record-crossings';

/**
 * Applies a file: budgets are found by name and workspace, or, where the file moves one to another workspace, by a name that
 * one budget alone has. Those that the file does not name stay. The same file twice changes nothing.
 * Records what the budgets have crossed already.
 */
export async function applyBudgets(
  context: Pick<Context, 'pool' | 'config'>,
  file: BudgetsFile,
  actor: string,
): Promise<{ created: number; changed: number; unchanged: number }> {
  return writingBudgets(context.pool, async (db) => {
    const left = await findBudgets(db);
    const named = new Set(file.budgets.map(budgetKey));
    const result = { created: 0, changed: 0, unchanged: 0 };
    for (const input of file.budgets) {
      const budget = decided(input, context);
      const before = takeBudget(left, named, budget);
      if (before && JSON.stringify(contentOf(before)) === JSON.stringify(contentOf(budget))) {
        result.unchanged += 1;
        continue;
      }
      await saveBudget(db, budget, before, { actor });
      result[before ? 'changed' : 'created'] += 1;
    }
    await recordCrossings(db, context);
    return result;
  });
}

const budgetKey = ({ name, scope }: { name: string; scope?: BudgetScope | undefined }) =>
  JSON.stringify([name, scope?.workspace ?? null]);

/** Takes out of `left` the budget that `wanted` is about, undefined for a new one; `named` are those that the file has. */
function takeBudget(left: Budget[], named: Set<string>, wanted: DecidedBudget): Budget | undefined {
  const namesake = left.filter(({ name }) => name === wanted.name);
  const moved = namesake.filter((budget) => !named.has(budgetKey(budget)));
  const found =
    namesake.find((budget) => budgetKey(budget) === budgetKey(wanted)) ?? (moved.length === 1 ? moved[0] : undefined);
  if (found) {
    left.splice(left.indexOf(found), 1);
  }
  return found;
}
