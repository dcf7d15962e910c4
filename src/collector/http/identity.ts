import { ROLES, type Role } from '../../api/common';
import { compileGlob, matchGlob } from '../../domain/glob';
import { ChargebackError } from '../errors';

/** Who asks, and what of the costs may be seen. */
export interface Identity {
  login: string;
  role: Role;
  /** Names, sorted; null: every workspace and what is unallocated; none: nothing. */
  workspaces: string[] | null;
  /** Names and globs that `workspaces` stands for; `*` when that is null. */
  granted: string[];
  /** Login of the administrator who sees what this one would. */
  seenBy?: string;
}

/** Whether `identity` has `role` or a higher one. */
export function hasRole(identity: Identity, role: Role): boolean {
  return ROLES.indexOf(identity.role) >= ROLES.indexOf(role);
}

/** Throws FORBIDDEN unless `identity` has `role` or a higher one. */
export function requireRole(identity: Identity, role: Role): void {
  if (!hasRole(identity, role)) {
    throw new ChargebackError('FORBIDDEN', `This needs the role ${role}; ${identity.login} is ${identity.role}.`);
  }
}

/** Throws FORBIDDEN for one who may not see every workspace. */
export function requireAllWorkspaces(identity: Identity): void {
  if (identity.workspaces !== null) {
    throw new ChargebackError(
      'FORBIDDEN',
      `This speaks of all workspaces, and ${identity.login} has not been granted all of them. ${ASK}`,
    );
  }
}

/** Whether `identity` may see `workspace` (empty: what is unallocated), be there one of that name or not. */
export function maySeeWorkspace({ workspaces, granted }: Identity, workspace: string): boolean {
  return workspaces === null || (workspace !== '' && granted.some((glob) => matchGlob(compileGlob(glob), workspace)));
}

/**
 * The workspaces to answer about: those `asked` for; without any those that `identity` may see, undefined for all of
 * them. An empty list means nothing. Throws FORBIDDEN when one asked for was not granted, whether it exists or not.
 */
export function visibleWorkspaces(identity: Identity, asked: string[] | undefined): string[] | undefined {
  if (asked?.some((workspace) => !maySeeWorkspace(identity, workspace))) {
    throw new ChargebackError(
      'FORBIDDEN',
      `${identity.login} has not been granted ${asked.length === 1 ? 'this workspace' : 'all of these workspaces'}. ${ASK}`,
    );
  }
  return asked ?? identity.workspaces ?? undefined;
}

const ASK = 'Ask an administrator of Chargeback for access.';
