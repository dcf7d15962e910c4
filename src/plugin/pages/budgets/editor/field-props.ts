import type { BudgetForm } from './budget-form';

/** What the fields of a budget are given. */
export interface FieldProps {
  form: BudgetForm;
  problemOf: (path: string) => string | undefined;
  /** A field was left: from then on its problem shows. */
  onTouch: (path: string) => void;
  onChange: (form: BudgetForm, path: string) => void;
}
