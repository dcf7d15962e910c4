import { LINE_FIELDS, type LineKind } from '../../../domain/chargeback-line';
import { RESOURCE_FIELDS } from '../../../domain/resource';
import type { ChargebackScope } from '../../data/chargeback';
import { workspaceName } from '../../format/names';
import type { CostsQueryState, LineNames } from './costs-query';

/** The fields that name a line, with those that the page fixes left in: an empty name is a name, too. */
export function lineNames(kind: LineKind, line: LineNames): LineNames {
  return Object.fromEntries(LINE_FIELDS[kind].map((field) => [field, line[field] ?? '']));
}

/** The scope of one line of a page: its names take the place of the page's filters of the same fields. */
export function lineScope(scope: ChargebackScope, line: LineNames): ChargebackScope {
  return { ...scope, ...line };
}

/** How a line is called above its explanation: `checkout · prod · payments`. */
export function lineTitle(line: LineNames, ofWorkspace: boolean): string {
  const { workspace, ...rest } = line;
  const names = Object.values(rest).filter(Boolean);
  return [
    ...names,
    ...(workspace === undefined || (ofWorkspace && names.length > 0) ? [] : [workspaceName(workspace)]),
  ].join(' · ');
}

/** Whether the page is narrowed to less than its workspace or the platform. */
export function isFiltered({ filters, workspace }: Pick<CostsQueryState, 'filters'> & { workspace?: string }): boolean {
  return RESOURCE_FIELDS.some(
    (field) => filters[field] !== undefined && !(field === 'workspace' && workspace !== undefined),
  );
}
