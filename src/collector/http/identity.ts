import { ROLES, type Role } from '../../api/common';
import { ChargebackError } from '../errors';

/** Who asks. `workspace` null: sees every workspace. */
export interface Identity {
  login: string;
  role: Role;
  workspace: string | null;
}

/** Throws FORBIDDEN unless `identity` has `role` or a higher one. */
export function requireRole(identity: Identity, role: Role): void {
  if (ROLES.indexOf(identity.role) < ROLES.indexOf(role)) {
    throw new ChargebackError('FORBIDDEN', `This needs the role ${role}; ${identity.login} is ${identity.role}.`);
  }
}

/** Throws FORBIDDEN for one who may see a single workspace only. */
export function requireAllWorkspaces(identity: Identity): void {
  if (identity.workspace !== null) {
    throw new ChargebackError(
      'FORBIDDEN',
      `This speaks of all workspaces, and ${identity.login} may see ${nameOf(identity.workspace)} only.`,
    );
  }
}

/**
 * The workspaces to answer about: those `asked` for, or all (undefined) when none are; of one who may see a single
 * workspace, that one. Throws FORBIDDEN when another one is asked for.
 */
export function visibleWorkspaces(identity: Identity, asked: string[] | undefined): string[] | undefined {
  const { workspace } = identity;
  if (workspace === null) {
    return asked;
  }
  const foreign = asked?.filter((other) => other !== workspace) ?? [];
  if (foreign.length > 0) {
    throw new ChargebackError(
      'FORBIDDEN',
      `${identity.login} may see ${nameOf(workspace)} only, not ${foreign.map(nameOf).join(', ')}.`,
    );
  }
  return [workspace];
}

const nameOf = (workspace: string) => (workspace === '' ? 'what is unallocated' : `the workspace ${workspace}`);
