import { z } from 'zod';
import { Name, type Role } from '../../api/common';
import { ChargebackError } from '../errors';
import type { Grantee } from '../access/granted-workspaces';

/** What Grafana's proxy says of the user in X-Grafana-Context; of its many fields those that matter here. */
const GrafanaContext = z.object({
  UserID: z.number().int().optional(),
  UserUID: z.string().default(''),
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

const ROLES_OF_GRAFANA: Record<string, Role> = { Viewer: 'viewer', Editor: 'editor', Admin: 'admin' };

/** Our name of a role in an organization of Grafana; undefined for one that gives nothing. */
export const roleOf = (grafana: string | undefined): Role | undefined =>
  grafana !== undefined && Object.hasOwn(ROLES_OF_GRAFANA, grafana) ? ROLES_OF_GRAFANA[grafana] : undefined;

/** Whom Grafana states, and by what grants fit. */
export interface GrafanaUser {
  login: string;
  role: Role;
  grantee: Grantee;
  /** How the same is said in what Grafana signs (X-Grafana-Id); undefined where the header does not tell. */
  signed: { subject: string | undefined; audience: string | undefined; identifier: string | undefined };
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
    return {
      login,
      role: 'viewer',
      grantee: { login },
      signed: { subject: undefined, audience: undefined, identifier: undefined },
    };
  }
  const parsed = GrafanaContext.safeParse(parseJson(utf8(context)));
  if (!parsed.success) {
    throw refused(
      "X-Grafana-Context is not what Grafana sends: it must be a JSON object with the user's Login and OrgRole.",
    );
  }
  const { Login, OrgRole, IsGrafanaAdmin, IsAnonymous, IsDisabled, IsServiceAccount } = parsed.data;
  const { OrgID, OrgName, Email, EmailVerified, Teams, UserID, UserUID } = parsed.data;
  const organization = { id: OrgID, name: OrgName };
  const audience = OrgID === undefined ? undefined : `org:${OrgID}`;
  if (IsAnonymous) {
    const signed = { subject: 'anonymous:0', audience, identifier: undefined };
    return { login: 'anonymous', role: 'viewer', grantee: { organization }, signed };
  }
  const login = loginOf(Login);
  if (IsDisabled) {
    throw new ChargebackError('FORBIDDEN', `The Grafana user ${login} is disabled.`);
  }
  const role = IsGrafanaAdmin ? 'admin' : roleOf(OrgRole);
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
    signed: {
      subject: UserID === undefined ? undefined : `${IsServiceAccount ? 'service-account' : 'user'}:${UserID}`,
      audience,
      identifier: UserUID || undefined,
    },
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
