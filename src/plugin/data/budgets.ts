import type { Observable } from 'rxjs';
import type { z } from 'zod';
import type {
  Budget,
  BudgetBackTest,
  BudgetCrossingQuery,
  BudgetCrossings,
  BudgetInput,
  BudgetList,
} from '../../api/budgets';
import { ask, onVersion } from './collector';

/** All budgets that one may see, each with how it stands. */
export function listBudgets(): Observable<BudgetList> {
  return ask('listBudgets');
}

/** A budget as it is now; 404 when it is gone. */
export function getBudget(id: number): Observable<Budget> {
  return ask('getBudget', { id });
}

/** Which budget is written: a new one, or one that was read in a certain version. */
export interface BudgetTarget {
  id?: number;
  version?: number;
}

/** Saves a budget; 412 when it was changed since it was read. */
export function saveBudget({ id, version }: BudgetTarget, budget: BudgetInput): Observable<Budget> {
  return id === undefined
    ? ask('createBudget', { body: budget })
    : ask('replaceBudget', { id, body: budget }, onVersion(version));
}

/** How a budget would have done in the last 12 months; writes nothing. */
export function backTestBudget(budget: BudgetInput): Observable<BudgetBackTest> {
  return ask('previewBudget', { body: budget });
}

/** Removes a budget, not what is known of its crossings; 412 when it was changed since it was read. */
export function deleteBudget({ id, version }: Pick<Budget, 'id' | 'version'>): Observable<void> {
  return ask('deleteBudget', { id }, onVersion(version));
}

/** Thresholds that were crossed, newest first, page by page. */
export function listCrossings(question: z.input<typeof BudgetCrossingQuery>): Observable<BudgetCrossings> {
  return ask('listCrossings', question);
}
