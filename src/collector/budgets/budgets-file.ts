import { BudgetsFile } from '../../api/budgets';
import { readYaml, type ReportProblem } from '../yaml-file';

/** The text of a `budgets.yaml`, checked; throws INVALID_FILE listing every problem with its line and column. */
export function parseBudgetsFile(text: string, name: string): BudgetsFile {
  return readYaml(text, name, BudgetsFile, refuseTwins, refuseTwins);
}

/** A budget is known by its name within its workspace. Works on any value: what has another shape is the schema's to tell. */
function refuseTwins(file: unknown, problem: ReportProblem): void {
  const budgets: unknown = typeof file === 'object' && file !== null && 'budgets' in file ? file.budgets : [];
  const seen = new Map<string, number>();
  (Array.isArray(budgets) ? budgets : []).forEach((budget: unknown, index) => {
    if (typeof budget !== 'object' || budget === null || !('name' in budget) || typeof budget.name !== 'string') {
      return;
    }
    const scope: unknown = 'scope' in budget ? budget.scope : undefined;
    const named = typeof scope === 'object' && scope !== null && 'workspace' in scope ? scope.workspace : undefined;
    const workspace = typeof named === 'string' ? named : null;
    const key = JSON.stringify([budget.name, workspace]);
    const twin = seen.get(key);
    if (twin !== undefined) {
      problem(['budgets', index, 'name'], `budgets[${twin}] has the same name; give one of them another`);
    }
    seen.set(key, twin ?? index);
  });
}
