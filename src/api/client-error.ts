import { z } from 'zod';
import { Problem } from './common';

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
  const problem = Problem.safeParse(body);
  return new ClientError(
    problem.success
      ? { ...problem.data, status }
      : {
          status,
          code: 'NOT_A_COLLECTOR',
          title: 'Unexpected answer',
          detail: `${request}: status ${status} without a problem, so this is not the collector, or a proxy in between failed.`,
        },
    body,
  );
}

/** The error when an answer has not the shape that it should have, with every path at which it differs. */
export function mismatch(status: number, body: unknown, error: z.ZodError, request: string): ClientError {
  return new ClientError(
    {
      status,
      code: 'UNEXPECTED_ANSWER',
      title: 'Unexpected answer',
      detail: `${request}: the answer is not of the described shape. Are the client and the collector of one version?`,
      errors: error.issues.map((issue) => ({ path: z.core.toDotPath(issue.path), message: issue.message })),
    },
    body,
    { cause: error },
  );
}
