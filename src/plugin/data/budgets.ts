import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import type {
  Budget,
  BudgetBackTest,
  BudgetCrossingQuery,
  BudgetCrossings,
  BudgetInput,
  BudgetList,
} from '../../api/budgets';
import { fetchJson, request, type QueryParams } from './request';

/** All budgets that one may see, each with how it stands. */
export function listBudgets(): Observable<BudgetList> {
  return fetchJson<BudgetList>('v1/budgets');
}

/** A budget as it is now; 404 when it is gone. */
export function getBudget(id: number): Observable<Budget> {
  return fetchJson<Budget>(`v1/budgets/${id}`);
}

/** Which budget is written: a new one, or one that was read in a certain version. */
export interface BudgetTarget {
  id?: number;
  version?: number;
}

/** Saves a budget; 412 when it was changed since it was read. */
export function saveBudget({ id, version }: BudgetTarget, budget: BudgetInput): Observable<Budget> {
  const saving =
    id === undefined
      ? request<Budget>({ path: 'v1/budgets', method: 'POST', data: budget })
      : request<Budget>({ path: `v1/budgets/${id}`, method: 'PUT', version, data: budget });
  return saving.pipe(map(({ data }) => data));
}

/** How a budget would have done in the last 12 months; writes nothing. */
export function backTestBudget(budget: BudgetInput): Observable<BudgetBackTest> {
  return request<BudgetBackTest>({ path: 'v1/budgets/preview', method: 'POST', data: budget }).pipe(
    map(({ data }) => data),
  );
}

/** Removes a budget, not what is known of its crossings; 412 when it was changed since it was read. */
export function deleteBudget({ id, version }: Pick<Budget, 'id' | 'version'>): Observable<void> {
  return request<unknown>({ path: `v1/budgets/${id}`, method: 'DELETE', version }).pipe(map(() => undefined));
}

/** Thresholds that were crossed, newest first, page by page. */
export function listCrossings(question: z.input<typeof BudgetCrossingQuery>): Observable<BudgetCrossings> {
  return fetchJson<BudgetCrossings>('v1/budgets/crossings', { ...question } as QueryParams);
}
