import type { FastifyRequest } from 'fastify';
import { SeeAs } from '../../api/see-as';
import { nameOfSeen, readSeeAs, SEE_AS_HEADER } from '../../api/see-as-header';
import { effectiveAccess } from '../access/effective-access';
import type { Context } from '../context';
import { ChargebackError } from '../errors';
import { hasRole, type Identity } from './identity';

/**
 * As whom a request is answered: by the header X-Chargeback-See-As as the person that it describes, with what the grants
 * give them, else as `identity`. Only for administrators who see everything (who learn nothing by it), and only for
 * reading, so that nothing is ever written in somebody else's name. Throws FORBIDDEN, SEEN_AS_ANOTHER or INVALID_REQUEST.
 */
export async function seeAs(
  { headers, method, log, routeOptions }: FastifyRequest,
  identity: Identity,
  context: Context,
): Promise<Identity> {
  const header = headers[SEE_AS_HEADER];
  if (header === undefined) {
    return identity;
  }
  if (!hasRole(identity, 'admin') || identity.workspaces !== null) {
    throw new ChargebackError(
      'FORBIDDEN',
      'Only an administrator who sees every workspace may see what somebody else sees. Leave out X-Chargeback-See-As.',
    );
  }
  const person = SeeAs.safeParse(readSeeAs(String(header)));
  if (!person.success) {
    throw new ChargebackError(
      'INVALID_REQUEST',
      'X-Chargeback-See-As does not say as whom: it must be percent-encoded JSON, for example %7B%22login%22%3A%22ann%22%7D.',
      person.error.issues.map(({ path, message }) => ({
        path: ['X-Chargeback-See-As', ...path].join('.'),
        message,
      })),
    );
  }
  const { role, ...who } = person.data;
  const login = nameOfSeen(who);
  if (method !== 'GET' && method !== 'HEAD') {
    throw new ChargebackError(
      'SEEN_AS_ANOTHER',
      `${identity.login} sees what ${login} sees, and only looks: nothing can be changed or tried out meanwhile. Stop seeing as ${login} first.`,
    );
  }
  const { granted, workspaces } = await effectiveAccess(context, who);
  log.info({ administrator: identity.login, as: login, role, route: routeOptions.url }, 'seen as somebody else');
  return { login, role, granted, workspaces, seenBy: identity.login };
}
