import type { DirectoryRule } from '../../../../api/directory';
import { fieldName } from '../../../format/names';
import type { ResourceField } from '../../../../domain/resource';

const told = (fields: DirectoryRule['match']) =>
  Object.entries(fields)
    .map(([field, value]) => `${fieldName(field as ResourceField)} ${value}`)
    .join(', ');

/** A rule in one line: `Cluster vc-pay-*, Topic orders.* → Workspace payments`; also what a search looks in. */
export function ruleName({ match, set }: DirectoryRule): string {
  return `${told(match)} → ${told(set)}`;
}
