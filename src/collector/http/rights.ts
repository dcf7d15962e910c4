import type { Role } from '../../api/common';
import { ChargebackError } from '../errors';
import { requireAllWorkspaces, requireRole, type Identity } from './identity';

/**
 * What a route speaks of. `nothing`: what holds for everybody, no workspace's costs. `granted`: the workspaces that one
 * may see, and only those. `everything`: all workspaces, so whoever may not see all of them is refused.
 */
export type Reach = 'nothing' | 'granted' | 'everything';

/** Who may use a route below /v1: the lowest role, and what it speaks of. */
export interface Right {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  role: Role;
  reach: Reach;
}

const right = (route: `${Right['method']} /v1/${string}`, role: Role, reach: Reach): Right => {
  const [method, path] = route.split(' ') as [Right['method'], string];
  return { method, path, role, reach };
};

/**
 * Every route below /v1, and who may use it: the server refuses to start with one that is not here, and asks this table
 * before the route. From it come the table in docs/access.md and the tests of every role, grant and route.
 */
export const RIGHTS: Right[] = [
  right('GET /v1/me', 'viewer', 'nothing'),
  right('GET /v1/costs', 'viewer', 'granted'),
  right('GET /v1/costs.csv', 'viewer', 'granted'),
  right('GET /v1/costs.ndjson', 'viewer', 'granted'),
  right('GET /v1/dimensions', 'viewer', 'granted'),
  right('GET /v1/chargeback', 'viewer', 'granted'),
  right('GET /v1/chargeback.csv', 'viewer', 'granted'),
  right('GET /v1/chargeback.ndjson', 'viewer', 'granted'),
  right('GET /v1/chargeback/lines', 'viewer', 'granted'),
  right('GET /v1/chargeback/summary', 'viewer', 'granted'),
  right('GET /v1/chargeback/days', 'viewer', 'granted'),
  right('GET /v1/explanations/days', 'viewer', 'granted'),
  right('GET /v1/explanations/hours', 'viewer', 'granted'),
  right('GET /v1/explanations/readings', 'viewer', 'granted'),
  right('GET /v1/rate-cards', 'viewer', 'granted'),
  right('GET /v1/rate-cards/:id', 'viewer', 'granted'),
  right('POST /v1/rate-cards', 'admin', 'everything'),
  right('PUT /v1/rate-cards/:id', 'admin', 'everything'),
  right('DELETE /v1/rate-cards/:id', 'admin', 'everything'),
  right('POST /v1/rate-cards/preview', 'editor', 'everything'),
  right('GET /v1/budgets', 'viewer', 'granted'),
  right('GET /v1/budgets/crossings', 'viewer', 'granted'),
  right('GET /v1/budgets/:id', 'viewer', 'granted'),
  right('POST /v1/budgets', 'editor', 'granted'),
  right('PUT /v1/budgets/:id', 'editor', 'granted'),
  right('DELETE /v1/budgets/:id', 'editor', 'granted'),
  right('POST /v1/budgets/preview', 'editor', 'granted'),
  right('GET /v1/directory', 'viewer', 'granted'),
  right('PUT /v1/directory', 'editor', 'granted'),
  right('GET /v1/directory/matches', 'viewer', 'granted'),
  right('POST /v1/directory/matches', 'editor', 'granted'),
  right('GET /v1/directory/unmatched', 'viewer', 'everything'),
  right('POST /v1/directory/preview', 'editor', 'granted'),
  right('GET /v1/meters', 'viewer', 'nothing'),
  right('GET /v1/collections', 'viewer', 'nothing'),
  right('GET /v1/collections/hours', 'viewer', 'nothing'),
  right('POST /v1/collect/usage', 'admin', 'everything'),
  right('GET /v1/jobs/:id', 'viewer', 'nothing'),
  right('GET /v1/history', 'viewer', 'granted'),
  right('GET /v1/history.csv', 'viewer', 'granted'),
  right('GET /v1/tokens', 'admin', 'everything'),
  right('POST /v1/tokens', 'admin', 'everything'),
  right('DELETE /v1/tokens/:id', 'admin', 'everything'),
  right('GET /v1/access', 'admin', 'everything'),
  right('PUT /v1/access', 'admin', 'everything'),
  right('GET /v1/access/effective', 'admin', 'everything'),
];

const byRoute = new Map(RIGHTS.map((entry) => [`${entry.method} ${entry.path}`, entry]));

/** The right of a route (HEAD is GET without a body). Throws INTERNAL for one that is not in the table. */
export function rightOf(method: string, path: string): Right {
  const found = byRoute.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
  if (!found) {
    throw new ChargebackError('INTERNAL', `who may use ${method} ${path} is not said: add it to the table RIGHTS`);
  }
  return found;
}

/** Throws FORBIDDEN unless `identity` may use the route; what of the answer it may see is the route's to keep to. */
export function requireRight(identity: Identity, { role, reach }: Right): void {
  requireRole(identity, role);
  if (reach === 'everything') {
    requireAllWorkspaces(identity);
  }
}
