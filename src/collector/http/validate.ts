import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { ChargebackError, type Finding } from '../errors';
import { dotted } from '../yaml-file';

/** Checks a part of a request with its zod schema; all problems go into one INVALID_REQUEST with their paths. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const findings = unstorable(data, []);
    const parsed = schema.safeParse(data ?? undefined);
    if (parsed.success && findings.length === 0) {
      return { value: parsed.data };
    }
    if (!parsed.success) {
      findings.push(...parsed.error.issues.flatMap(findingsOf));
    }
    return {
      error: invalidRequest(findings, httpPart === 'body' ? 'The body has problems:' : 'The request has problems:'),
    };
  };

/** An INVALID_REQUEST with these findings. */
export function invalidRequest(findings: Finding[], detail = 'The request has problems:'): ChargebackError {
  return new ChargebackError('INVALID_REQUEST', detail, findings);
}

function findingsOf(issue: z.core.$ZodIssue): Finding[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: dotted([...issue.path, key]), message: 'is not a field here' }));
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && /received undefined/.test(issue.message)) {
    return [{ path: dotted(issue.path), message: 'is missing' }];
  }
  return [{ path: dotted(issue.path), message: issue.message }];
}

/** Deeper than anything that is taken; what is nested without end would end the stack. */
const DEEPEST = 50;

/** What cannot be stored: texts with a NUL character or with half of a surrogate pair, which PostgreSQL refuses, and endless nesting. */
function unstorable(value: unknown, path: PropertyKey[]): Finding[] {
  if (path.length > DEEPEST) {
    return [{ path: dotted(path.slice(0, 1)), message: `must not be nested more than ${DEEPEST} deep` }];
  }
  if (typeof value === 'string') {
    return /\0/.test(value) || /\p{Cs}/u.test(value)
      ? [{ path: dotted(path), message: 'must not contain a NUL character or half of a surrogate pair' }]
      : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unstorable(item, [...path, index]));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => [
      ...unstorable(key, [...path, key]),
      ...unstorable(item, [...path, key]),
    ]);
  }
  return [];
}
