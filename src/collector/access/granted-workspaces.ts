import type { DefaultAccess, Grant } from '../../api/access';

/** What tells whom a grant is for. Service accounts and anonymous visitors have only their organization. */
export interface Grantee {
  login?: string | undefined;
  /** Ids of teams in Grafana, and their names as far as they are known. */
  teams?: Array<number | string>;
  /** Address that Grafana has verified. */
  email?: string | undefined;
  organization?: { id: number | undefined; name: string } | undefined;
}

/** Names and globs of the workspaces that `who` may see, of all grants that fit; by default when none does. */
export function grantedWorkspaces(grants: Grant[], who: Grantee, byDefault: DefaultAccess): string[] {
  const fitting = grants.filter((grant) => fits(grant, who));
  if (fitting.length === 0) {
    return byDefault === 'all' ? ['*'] : [];
  }
  return [...new Set(fitting.flatMap(({ workspaces }) => workspaces))];
}

/** Whether a grant is for `who`. */
export function fits(grant: Grant, { login, teams = [], email, organization }: Grantee): boolean {
  if (grant.login !== undefined) {
    return grant.login === login;
  }
  if (grant.team !== undefined) {
    return teams.includes(grant.team);
  }
  if (grant.email_domain !== undefined) {
    return email !== undefined && email.slice(email.lastIndexOf('@') + 1).toLowerCase() === grant.email_domain;
  }
  return grant.organization !== undefined && [organization?.id, organization?.name].includes(grant.organization);
}
