import type { FastifyRequest } from 'fastify';
import type { GrantsInForce } from '../access/access-store';
import type { GrafanaTeams } from '../access/grafana-teams';
import { grantedWorkspaces, type Grantee } from '../access/granted-workspaces';
import { findToken } from '../access/tokens';
import { workspacesOf } from '../access/visible-workspaces';
import type { Context } from '../context';
import { ChargebackError } from '../errors';
import type { GrafanaSignature } from './grafana-signature';
import { grafanaUser, type GrafanaUser } from './grafana-user';
import type { Identity } from './identity';
import type { RateLimits } from './rate-limits';
import { isSecret } from './same-secret';

/** A header that came once and is not empty, else undefined. */
function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const HOW =
  'Send "Authorization: Bearer TOKEN" (make a token with `chargeback token create`), or come through Grafana.';

/** By which way a request that was let in came. */
export const wayOf = (request: FastifyRequest): 'token' | 'grafana' =>
  header(request, 'authorization') === undefined ? 'grafana' : 'token';

/** By what one who comes is recognised: the grants in force; signature and teams of Grafana, where it can be asked; how many may be wrong. */
export interface AccessRules {
  grants: GrantsInForce;
  signature: GrafanaSignature | null;
  teams: GrafanaTeams | null;
  limits: RateLimits | null;
}

/**
 * Who sends the request: the owner of its bearer token, or the user whom Grafana states beside the shared key, who sees
 * what the grants say (administrators: everything); null when it carries neither. Throws UNAUTHENTICATED when what it carries is wrong, TOO_MANY_REQUESTS when too much was.
 */
export async function identify(
  request: FastifyRequest,
  context: Context,
  rules: AccessRules,
): Promise<Identity | null> {
  const check = () => recognise(request, context, rules);
  const hasKey = () => wayOf(request) === 'grafana' && isGrafanaKey(request, context.config);
  return rules.limits ? rules.limits.guard(request, check, hasKey) : check();
}

const isGrafanaKey = (request: FastifyRequest, { grafanaKey }: Context['config']) =>
  isSecret(header(request, 'x-chargeback-key') ?? '', grafanaKey);

async function recognise(
  request: FastifyRequest,
  { config, pool, now }: Context,
  { grants, signature, teams }: AccessRules,
): Promise<Identity | null> {
  const authorization = header(request, 'authorization');
  if (authorization !== undefined) {
    // Of two Node takes the first; what stands in front may have checked the other.
    if (request.raw.headersDistinct.authorization?.length !== 1) {
      throw new ChargebackError('UNAUTHENTICATED', `There are several Authorization headers. ${HOW}`);
    }
    const token = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1];
    if (token === undefined) {
      throw new ChargebackError('UNAUTHENTICATED', `The Authorization header is not a bearer token. ${HOW}`);
    }
    if (isSecret(token, config.adminToken)) {
      return { login: 'admin-token', role: 'admin', workspaces: null, granted: ['*'] };
    }
    const found = await findToken(pool, token, now());
    if (!found) {
      throw new ChargebackError(
        'UNAUTHENTICATED',
        `This bearer token is not known, was revoked, or has expired. ${HOW}`,
      );
    }
    return { ...found, workspaces: await workspacesOf(pool, found.granted) };
  }
  if (request.headers['x-chargeback-key'] === undefined) {
    return null;
  }
  if (!isGrafanaKey(request, config)) {
    throw new ChargebackError(
      'UNAUTHENTICATED',
      config.grafanaKey
        ? 'X-Chargeback-Key is not the shared key. Give the app in Grafana the value of CHARGEBACK_GRAFANA_KEY.'
        : 'This collector has no shared key. Set CHARGEBACK_GRAFANA_KEY and give the app in Grafana the same value.',
    );
  }
  const stated = grafanaUser(header(request, 'x-grafana-context'), header(request, 'x-grafana-user'));
  const { login, role, grantee } = await confirmed(stated, header(request, 'x-grafana-id'), signature, config);
  const granted =
    role === 'admin'
      ? ['*']
      : grantedWorkspaces(await grants.read(), await withTeamNames(grantee, teams), config.defaultAccess);
  return { login, role, workspaces: await workspacesOf(pool, granted), granted };
}

/** Requests carry only the ids of teams. */
async function withTeamNames(grantee: Grantee, known: GrafanaTeams | null): Promise<Grantee> {
  const ids = (grantee.teams ?? []).filter((team) => typeof team === 'number');
  return known && ids.length > 0 ? { ...grantee, teams: [...ids, ...(await known.namesOf(ids))] } : grantee;
}

/** The user as far as Grafana's signature confirms it; as stated where nothing is signed and nothing needs to be. */
async function confirmed(
  user: GrafanaUser,
  token: string | undefined,
  signature: GrafanaSignature | null,
  { requireGrafanaId }: Context['config'],
): Promise<GrafanaUser> {
  if (signature && token !== undefined) {
    return signature.confirm(user, token);
  }
  if (requireGrafanaId) {
    throw new ChargebackError(
      'UNAUTHENTICATED',
      'X-Grafana-Id is missing, and CHARGEBACK_REQUIRE_GRAFANA_ID asks for it. Grafana sends it to plugins unless [feature_toggles] idForwarding is switched off.',
    );
  }
  return user;
}

/** Like identify, but one who says nothing is refused, too. */
export async function authenticate(request: FastifyRequest, context: Context, rules: AccessRules): Promise<Identity> {
  const identity = await identify(request, context, rules);
  if (!identity) {
    throw new ChargebackError('UNAUTHENTICATED', HOW);
  }
  return identity;
}
