import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { PreconditionProblem } from '../../api/changed-meanwhile';
import type { Problem } from '../../api/common';
import { ChargebackError, ERRORS, fromDatabase, type ErrorCode } from '../errors';
import { PreconditionFailed } from '../precondition';

/** A ChargebackError as the body of an answer. */
export function problemOf(error: ChargebackError): Problem | PreconditionProblem {
  const { code, detail, findings, status } = error;
  return {
    type: `urn:chargeback:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: ERRORS[code].title,
    status,
    code,
    detail,
    ...(findings.length > 0 ? { errors: findings } : {}),
    ...(error instanceof PreconditionFailed && { changed: error.changed }),
  };
}

/** Answers every error as problem+json. What is not for users (a fault of ours) is logged and told without details. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = asChargebackError(error);
  if (known.status >= 500) {
    request.log.error(
      { err: error, method: request.method, path: pathOf(request) },
      known.code === 'INTERNAL' ? 'a request failed by a fault of ours' : 'a request failed',
    );
  }
  sendProblem(reply, known);
}

/** Answers 404 for a path, or a method of a path, that there is not. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(
    reply,
    new ChargebackError('NOT_FOUND', `There is no ${request.method} ${pathOf(request)}; see /docs for what there is.`),
  );
}

function sendProblem(reply: FastifyReply, error: ChargebackError): void {
  if (error.code === 'UNAUTHENTICATED') {
    reply.header('www-authenticate', 'Bearer realm="chargeback"');
  }
  if (error.retryAfter !== undefined) {
    reply.header('retry-after', error.retryAfter);
  }
  // Sent as text: a schema of the route's answers must not reshape it.
  reply
    .code(error.status)
    .removeHeader('content-disposition')
    .header('x-content-type-options', 'nosniff')
    .type('application/problem+json; charset=utf-8')
    .serializer((body: unknown) => String(body))
    .send(JSON.stringify(problemOf(error)));
}

const pathOf = (request: FastifyRequest) => (request.raw.url ?? '').split('?', 1)[0]?.slice(0, 200) ?? '';

/** The HTTP framework's own refusals, by status; everything else unknown is a fault of ours. */
const REFUSALS: Record<number, { code: ErrorCode; detail: string }> = {
  400: { code: 'INVALID_REQUEST', detail: 'The request cannot be read' },
  404: { code: 'NOT_FOUND', detail: 'There is nothing here' },
  413: { code: 'REQUEST_TOO_LARGE', detail: 'The body is larger than this takes' },
  414: { code: 'REQUEST_TOO_LARGE', detail: 'A part of the path is longer than this takes' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', detail: 'Send the body as application/json' },
};

function asChargebackError(error: unknown): ChargebackError {
  const ours = fromDatabase(error);
  if (ours instanceof ChargebackError) {
    return ours;
  }
  const status = error instanceof Error && 'statusCode' in error ? Number((error as FastifyError).statusCode) : 500;
  const refusal = REFUSALS[status];
  if (refusal && error instanceof Error) {
    return new ChargebackError(
      refusal.code,
      `${refusal.detail}: ${error.message.replaceAll('\n', ' ').slice(0, 300)}`,
      [],
      { cause: error },
    );
  }
  return new ChargebackError(
    'INTERNAL',
    'The collector could not answer because of a fault of its own. Its log says more.',
    [],
    { cause: error },
  );
}
