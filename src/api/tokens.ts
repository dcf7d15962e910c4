import { z } from 'zod';
import { Instant, Name, Role } from './common';

/**
 * What a person says of a new bearer token. `workspaces` are names or globs (`*` is any text) that it may see; null is
 * everything, also what is unallocated.
 */
export const TokenInput = z.strictObject({
  name: Name.describe('where it is used, for example monthly-export; requests are recorded under it'),
  role: Role,
  workspaces: z
    .array(Name, 'must be a list of names or globs, or null for all')
    .min(1, 'must name at least one workspace, or be null for all')
    .max(1000, 'has more than 1,000 workspaces')
    .nullable()
    .default(null),
  expires_at: Instant.nullable().default(null).describe('null: it does not expire'),
});
export type TokenInput = z.infer<typeof TokenInput>;

/** A bearer token, without the token itself, which nobody can read again. */
export const AccessToken = z.object({
  id: z.number().int(),
  name: z.string(),
  role: Role,
  workspaces: z.array(z.string()).nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
  created_at: Instant,
  created_by: z.string(),
  expires_at: Instant.nullable(),
  last_used_at: Instant.nullable().describe('to the minute'),
  revoked_at: Instant.nullable(),
  revoked_by: z.string().nullable(),
});
export type AccessToken = z.infer<typeof AccessToken>;

/** All tokens, those that work first, then by name. */
export const TokenList = z.object({ data: z.array(AccessToken) });
export type TokenList = z.infer<typeof TokenList>;

/** A token that was just made: the only time that it is shown. */
export const NewToken = AccessToken.extend({ token: z.string() });
export type NewToken = z.infer<typeof NewToken>;
