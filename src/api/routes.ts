import type { Route } from './operation';

type Rest = Omit<Route, 'method' | 'path' | 'status'>;
const get = <const Path extends string, const R extends Rest = object>(path: Path, rest?: R) =>
  ({ method: 'GET', path, status: 200, ...(rest as R) }) as const;
const put = <const Path extends string, const R extends Rest = object>(path: Path, rest?: R) =>
  ({ method: 'PUT', path, status: 200, ...(rest as R) }) as const;
/** Asks with a body and changes nothing. */
const ask = <const Path extends string, const R extends Rest = object>(path: Path, rest?: R) =>
  ({ method: 'POST', path, status: 200, ...(rest as R) }) as const;
const create = <const Path extends string, const R extends Rest = object>(path: Path, rest?: R) =>
  ({ method: 'POST', path, status: 201, ...(rest as R) }) as const;
const remove = <const Path extends string>(path: Path) => ({ method: 'DELETE', path, status: 204 }) as const;

/**
 * Everything that the collector can be asked, by the name that it has in the OpenAPI document and in the client. It
 * stands apart from the shapes, which are many times as large, for clients that need only the way.
 */
export const ROUTES = {
  getHealth: get('/healthz'),
  getReadiness: get('/readyz', { also: 503 }),
  getMetrics: get('/metrics', { file: 'text/plain' }),
  getMe: get('/v1/me'),

  getCosts: get('/v1/costs', { pages: { by: 'cursor', rows: 'data' } }),
  getCostsFile: get('/v1/costs.csv', { file: 'text/csv' }),
  getCostsJsonLines: get('/v1/costs.ndjson', { file: 'application/x-ndjson' }),
  getDimension: get('/v1/dimensions'),
  getChargeback: get('/v1/chargeback'),
  getChargebackFile: get('/v1/chargeback.csv', { file: 'text/csv' }),
  getChargebackJsonLines: get('/v1/chargeback.ndjson', { file: 'application/x-ndjson' }),
  getChargebackLines: get('/v1/chargeback/lines', { pages: { by: 'offset', rows: 'lines' } }),
  getChargebackSummary: get('/v1/chargeback/summary'),
  getChargebackDays: get('/v1/chargeback/days'),

  getExplainedDays: get('/v1/explanations/days'),
  getExplainedHours: get('/v1/explanations/hours'),
  getExplainedReadings: get('/v1/explanations/readings', { pages: { by: 'offset', rows: 'data' } }),

  listRateCards: get('/v1/rate-cards'),
  getRateCard: get('/v1/rate-cards/:id', { etag: true }),
  createRateCard: create('/v1/rate-cards', { etag: true }),
  replaceRateCard: put('/v1/rate-cards/:id', { etag: true }),
  deleteRateCard: remove('/v1/rate-cards/:id'),
  previewRateCard: ask('/v1/rate-cards/preview'),

  listBudgets: get('/v1/budgets'),
  getBudget: get('/v1/budgets/:id', { etag: true }),
  createBudget: create('/v1/budgets', { etag: true }),
  replaceBudget: put('/v1/budgets/:id', { etag: true }),
  deleteBudget: remove('/v1/budgets/:id'),
  previewBudget: ask('/v1/budgets/preview'),
  listCrossings: get('/v1/budgets/crossings', { pages: { by: 'cursor', rows: 'data' } }),

  getDirectory: get('/v1/directory', { etag: true }),
  replaceDirectory: put('/v1/directory', { etag: true }),
  getDirectoryMatches: get('/v1/directory/matches'),
  countMatches: ask('/v1/directory/matches'),
  previewDirectory: ask('/v1/directory/preview'),
  listUnmatched: get('/v1/directory/unmatched', { pages: { by: 'offset', rows: 'data' } }),

  listMeters: get('/v1/meters'),
  getCollections: get('/v1/collections'),
  getCollectedHours: get('/v1/collections/hours'),
  requestCollection: { method: 'POST', path: '/v1/collect/usage', status: 202 },
  getJob: get('/v1/jobs/:id'),

  listHistory: get('/v1/history', { pages: { by: 'cursor', rows: 'data' } }),
  getHistoryFile: get('/v1/history.csv', { file: 'text/csv' }),

  getAccess: get('/v1/access', { etag: true }),
  replaceAccess: put('/v1/access', { etag: true }),
  getEffectiveAccess: get('/v1/access/effective'),
  listTokens: get('/v1/tokens'),
  createToken: create('/v1/tokens'),
  revokeToken: { method: 'DELETE', path: '/v1/tokens/:id', status: 200 },
} as const satisfies Record<string, Route>;

export type OperationId = keyof typeof ROUTES;

/** The operation of a route; undefined when there is none. */
export function operationOf(method: string, path: string): OperationId | undefined {
  return (Object.keys(ROUTES) as OperationId[]).find((id) => ROUTES[id].method === method && ROUTES[id].path === path);
}
