import { isNativeError } from 'node:util/types';

/** Every error a user can meet: its stable code, HTTP status and title. */
export const ERRORS = {
  INVALID_REQUEST: { status: 400, title: 'The request is not valid' },
  INVALID_FILE: { status: 400, title: 'The file is not valid' },
  INVALID_CONFIGURATION: { status: 500, title: 'The configuration is not valid' },
  REQUEST_TOO_LARGE: { status: 413, title: 'The request is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'This kind of content is not taken' },
  UNAUTHENTICATED: { status: 401, title: 'Who are you?' },
  FORBIDDEN: { status: 403, title: 'Not allowed' },
  SEEN_AS_ANOTHER: { status: 409, title: 'You see what somebody else sees' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  NO_RATE_FOR_PERIOD: { status: 409, title: 'No price is in force in this period' },
  BILLING_PERIOD_LOCKED: { status: 409, title: 'The billing period is closed' },
  PERIOD_NOT_COMPLETE: { status: 409, title: 'The period cannot be closed yet' },
  RATE_CARD_EXISTS: { status: 409, title: 'There is such a rate card already' },
  TOKEN_EXISTS: { status: 409, title: 'There is such a token already' },
  BUDGET_EXISTS: { status: 409, title: 'There is such a budget already' },
  PRECONDITION_FAILED: { status: 412, title: 'It was changed meanwhile' },
  PRECONDITION_REQUIRED: { status: 428, title: 'Say which version you have read' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'This idempotency key belongs to another request' },
  IDEMPOTENCY_KEY_IN_USE: { status: 409, title: 'A request with this idempotency key is running' },
  IDEMPOTENCY_KEY_SPENT: { status: 409, title: 'An earlier request with this idempotency key has done it' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  LEDGER_MISMATCH: { status: 409, title: 'This ledger was made with other settings' },
  PROMETHEUS_UNAVAILABLE: { status: 503, title: 'Prometheus cannot be reached' },
  PROMETHEUS_REFUSED: { status: 502, title: 'Prometheus refused a query' },
  UNUSABLE_SAMPLES: { status: 422, title: 'The samples cannot be billed' },
  GRAFANA_UNAVAILABLE: { status: 503, title: 'Grafana cannot be reached' },
  DATABASE_UNAVAILABLE: { status: 503, title: 'The database cannot be reached' },
  QUERY_TIMEOUT: { status: 503, title: 'The question takes too long' },
  TOO_BUSY: { status: 503, title: 'Too much is asked at once' },
  INTERNAL: { status: 500, title: 'Something went wrong' },
} as const;
export type ErrorCode = keyof typeof ERRORS;

/** Seconds after which it is worth asking again, where an error does not say it itself. */
const RETRY_AFTER: Partial<Record<ErrorCode, number>> = {
  PROMETHEUS_UNAVAILABLE: 30,
  GRAFANA_UNAVAILABLE: 30,
  DATABASE_UNAVAILABLE: 10,
  QUERY_TIMEOUT: 60,
  TOO_BUSY: 5,
};

/** Where in an input something is wrong, and what. */
export interface Finding {
  path: string;
  message: string;
}

/**
 * An error for a person: `detail` says what is wrong, where, and how to mend it. `findings` lists every
 * single problem of an input. The HTTP server answers it as problem+json, the CLI prints it and exits 1.
 */
export class ChargebackError extends Error {
  readonly status: number;
  /** Seconds after which it is worth asking again; undefined where that would change nothing. */
  readonly retryAfter: number | undefined;
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly findings: Finding[] = [],
    options?: ErrorOptions & { retryAfter?: number },
  ) {
    super(
      `${detail}${findings.map(({ path, message }) => `\n  ${path ? `${path}: ` : ''}${message}`).join('')}`,
      options,
    );
    this.name = 'ChargebackError';
    this.status = ERRORS[code].status;
    this.retryAfter = options?.retryAfter ?? RETRY_AFTER[code];
  }
}

/** The SQLSTATE that our triggers raise for a closed period. */
const CLOSED = 'CB001';

/** The SQLSTATE of a number that does not fit its column; only amounts of money have a limit that input can reach. */
const NUMBER_TOO_LARGE = '22003';

/** The SQLSTATE of a statement that was ended, by its time limit or by hand. */
const QUERY_CANCELED = '57014';

/** The SQLSTATE of a server that takes no further connection. */
const TOO_MANY_CONNECTIONS = '53300';

/** An error of PostgreSQL as ours where it has a meaning for users; any other error unchanged. */
export function fromDatabase(error: unknown): unknown {
  // Not instanceof: where several realms meet (workers, test runners) Node's own errors are of another Error.
  if (isNativeError(error) && !(error instanceof ChargebackError)) {
    const code = 'code' in error ? String(error.code) : '';
    if (code === CLOSED) {
      return new ChargebackError('BILLING_PERIOD_LOCKED', error.message.replace(/^BILLING_PERIOD_LOCKED: /, ''), [], {
        cause: error,
      });
    }
    if (code === NUMBER_TOO_LARGE) {
      return new ChargebackError(
        'INVALID_REQUEST',
        'An amount comes to more than 26 digits before the point, which cannot be stored. Check the prices and what they are per.',
        [],
        { cause: error },
      );
    }
    if (code === QUERY_CANCELED && /statement timeout/.test(error.message)) {
      return new ChargebackError(
        'QUERY_TIMEOUT',
        'The answer took longer than CHARGEBACK_STATEMENT_TIMEOUT allows. Ask for a shorter range, fewer dimensions or one workspace, or for a file (/v1/costs.ndjson), which is read in parts.',
        [],
        { cause: error },
      );
    }
    if (code === TOO_MANY_CONNECTIONS || /^timeout exceeded when trying to connect/.test(error.message)) {
      return new ChargebackError(
        'TOO_BUSY',
        'Every connection to PostgreSQL is busy with other requests. Ask again in a few seconds.',
        [],
        { cause: error },
      );
    }
    const connection = [
      'ECONNREFUSED',
      'ECONNRESET',
      'ENOTFOUND',
      'ETIMEDOUT',
      '57P01',
      '57P02',
      '57P03',
      '08006',
      '08001',
      '3D000',
      '28P01',
    ];
    if (connection.includes(code) || /^Connection terminated/.test(error.message)) {
      return new ChargebackError(
        'DATABASE_UNAVAILABLE',
        `PostgreSQL: ${error.message || code}. Check DATABASE_URL and that the server runs.`,
        [],
        { cause: error },
      );
    }
  }
  return error;
}
