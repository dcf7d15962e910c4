import { Access, AccessFile, EffectiveAccess, EffectiveAccessQuery } from './access';
import { Budget, BudgetBackTest, BudgetCrossingQuery, BudgetCrossings, BudgetInput, BudgetList } from './budgets';
import {
  Chargeback,
  ChargebackDays,
  ChargebackDaysQuery,
  ChargebackLines,
  ChargebackLinesQuery,
  ChargebackQuery,
  ChargebackSummary,
  ChargebackSummaryQuery,
} from './chargeback';
import { CollectAccepted, CollectedHours, CollectedHoursQuery, Collections, CollectRequest, Job } from './collections';
import { Costs, CostsFileQuery, CostsQuery, Dimensions, DimensionsQuery } from './costs';
import {
  Directory,
  DirectoryMatches,
  DirectoryMatchesQuery,
  DirectoryPreview,
  DirectoryResult,
  ProposedRules,
  RuleCounts,
  Unmatched,
  UnmatchedQuery,
} from './directory';
import {
  ExplainedDays,
  ExplainedDaysQuery,
  ExplainedHours,
  ExplainedHoursQuery,
  ExplainedReadings,
  ExplainedReadingsQuery,
} from './explanations';
import { Health, Ready } from './health';
import { History, HistoryFilter, HistoryQuery } from './history';
import { Me } from './me';
import { MeterList } from './meters';
import type { Operation } from './operation';
import { Preview, PreviewRequest, RateCard, RateCardInput, RateCardList } from './rate-cards';
import { AccessToken, NewToken, TokenInput, TokenList } from './tokens';

type Rest = Omit<Operation, 'method' | 'path' | 'status'>;
const get = <const Path extends string, const R extends Rest>(path: Path, rest: R) =>
  ({ method: 'GET', path, status: 200, ...rest }) as const;
const put = <const Path extends string, const R extends Rest>(path: Path, rest: R) =>
  ({ method: 'PUT', path, status: 200, ...rest }) as const;
/** Asks with a body and changes nothing. */
const ask = <const Path extends string, const R extends Rest>(path: Path, rest: R) =>
  ({ method: 'POST', path, status: 200, ...rest }) as const;
const create = <const Path extends string, const R extends Rest>(path: Path, rest: R) =>
  ({ method: 'POST', path, status: 201, ...rest }) as const;
const remove = <const Path extends string, const R extends Rest>(path: Path, rest: R) =>
  ({ method: 'DELETE', path, status: 204, ...rest }) as const;

/**
 * Everything that the collector can be asked, by the name that it has in the OpenAPI document and in the client. The
 * document is refused when a route of the server is not here, or has other shapes.
 */
