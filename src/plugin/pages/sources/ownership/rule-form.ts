import { DirectoryRule } from '../../../../api/directory';
import type { ResourceField } from '../../../../domain/resource';

/** A field with its value (or glob), as it is typed. */
export interface FieldRow {
  field: ResourceField;
  value: string;
}

/** A rule as it is typed. */
export interface RuleForm {
  match: FieldRow[];
  set: FieldRow[];
  /** Empty: always. */
  validFrom: string;
}

/** Problems of a rule by the path within it: `match.cluster`, `set`, `valid_from`. */
export type RuleProblems = ReadonlyMap<string, string>;

const rowsOf = (fields: DirectoryRule['match']): FieldRow[] =>
  Object.entries(fields).map(([field, value]) => ({ field: field as ResourceField, value }));

/** The form of a rule. */
export function formOf(rule: DirectoryRule): RuleForm {
  return { match: rowsOf(rule.match), set: rowsOf(rule.set), validFrom: rule.valid_from ?? '' };
}

const fieldsOf = (rows: FieldRow[]) => Object.fromEntries(rows.map(({ field, value }) => [field, value.trim()]));

/** The paths of fields that a rule matches or sets as empty. */
export function emptyPaths({ match, set }: RuleForm): string[] {
  return Object.entries({ match, set }).flatMap(([part, rows]) =>
    rows.filter(({ value }) => value.trim() === '').map(({ field }) => `${part}.${field}`),
  );
}

/**
 * The rule when all is well, else every problem of the form at once. An empty value means something to the collector,
 * but is a field that was forgotten, unless the rule had it before: `kept` are the paths of those.
 */
export function checkRule(form: RuleForm, kept: string[] = []): { rule?: DirectoryRule; problems: RuleProblems } {
  const validFrom = form.validFrom.trim();
  const result = DirectoryRule.safeParse({
    match: fieldsOf(form.match),
    set: fieldsOf(form.set),
    ...(validFrom === '' ? {} : { valid_from: validFrom }),
  });
  const forgotten = emptyPaths(form).filter((path) => !kept.includes(path));
  if (result.success && forgotten.length === 0) {
    return { rule: result.data, problems: new Map() };
  }
  return {
    problems: new Map([
      ...forgotten.map((path) => [path, 'needs a value, or leave the field out'] as const),
      ...(result.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message] as const),
    ]),
  };
}
