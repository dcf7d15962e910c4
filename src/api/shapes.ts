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
import type { Shapes } from './operation';
import { Preview, PreviewRequest, RateCard, RateCardInput, RateCardList } from './rate-cards';
import { AccessToken, NewToken, TokenInput, TokenList } from './tokens';
import type { OperationId } from './routes';

/** What each operation takes and answers. The OpenAPI test fails when a route of the server is checked with other shapes. */
export const SHAPES = {
  getHealth: { answer: Health },
  getReadiness: { answer: Ready },
  getMetrics: {},
  getMe: { answer: Me },

  getCosts: { query: CostsQuery, answer: Costs },
  getCostsFile: { query: CostsFileQuery },
  getCostsJsonLines: { query: CostsFileQuery },
  getDimension: { query: DimensionsQuery, answer: Dimensions },
  getChargeback: { query: ChargebackQuery, answer: Chargeback },
  getChargebackFile: { query: ChargebackQuery },
  getChargebackJsonLines: { query: ChargebackQuery },
  getChargebackLines: { query: ChargebackLinesQuery, answer: ChargebackLines },
  getChargebackSummary: { query: ChargebackSummaryQuery, answer: ChargebackSummary },
  getChargebackDays: { query: ChargebackDaysQuery, answer: ChargebackDays },

  getExplainedDays: { query: ExplainedDaysQuery, answer: ExplainedDays },
  getExplainedHours: { query: ExplainedHoursQuery, answer: ExplainedHours },
  getExplainedReadings: { query: ExplainedReadingsQuery, answer: ExplainedReadings },

  listRateCards: { answer: RateCardList },
  getRateCard: { answer: RateCard },
  createRateCard: { body: RateCardInput, answer: RateCard },
  replaceRateCard: { body: RateCardInput, answer: RateCard },
  deleteRateCard: {},
  previewRateCard: { body: PreviewRequest, answer: Preview },

  listBudgets: { answer: BudgetList },
  getBudget: { answer: Budget },
  createBudget: { body: BudgetInput, answer: Budget },
  replaceBudget: { body: BudgetInput, answer: Budget },
  deleteBudget: {},
  previewBudget: { body: BudgetInput, answer: BudgetBackTest },
  listCrossings: { query: BudgetCrossingQuery, answer: BudgetCrossings },

  getDirectory: { answer: Directory },
  replaceDirectory: { body: ProposedRules, answer: DirectoryResult },
  getDirectoryMatches: { query: DirectoryMatchesQuery, answer: DirectoryMatches },
  countMatches: { query: DirectoryMatchesQuery, body: ProposedRules, answer: RuleCounts },
  previewDirectory: { query: DirectoryMatchesQuery, body: ProposedRules, answer: DirectoryPreview },
  listUnmatched: { query: UnmatchedQuery, answer: Unmatched },

  listMeters: { answer: MeterList },
  getCollections: { answer: Collections },
  getCollectedHours: { query: CollectedHoursQuery, answer: CollectedHours },
  requestCollection: { body: CollectRequest, answer: CollectAccepted },
  getJob: { answer: Job },

  listHistory: { query: HistoryQuery, answer: History },
  getHistoryFile: { query: HistoryFilter },

  getAccess: { answer: Access },
  replaceAccess: { body: AccessFile, answer: Access },
  getEffectiveAccess: { query: EffectiveAccessQuery, answer: EffectiveAccess },
  listTokens: { answer: TokenList },
  createToken: { body: TokenInput, answer: NewToken },
  revokeToken: { answer: AccessToken },
} as const satisfies Record<OperationId, Shapes>;
