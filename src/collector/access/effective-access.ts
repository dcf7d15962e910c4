import type { EffectiveAccess, EffectiveAccessQuery } from '../../api/access';
import type { Context } from '../context';
import { getAccess } from './access-store';
import { fits, grantedWorkspaces, type Grantee } from './granted-workspaces';
import { workspacesOf } from './visible-workspaces';

/** What somebody sees who is no administrator, by the grants in force. */
export async function effectiveAccess(
  { pool, config }: Pick<Context, 'pool' | 'config'>,
  { login, team = [], email, organization }: EffectiveAccessQuery,
): Promise<EffectiveAccess> {
  const who: Grantee = {
    login,
    teams: team.flatMap((name) => (/^\d+$/.test(name) ? [Number(name), name] : [name])),
    email,
    // What is written is the number, the name, or a name of digits only.
    ...(organization !== undefined && {
      organization: { id: /^\d+$/.test(organization) ? Number(organization) : undefined, name: organization },
    }),
  };
  const { grants } = await getAccess(pool);
  const fitting = grants.flatMap((grant, index) => (fits(grant, who) ? [{ place: index + 1, grant }] : []));
  const granted = grantedWorkspaces(grants, who, config.defaultAccess);
  return { grants: fitting, by_default: fitting.length === 0, granted, workspaces: await workspacesOf(pool, granted) };
}
