import { z } from 'zod';
import { Instant } from './common';
import { DirectoryRule } from './directory';

/** What a change can be of. */
export const HISTORY_OBJECTS = [
  'rate-card',
  'directory',
  'budget',
  'period',
  'token',
  'access',
  'reader',
  'collection',
] as const;

export type HistoryObject = (typeof HISTORY_OBJECTS)[number];

/**
 * By which way a change came: a page in Grafana, a bearer token of the API, a command line, a file of the configuration
 * folder at the first start, or the collector by itself.
 */
export const CHANGE_WAYS = ['grafana', 'token', 'cli', 'file', 'collector'] as const;
export type ChangeWay = (typeof CHANGE_WAYS)[number];

/** Which changes; `from_ts` (at or after) and `to_ts` (before) are of the moment of the change. */
export const HistoryFilter = z
  .strictObject({
    object: z.enum(HISTORY_OBJECTS).optional(),
    object_id: z.string().max(200).optional().describe('the id of a rate card, a budget or a token: also when renamed'),
    subject: z.string().max(200).optional().describe('the name of the changed thing, such as that of a rate card'),
    actor: z.string().max(250).optional().describe('a login, token:NAME, cli:USER or a file'),
    workspace: z.string().max(200).optional().describe('only what concerns this workspace and no other'),
    from_ts: Instant.optional(),
    to_ts: Instant.optional(),
  })
  .refine(({ from_ts, to_ts }) => !from_ts || !to_ts || Date.parse(from_ts) < Date.parse(to_ts), {
    path: ['to_ts'],
    error: 'must be later than from_ts',
  });
export type HistoryFilter = z.infer<typeof HistoryFilter>;

/** A page of changes, newest first. */
export const HistoryQuery = HistoryFilter.safeExtend({
  limit: z.coerce.number().int().min(1).max(500).default(25),
  cursor: z.uuid('must be the next_cursor of the page before').optional(),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

/**
 * Who changed what; `before` and `after` are the thing as the API shows it, null where it did not exist. Of
 * `directory.apply`, whose rules may be megabytes, each is a DirectoryChange. Of `collection.request` `after` is
 * `{job, from, to, meters}`, of `collection.run` (by a command line) the same without `job`, and the subject `from/to`.
 */
export const HistoryEntry = z.object({
  id: z.string().describe('says nothing of how many entries there are'),
  at: Instant,
  actor: z.string(),
  via: z.enum(CHANGE_WAYS).nullable().describe('null: recorded before this was kept'),
  address: z
    .string()
    .nullable()
    .describe("the network address from which the collector was asked, if it was: through Grafana it is Grafana's"),
  action: z
    .string()
    .describe('object and verb: rate-card.create, rate-card.change, rate-card.delete, directory.apply …'),
  object: z.string(),
  object_id: z.string().nullable(),
  subject: z.string(),
  workspace: z.string().nullable().describe('the only workspace that it concerns; null: several, all, or none'),
  before: z.unknown(),
  after: z.unknown(),
});
/**
 * One side of a change of the directory: how many rules it has, how many of them the other side has not, and the first 50
 * of those with their places, counted from 1. None differs on either side when only the order changed. Who may not see
 * all workspaces is told no number of rules and no places.
 */
export const DirectoryChange = z.object({
  rules: z.number().int().nullable(),
  differing: z.number().int(),
  first: z.array(z.object({ place: z.number().int().nullable(), rule: DirectoryRule })).max(50),
});
export type DirectoryChange = z.infer<typeof DirectoryChange>;
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export const History = z.object({ data: z.array(HistoryEntry), next_cursor: z.string().nullable() });
export type History = z.infer<typeof History>;
