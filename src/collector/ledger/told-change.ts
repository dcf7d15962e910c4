import type { Grant } from '../../api/access';
import type { DirectoryRule } from '../../api/directory';
import { DirectoryChange, type HistoryEntry } from '../../api/history';
import { directoryChange, withoutOthers } from '../directory/directory-change';

type Sides = Pick<HistoryEntry, 'before' | 'after'>;

/** Grants that a change tells; of more it tells the number. */
const TOLD = 50;

/**
 * Before and after as they are told: of the directory and of the grants, which may be megabytes, only what differs.
 * `everything` false leaves out what tells of rules of others.
 */
export function toldChange(
  { action, before, after }: Sides & Pick<HistoryEntry, 'action'>,
  everything: boolean,
): Sides {
  if (action === 'access.apply') {
    const [old, now] = [grantsOf(before), grantsOf(after)];
    return { before: before === null ? null : differingGrants(old, now), after: differingGrants(now, old) };
  }
  if (action !== 'directory.apply') {
    return { before, after };
  }
  const sides =
    Array.isArray(before) && Array.isArray(after)
      ? summed(before as DirectoryRule[], after as DirectoryRule[])
      : { before, after };
  const told = (side: unknown) => {
    const change = DirectoryChange.safeParse(side).data;
    return change ? withoutOthers(change) : null;
  };
  return everything ? sides : { before: told(sides.before), after: told(sides.after) };
}

/** A change of the directory was recorded with all its rules once. */
function summed(before: DirectoryRule[], after: DirectoryRule[]): Sides {
  return { before: directoryChange(before, after), after: directoryChange(after, before) };
}

const grantsOf = (side: unknown): Grant[] => (side as { grants: Grant[] } | null)?.grants ?? [];

/** The grants that the `other` list has not: at most 50, and how many there are. */
export function differingGrants(grants: Grant[], other: Grant[]): { differing: number; grants: Grant[] } {
  const known = new Set(other.map((grant) => JSON.stringify(grant)));
  const differing = grants.filter((grant) => !known.has(JSON.stringify(grant)));
  return { differing: differing.length, grants: differing.slice(0, TOLD) };
}
