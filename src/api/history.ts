import { z } from 'zod';
import { Instant } from './common';
import { DirectoryRule } from './directory';

/** What a change can be of. */
export const HISTORY_OBJECTS = ['rate-card', 'directory', 'budget', 'period', 'token', 'access', 'collection'] as const;

/** Changes, newest first. `subject` is the name of the changed thing, such as that of a rate card. */
export const HistoryQuery = z.strictObject({
  object: z.enum(HISTORY_OBJECTS).optional(),
  subject: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(25),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'must be the next_cursor of the page before')
    .optional(),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

/**
 * Who changed what; `before` and `after` are the thing as the API shows it, null where it did not exist. Of
 * `directory.apply`, whose rules may be megabytes, each is a DirectoryChange. Of `collection.request` `after` is
 * `{job, from, to, meters}` and the subject `from/to`.
 */
export const HistoryEntry = z.object({
  id: z.string(),
  at: Instant,
  actor: z.string(),
  action: z
    .string()
    .describe('object and verb: rate-card.create, rate-card.change, rate-card.delete, directory.apply …'),
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
/**
 * One side of a change of the directory: how many rules it has, how many of them the other side has not, and the first 50
 * of those with their places, counted from 1. None differs on either side when only the order changed.
 */
export const DirectoryChange = z.object({
  rules: z.number().int(),
  differing: z.number().int(),
  first: z.array(z.object({ place: z.number().int(), rule: DirectoryRule })).max(50),
});
export type DirectoryChange = z.infer<typeof DirectoryChange>;
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export const History = z.object({ data: z.array(HistoryEntry), next_cursor: z.string().nullable() });
export type History = z.infer<typeof History>;
