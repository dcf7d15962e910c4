import { z } from 'zod';
import { Name, type Role } from '../../api/common';
import { ChargebackError } from '../errors';
import type { Grantee } from '../access/granted-workspaces';

/** What Grafana's proxy says of the user in X-Grafana-Context; of its many fields those that matter here. */
const GrafanaContext = z.object({
  Login: z.string().default(''),
  OrgRole: z.string().default(''),
  IsGrafanaAdmin: z.boolean().default(false),
  IsAnonymous: z.boolean().default(false),
  IsDisabled: z.boolean().default(false),
  IsServiceAccount: z.boolean().default(false),
  OrgID: z.number().int().optional(),
  OrgName: z.string().default(''),
  Email: z.string().default(''),
  EmailVerified: z.boolean().default(false),
  Teams: z.array(z.number().int()).nullish(),
});

const ROLE_OF: Record<string, Role> = { Viewer: 'viewer', Editor: 'editor', Admin: 'admin' };

/** Whom Grafana states, and by what grants fit. */
export interface GrafanaUser {
  login: string;
  role: Role;
  grantee: Grantee;
}

const refused = (detail: string) => new ChargebackError('UNAUTHENTICATED', detail);

/** Node gives headers as latin1; Grafana sends UTF-8. */
const utf8 = (header: string) => Buffer.from(header, 'latin1').toString('utf8');

/**
 * Whom Grafana says it asks for; the caller has checked the shared key. `context` is the header X-Grafana-Context,
 * `user` X-Grafana-User (a login without a role, so a viewer). Throws UNAUTHENTICATED when they name nobody,
 * FORBIDDEN for a user without a role.
 */
export function grafanaUser(context: string | undefined, user: string | undefined): GrafanaUser {
  if (context === undefined) {
    if (!user) {
      throw refused(
        'X-Chargeback-Key came without a user: X-Grafana-Context (set by Grafana) or X-Grafana-User must say who asks.',
      );
    }
    const login = loginOf(utf8(user));
    return { login, role: 'viewer', grantee: { login } };
  }
  const parsed = GrafanaContext.safeParse(parseJson(utf8(context)));
  if (!parsed.success) {
    throw refused(
      "X-Grafana-Context is not what Grafana sends: it must be a JSON object with the user's Login and OrgRole.",
    );
  }
  const { Login, OrgRole, IsGrafanaAdmin, IsAnonymous, IsDisabled, IsServiceAccount } = parsed.data;
  const { OrgID, OrgName, Email, EmailVerified, Teams } = parsed.data;
  const organization = { id: OrgID, name: OrgName };
  if (IsAnonymous) {
    return { login: 'anonymous', role: 'viewer', grantee: { organization } };
  }
  const login = loginOf(Login);
  if (IsDisabled) {
    throw new ChargebackError('FORBIDDEN', `The Grafana user ${login} is disabled.`);
  }
  const role = IsGrafanaAdmin ? 'admin' : Object.hasOwn(ROLE_OF, OrgRole) ? ROLE_OF[OrgRole] : undefined;
  if (!role) {
    throw new ChargebackError(
      'FORBIDDEN',
      `The Grafana user ${login} has no role in this organization; it must be Viewer, Editor or Admin.`,
    );
  }
  return {
    login,
    role,
    grantee: IsServiceAccount
      ? { organization }
      : { login, teams: Teams ?? [], email: EmailVerified && Email !== '' ? Email : undefined, organization },
  };
}

function loginOf(text: string): string {
  const login = Name.safeParse(text);
  if (!login.success) {
    throw refused(`The login that Grafana states ${login.error.issues[0]?.message ?? 'is not usable'}.`);
  }
  return login.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