export const OPERATIONS = {
  getHealth: get('/healthz', { answer: Health }),
  getReadiness: get('/readyz', { answer: Ready, also: 503 }),
  getMetrics: get('/metrics', { file: 'text/plain' }),
  getMe: get('/v1/me', { answer: Me }),

  getCosts: get('/v1/costs', { query: CostsQuery, answer: Costs, pages: { by: 'cursor', rows: 'data' } }),
  getCostsFile: get('/v1/costs.csv', { query: CostsFileQuery, file: 'text/csv' }),
  getCostsJsonLines: get('/v1/costs.ndjson', { query: CostsFileQuery, file: 'application/x-ndjson' }),
  getDimension: get('/v1/dimensions', { query: DimensionsQuery, answer: Dimensions }),
  getChargeback: get('/v1/chargeback', { query: ChargebackQuery, answer: Chargeback }),
  getChargebackFile: get('/v1/chargeback.csv', { query: ChargebackQuery, file: 'text/csv' }),
  getChargebackJsonLines: get('/v1/chargeback.ndjson', { query: ChargebackQuery, file: 'application/x-ndjson' }),
  getChargebackLines: get('/v1/chargeback/lines', {
    query: ChargebackLinesQuery,
    answer: ChargebackLines,
    pages: { by: 'offset', rows: 'lines' },
  }),
  getChargebackSummary: get('/v1/chargeback/summary', { query: ChargebackSummaryQuery, answer: ChargebackSummary }),
  getChargebackDays: get('/v1/chargeback/days', { query: ChargebackDaysQuery, answer: ChargebackDays }),

  getExplainedDays: get('/v1/explanations/days', { query: ExplainedDaysQuery, answer: ExplainedDays }),
  getExplainedHours: get('/v1/explanations/hours', { query: ExplainedHoursQuery, answer: ExplainedHours }),
  getExplainedReadings: get('/v1/explanations/readings', {
    query: ExplainedReadingsQuery,
    answer: ExplainedReadings,
    pages: { by: 'offset', rows: 'data' },
  }),

  listRateCards: get('/v1/rate-cards', { answer: RateCardList }),
  getRateCard: get('/v1/rate-cards/:id', { answer: RateCard, etag: true }),
  createRateCard: create('/v1/rate-cards', { body: RateCardInput, answer: RateCard, etag: true }),
  replaceRateCard: put('/v1/rate-cards/:id', { body: RateCardInput, answer: RateCard, etag: true }),
  deleteRateCard: remove('/v1/rate-cards/:id', {}),
  previewRateCard: ask('/v1/rate-cards/preview', { body: PreviewRequest, answer: Preview }),

  listBudgets: get('/v1/budgets', { answer: BudgetList }),
  getBudget: get('/v1/budgets/:id', { answer: Budget, etag: true }),
  createBudget: create('/v1/budgets', { body: BudgetInput, answer: Budget, etag: true }),
  replaceBudget: put('/v1/budgets/:id', { body: BudgetInput, answer: Budget, etag: true }),
  deleteBudget: remove('/v1/budgets/:id', {}),
  previewBudget: ask('/v1/budgets/preview', { body: BudgetInput, answer: BudgetBackTest }),
  listCrossings: get('/v1/budgets/crossings', {
    query: BudgetCrossingQuery,
    answer: BudgetCrossings,
    pages: { by: 'cursor', rows: 'data' },
  }),

  getDirectory: get('/v1/directory', { answer: Directory, etag: true }),
  replaceDirectory: put('/v1/directory', { body: ProposedRules, answer: DirectoryResult, etag: true }),
  getDirectoryMatches: get('/v1/directory/matches', { query: DirectoryMatchesQuery, answer: DirectoryMatches }),
  countMatches: ask('/v1/directory/matches', { query: DirectoryMatchesQuery, body: ProposedRules, answer: RuleCounts }),
  previewDirectory: ask('/v1/directory/preview', {
    query: DirectoryMatchesQuery,
    body: ProposedRules,
    answer: DirectoryPreview,
  }),
  listUnmatched: get('/v1/directory/unmatched', {
    query: UnmatchedQuery,
    answer: Unmatched,
    pages: { by: 'offset', rows: 'data' },
  }),

  listMeters: get('/v1/meters', { answer: MeterList }),
  getCollections: get('/v1/collections', { answer: Collections }),
  getCollectedHours: get('/v1/collections/hours', { query: CollectedHoursQuery, answer: CollectedHours }),
  requestCollection: {
    method: 'POST',
    path: '/v1/collect/usage',
    status: 202,
    body: CollectRequest,
    answer: CollectAccepted,
  },
  getJob: get('/v1/jobs/:id', { answer: Job }),

  listHistory: get('/v1/history', { query: HistoryQuery, answer: History, pages: { by: 'cursor', rows: 'data' } }),
  getHistoryFile: get('/v1/history.csv', { query: HistoryFilter, file: 'text/csv' }),

  getAccess: get('/v1/access', { answer: Access, etag: true }),
  replaceAccess: put('/v1/access', { body: AccessFile, answer: Access, etag: true }),
  getEffectiveAccess: get('/v1/access/effective', { query: EffectiveAccessQuery, answer: EffectiveAccess }),
  listTokens: get('/v1/tokens', { answer: TokenList }),
  createToken: create('/v1/tokens', { body: TokenInput, answer: NewToken }),
  revokeToken: { method: 'DELETE', path: '/v1/tokens/:id', status: 200, answer: AccessToken },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof OPERATIONS;

/** The operation of a route; undefined when there is none. */
export function operationOf(method: string, path: string): OperationId | undefined {
  return (Object.keys(OPERATIONS) as OperationId[]).find(
    (id) => OPERATIONS[id].method === method && OPERATIONS[id].path === path,
  );
}
