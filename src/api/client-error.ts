import type { z } from 'zod';
import type { Problem } from './common';

/** What is wrong at one place of a request or of an answer. */
export type ClientFinding = NonNullable<Problem['errors']>[number];

/**
 * A request that failed. `code` is the collector's (see /docs), or one of the client's own: NO_ANSWER (nothing answered,
 * `status` 0), NOT_A_COLLECTOR (something else did), UNEXPECTED_ANSWER (the answer has not the shape that it should have:
 * `errors` names the paths; client and collector are of different versions).
 */
export class ClientError extends Error {
  readonly code: string;
  /** HTTP status; 0 when nothing answered. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: ClientFinding[];
  constructor(
    problem: Pick<Problem, 'status' | 'code' | 'title' | 'detail' | 'errors'>,
    /** The body as it came. */
    readonly body: unknown = undefined,
    options?: ErrorOptions,
  ) {
    const { status, code, title, detail, errors = [] } = problem;
    super([detail, ...errors.map(({ path, message }) => `  ${path ? `${path}: ` : ''}${message}`)].join('\n'), options);
    this.name = 'ClientError';
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.errors = errors;
  }
}

/** The error that an answer with an error status is. */
export function refusal(status: number, body: unknown, request: string): ClientError {
  return new ClientError(
    isProblem(body)
      ? { ...body, status }
      : {
          status,
          code: 'NOT_A_COLLECTOR',
          title: 'Unexpected answer',
          detail: `${request}: status ${status} without a problem, so this is not the collector, or a proxy in between failed.`,
        },
    body,
  );
}

// By hand: the schema would bring zod into clients that check no answers.
function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    ['type', 'title', 'code', 'detail'].every((name) => typeof (body as Record<string, unknown>)[name] === 'string')
  );
}

/** An answer that has not the shape that it should have. */
interface Mismatch {
  status: number;
  body: unknown;
  error: z.ZodError;
  request: string;
}

/** The error that such an answer is, with every path at which it differs. */
export function mismatch({ status, body, error, request }: Mismatch): ClientError {
  return new ClientError(
    {
      status,
      code: 'UNEXPECTED_ANSWER',
      title: 'Unexpected answer',
      detail: `${request}: the answer is not of the described shape. Are the client and the collector of one version?`,
      errors: error.issues.map(({ path, message }) => ({ path: dotted(path), message })),
    },
    body,
    { cause: error },
  );
}

/** `data[1].cost` */
function dotted(path: PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');
}
