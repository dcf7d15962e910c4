import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { ChargebackError, type Finding } from '../errors';
import { unstorable } from '../unstorable';
import { dotted } from '../yaml-file';

/** Checks a part of a request with its zod schema; all problems go into one INVALID_REQUEST with their paths. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const findings = unstorable(data).map(({ path, message }) => ({ path: dotted(path), message }));
    const parsed = schema.safeParse(data ?? undefined);
    if (parsed.success && findings.length === 0) {
      return { value: parsed.data };
    }
    if (!parsed.success) {
      // Not a fault in what was sent: without it nobody could tell whose change it would undo (RFC 6585).
      const precondition = parsed.error.issues.find(({ path }) => httpPart === 'headers' && path[0] === 'if-match');
      if (precondition) {
        return { error: new ChargebackError('PRECONDITION_REQUIRED', precondition.message) };
      }
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
