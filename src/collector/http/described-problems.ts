import type { Operation } from '../../api/operation';
import type { OperationId } from '../../api/operations';
import { ERRORS, type ErrorCode } from '../errors';

const CHARGEBACK: ErrorCode[] = ['NO_RATE_FOR_PERIOD'];
const PRICES: ErrorCode[] = ['BILLING_PERIOD_LOCKED', 'RATE_CARD_EXISTS'];

/** Conflicts (409) that only some operations can meet; what every one of a kind can meet is told from the kind. */
const CONFLICTS: Partial<Record<OperationId, ErrorCode[]>> = {
  getChargeback: CHARGEBACK,
  getChargebackFile: CHARGEBACK,
  getChargebackLines: CHARGEBACK,
  getChargebackSummary: CHARGEBACK,
  getChargebackDays: CHARGEBACK,
  createRateCard: PRICES,
  replaceRateCard: PRICES,
  previewRateCard: PRICES,
  deleteRateCard: ['BILLING_PERIOD_LOCKED'],
  createBudget: ['BUDGET_EXISTS'],
  replaceBudget: ['BUDGET_EXISTS'],
  createToken: ['TOKEN_EXISTS'],
  requestCollection: ['BILLING_PERIOD_LOCKED'],
};

/** Errors of reaching Prometheus and of a program's own start are no answers of the API. */
const NOT_ANSWERED: ErrorCode[] = [
  'INVALID_FILE',
  'INVALID_CONFIGURATION',
  'LEDGER_MISMATCH',
  'PROMETHEUS_UNAVAILABLE',
  'PROMETHEUS_REFUSED',
  'UNUSABLE_SAMPLES',
];

/** Every code that an answer can have. */
export const ANSWERED_CODES = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => !NOT_ANSWERED.includes(code));

const withStatus = (...statuses: number[]) => ANSWERED_CODES.filter((code) => statuses.includes(ERRORS[code].status));
const ofKeys = ANSWERED_CODES.filter((code) => code.startsWith('IDEMPOTENCY_'));

/** The codes with which an operation can be refused; `conditional` when it asks for If-Match. */
export function problemsOf(id: OperationId, operation: Operation, conditional: boolean): ErrorCode[] {
  const { method, path, query, body } = operation;
  if (!path.startsWith('/v1/')) {
    return path === '/metrics' ? withStatus(401) : [];
  }
  const codes = [
    ...((query ?? body ?? path.includes(':')) ? withStatus(400) : []),
    ...withStatus(401, 403, 429, 503),
    ...(path.includes(':') || id === 'listCrossings' ? withStatus(404) : []),
    ...(CONFLICTS[id] ?? []),
    ...(conditional ? withStatus(412, 428) : []),
    ...(body ? withStatus(413, 415) : []),
    ...(method === 'POST' ? ofKeys : []),
  ];
  return ANSWERED_CODES.filter((code) => codes.includes(code));
}
