import type { DirectoryRule } from '../../api/directory';
import { globIncludes, globsMeet } from '../../domain/glob-sets';
import type { ResourceField } from '../../domain/resource';

const tests = ({ match }: DirectoryRule) => Object.entries(match) as Array<[ResourceField, string]>;

/** Whether every resource that `narrow` matches is matched by `wide`; when they begin to hold is not looked at. */
export function matchesAllOf(wide: DirectoryRule, narrow: DirectoryRule): boolean {
  return tests(wide).every(([field, glob]) => {
    const narrower = narrow.match[field];
    return narrower !== undefined && globIncludes(glob, narrower);
  });
}

/** Whether there can be a resource that both match. */
export function matchTheSame(one: DirectoryRule, other: DirectoryRule): boolean {
  return tests(one).every(([field, glob]) => {
    const also = other.match[field];
    return also === undefined || globsMeet(glob, also);
  });
}
