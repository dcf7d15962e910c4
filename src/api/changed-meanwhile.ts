import { z } from 'zod';
import { Instant, Problem } from './common';

/** A field (`amount`, `prices.kafka_ingress_bytes`) that is not as it was; null where it is not there. */
export const ChangedField = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() });
export type ChangedField = z.infer<typeof ChangedField>;

/**
 * What became of an object since the version that a writer had read. Of the directory the only field is `rules`, of the
 * grants `grants`, on each side those that the other side has not: a DirectoryChange, at most 50 grants.
 */
export const ChangedMeanwhile = z.object({
  version: z.number().int().describe('the one in force, to be sent as If-Match with quotes around it'),
  by: z.string().describe('who changed it last; empty when one may not be told'),
  at: Instant.nullable().describe('when that was'),
  fields: z.array(ChangedField).describe('all that differs; empty when it is not known which version had been read'),
});
export type ChangedMeanwhile = z.infer<typeof ChangedMeanwhile>;

/** The body of 412 PRECONDITION_FAILED. */
export const PreconditionProblem = Problem.extend({ changed: ChangedMeanwhile });
export type PreconditionProblem = z.infer<typeof PreconditionProblem>;
