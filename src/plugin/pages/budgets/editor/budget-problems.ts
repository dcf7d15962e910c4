import { BudgetInput } from '../../../../api/budgets';
import { BUDGET_SCOPE_FIELDS } from '../../../../domain/budget';
import type { ApiError } from '../../../data/api-error';
import { fieldName } from '../../../format/names';
import { inputOf, type BudgetForm } from './budget-form';

/** Problems of a budget by the field in which they are mended: `amount`, `scope.workspace`, `thresholds`. */
export type Problems = ReadonlyMap<string, string>;

const FIELDS: Record<string, string> = {
  name: 'Name',
  scope: 'For',
  amount: 'Amount',
  currency: 'Currency',
  interval: 'Per',
  thresholds: 'Thresholds',
  owner: 'Owner',
  contact: 'Contact',
  valid_from: 'First period begins',
  notes: 'Notes',
};

/** The words on the screen for the field of a problem. */
export function problemName(path: string): string {
  const field = BUDGET_SCOPE_FIELDS.find((one) => path === `scope.${one}`);
  return field ? `For ${fieldName(field).toLowerCase()}` : (FIELDS[path] ?? path);
}

/** The id of the field in which a problem is mended. */
export function fieldId(path: string): string {
  return `budget-${path.replaceAll('.', '-')}`;
}

/** Where a problem of the API's shape is mended: one of several thresholds or addresses is in the field of all of them. */
function placeOf(path: string[], input: Record<string, unknown>): { key: string; which: string } {
  const [field = '', part] = path;
  if ((field === 'thresholds' || field === 'contact') && part !== undefined) {
    const values = input[field];
    return { key: field, which: `“${Array.isArray(values) ? String(values[Number(part)]) : part}” ` };
  }
  return { key: field === 'scope' && part !== undefined ? `scope.${part}` : field, which: '' };
}

function collect(findings: Array<{ path: string[]; message: string }>, input: Record<string, unknown>): Problems {
  const problems = new Map<string, string>();
  for (const { path, message } of findings) {
    const { key, which } = placeOf(path, input);
    // What is typed is text; only who writes JSON must be told so.
    const said = `${which}${message.replace(' written as text', '')}`;
    problems.set(key, problems.has(key) ? `${problems.get(key)}; ${said}` : said);
  }
  return problems;
}

/** The budget when all is well, else every problem at once. */
export function checkBudget(form: BudgetForm): { budget?: BudgetInput; problems: Problems } {
  const input = inputOf(form);
  const { data, error } = BudgetInput.safeParse(input);
  const findings = (error?.issues ?? []).map(({ path, message }) => ({ path: path.map(String), message }));
  const problems = new Map(collect(findings, input));
  for (const { field, value } of form.scope) {
    if (value === null) {
      problems.set(`scope.${field}`, 'choose a value, or leave the field out');
    }
  }
  return problems.size === 0 ? { budget: data, problems } : { problems };
}

/** The fields that the collector found fault with. */
export function problemsOf(error: ApiError, form: BudgetForm): Problems {
  return collect(
    (error.problems ?? []).map(({ path, message }) => ({ path: path.split(/[./]/).filter(Boolean), message })),
    inputOf(form),
  );
}

/**
 * What a back-test needs to know of a budget that is being typed, as long as that is right: what it is called, who answers
 * for it and who is told changes nothing of what was spent.
 */
export function testedInput(form: BudgetForm): BudgetInput | undefined {
  return checkBudget({ ...form, name: 'back-test', owner: 'back-test', contact: '', notes: '' }).budget;
}
