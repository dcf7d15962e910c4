import { ROLES, type Role } from '../../api/common';
import type { Right } from './rights';

/** What one has been granted: no workspace, some of them, or everything (also what is unallocated). */
export const GRANTED = ['nothing', 'some', 'everything'] as const;
export type Granted = (typeof GRANTED)[number];

/**
 * What comes of a request: `refused` (403), `nothing` (an answer without a single workspace in it), `own` (about the
 * workspaces that were granted; another one is answered as if it did not exist), `all`, or `same` for everybody.
 */
export type Outcome = 'refused' | 'nothing' | 'own' | 'all' | 'same';

/** What one with a role and grants gets from a route. */
export function outcomeOf({ role, reach }: Pick<Right, 'role' | 'reach'>, has: Role, granted: Granted): Outcome {
  if (ROLES.indexOf(has) < ROLES.indexOf(role)) {
    return 'refused';
  }
  if (reach === 'nothing') {
    return 'same';
  }
  if (granted === 'everything') {
    return 'all';
  }
  if (reach === 'everything') {
    return 'refused';
  }
  return granted === 'some' ? 'own' : 'nothing';
}
