import { RESOURCE_FIELDS, type ResourceField } from '../../../../domain/resource';
import type { FieldRow, RuleForm } from './rule-form';

/** Where names are customarily cut: `vc-pay-eu`, `orders.created`, `team/service`. */
const SEPARATORS = /[.\-_/:]/g;

/** The fields by which usage is usually told apart, the most telling first. */
export const TELLING: ResourceField[] = ['cluster', 'topic', 'principal', 'application', 'agent', 'model'];

/** Globs that match `name`, the narrowest first: `vc-pay-eu` → `vc-pay-eu`, `vc-pay-*`, `vc-*`, `*`. */
export function suggestGlobs(name: string): string[] {
  const cuts = [...name.matchAll(SEPARATORS)].map(({ index }) => index + 1).filter((cut) => cut < name.length);
  return [name, ...cuts.reverse().map((cut) => `${name.slice(0, cut)}*`), '*'].filter(
    (glob, index, globs) => glob !== '' && globs.indexOf(glob) === index,
  );
}

/** A rule for a resource that nobody owns: its first two telling fields as they are, and a workspace to be named. */
export function suggestRule(resource: Readonly<Record<ResourceField, string>>): RuleForm {
  const observed = [...TELLING, ...RESOURCE_FIELDS].filter(
    (field, index, fields) => resource[field] !== '' && fields.indexOf(field) === index,
  );
  const match: FieldRow[] = observed.slice(0, 2).map((field) => ({ field, value: resource[field] }));
  return { match, set: [{ field: 'workspace', value: '' }], validFrom: '' };
}
