import { globIncludes, globsMeet } from './glob-sets';
import type { OwnershipRule } from './ownership';
import type { ResourceField } from './resource';

type Matching = Pick<OwnershipRule, 'match'>;

const tests = ({ match }: Matching) => Object.entries(match) as Array<[ResourceField, string]>;

/** Whether every resource that `narrow` matches is matched by `wide`; when they begin to hold is not looked at. */
export function matchesAllOf(wide: Matching, narrow: Matching): boolean {
  return tests(wide).every(([field, glob]) => {
    const narrower = narrow.match[field];
    return narrower !== undefined && globIncludes(glob, narrower);
  });
}

/** Whether there can be a resource that both match. */
export function matchTheSame(one: Matching, other: Matching): boolean {
  return tests(one).every(([field, glob]) => {
    const also = other.match[field];
    return also === undefined || globsMeet(glob, also);
  });
}
