import type { BudgetList } from '../../../api/budgets';
import type { Me } from '../../../api/me';

/** What the page knows of budgets, of one moment. */
export interface BudgetsData {
  me: Me;
  list: BudgetList;
}
