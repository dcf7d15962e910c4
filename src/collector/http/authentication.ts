import type { FastifyRequest } from 'fastify';
import type { Grant } from '../../api/access';
import { grantedWorkspaces } from '../access/granted-workspaces';
import { workspacesOf } from '../access/visible-workspaces';
import type { Context } from '../context';
import { ChargebackError } from '../errors';
import { findToken } from './access-tokens';
import { grafanaUser } from './grafana-user';
import type { Identity } from './identity';
import { isSecret } from './same-secret';

/** A header that came once and is not empty, else undefined. */
function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const HOW =
  'Send "Authorization: Bearer TOKEN" (make a token with `chargeback token create`), or come through Grafana.';

/**
 * Who sends the request: the owner of its bearer token, or the user whom Grafana states beside the shared key, who sees
 * what `grants` say (administrators: everything); null when it carries neither. Throws UNAUTHENTICATED when what it carries is wrong.
 */
export async function identify(
  request: FastifyRequest,
  { config, pool }: Context,
  grants: Grant[],
): Promise<Identity | null> {
  const authorization = header(request, 'authorization');
  if (authorization !== undefined) {
    const token = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1];
    if (token === undefined) {
      throw new ChargebackError('UNAUTHENTICATED', `The Authorization header is not a bearer token. ${HOW}`);
    }
    if (isSecret(token, config.adminToken)) {
      return { login: 'admin-token', role: 'admin', workspaces: null, granted: ['*'] };
    }
    const identity = await findToken(pool, token);
    if (!identity) {
      throw new ChargebackError('UNAUTHENTICATED', `This bearer token is not known. ${HOW}`);
    }
    return identity;
  }
  if (request.headers['x-chargeback-key'] === undefined) {
    return null;
  }
  if (!isSecret(header(request, 'x-chargeback-key') ?? '', config.grafanaKey)) {
    throw new ChargebackError(
      'UNAUTHENTICATED',
      config.grafanaKey
        ? 'X-Chargeback-Key is not the shared key. Give the app in Grafana the value of CHARGEBACK_GRAFANA_KEY.'
        : 'This collector has no shared key. Set CHARGEBACK_GRAFANA_KEY and give the app in Grafana the same value.',
    );
  }
  const { login, role, grantee } = grafanaUser(header(request, 'x-grafana-context'), header(request, 'x-grafana-user'));
  const granted = role === 'admin' ? ['*'] : grantedWorkspaces(grants, grantee, config.defaultAccess);
  return { login, role, workspaces: await workspacesOf(pool, granted), granted };
}

/** Like identify, but one who says nothing is refused, too. */
export async function authenticate(request: FastifyRequest, context: Context, grants: Grant[]): Promise<Identity> {
  const identity = await identify(request, context, grants);
  if (!identity) {
    throw new ChargebackError('UNAUTHENTICATED', HOW);
  }
  return identity;
}
