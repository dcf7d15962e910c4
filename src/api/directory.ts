import { z } from 'zod';
import { RESOURCE_FIELDS } from '../domain/resource';
import { Instant, OptionalName } from './common';

const fields = z.partialRecord(z.enum(RESOURCE_FIELDS), OptionalName);

/**
 * A rule of ownership. `match` compares fields with globs (`*` is any text); `set` gives fields a value in which
 * `${1}` is the first glob's match. For each field the first matching rule that sets it wins.
 */
export const DirectoryRule = z.strictObject({
  match: z
    .partialRecord(z.enum(RESOURCE_FIELDS), z.string().max(200))
    .refine((match) => Object.keys(match).length > 0, 'needs at least one field to match'),
  set: fields.refine((set) => Object.keys(set).length > 0, 'needs at least one field to set'),
  valid_from: z
    .union([z.iso.date(), Instant], {
      error: 'must be a day such as 2026-01-01 or a time on an hour such as 2026-01-01T05:00:00Z',
    })
    .optional(),
});
export type DirectoryRule = z.infer<typeof DirectoryRule>;

/** `directory.yaml`, and the body of `PUT /v1/directory`. */
export const DirectoryFile = z.strictObject({
  rules: z.array(DirectoryRule).max(10_000, 'has more than 10,000 rules'),
});
export type DirectoryFile = z.infer<typeof DirectoryFile>;

/** The directory in force. Send `version` back in a PUT to be told of a change in between (409 DIRECTORY_CHANGED). */
export const Directory = z.object({
  version: z.number().int(),
  rules: z.array(DirectoryRule),
  applied_at: Instant.nullable(),
  applied_by: z.string(),
});
export type Directory = z.infer<typeof Directory>;
export const DirectoryUpdate = DirectoryFile.safeExtend({ version: z.number().int().optional() });
/** What a change of the directory did. */
export const DirectoryResult = Directory.extend({
  resources_changed: z.number().int(),
  facts_changed: z.number().int(),
});
