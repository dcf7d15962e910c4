import { z } from 'zod';
import { Instant, Name } from './common';

const WHOM = ['login', 'team', 'email_domain', 'organization'] as const;

const whole = z.number('must be a whole number').int('must be a whole number').positive('must be above 0');

/**
 * Who may see which workspaces. Exactly one of: `login` of a person in Grafana; `team`, its id or name in Grafana;
 * `email_domain` of a verified address, without subdomains; `organization`, its id or name in Grafana. Workspaces are
 * names or globs (`*` is any text); `*` alone is everything, also what is unallocated.
 */
export const Grant = z
  .strictObject({
    login: Name.optional(),
    team: z.union([whole, Name], { error: 'must be the number or the name of a team' }).optional(),
    email_domain: z
      .string()
      .regex(/^[^\s@.]+(\.[^\s@.]+)*$/, 'must be the part of an address behind the @, for example example.com')
      .transform((domain) => domain.toLowerCase())
      .optional(),
    organization: z.union([whole, Name], { error: 'must be the number or the name of an organization' }).optional(),
    workspaces: z
      .array(Name, 'must be a list of names or globs')
      .min(1, 'must name at least one workspace')
      // Every request of whom it is for is matched with all of them.
      .max(1000, 'has more than 1,000 workspaces; use a glob'),
  })
  .refine((grant) => WHOM.filter((kind) => grant[kind] !== undefined).length === 1, {
    error: `must say for whom it is, by exactly one of ${WHOM.join(', ')}`,
    // Told beside what else is wrong with the grant.
    when: ({ value }) => typeof value === 'object' && value !== null,
  });
export type Grant = z.infer<typeof Grant>;

/** `access.yaml`, and the body of `PUT /v1/access`. */
export const AccessFile = z.strictObject({
  grants: z.array(Grant).max(10_000, 'has more than 10,000 grants'),
});
export type AccessFile = z.infer<typeof AccessFile>;

/** The grants in force. `version` rises with every change; in quotes it is the ETag, to be sent back as If-Match. */
export const Access = z.object({
  version: z.number().int().describe('0: there never were any'),
  grants: z.array(Grant),
  default_access: z.enum(['all', 'none']).describe('what those see whom no grant fits (CHARGEBACK_DEFAULT_ACCESS)'),
  applied_at: Instant.nullable(),
  applied_by: z.string(),
});
export type Access = z.infer<typeof Access>;

const list = (text: z.ZodType<string>) => z.union([z.array(text).max(100), text.transform((one) => [one])]).optional();

/** Somebody as Grafana would state them: whoever is asked about need not have been here. */
export const EffectiveAccessQuery = z.strictObject({
  login: Name.optional(),
  team: list(Name).describe('ids or names of teams'),
  email: z.string().max(254).optional().describe('an address that Grafana has verified'),
  organization: Name.optional().describe('id or name'),
});
export type EffectiveAccessQuery = z.infer<typeof EffectiveAccessQuery>;
/** What somebody who is no administrator sees, and why. */
export const EffectiveAccess = z.object({
  grants: z
    .array(z.object({ place: z.number().int(), grant: Grant }))
    .describe('those that fit, with their places from 1'),
  by_default: z.boolean().describe('no grant fits, so default_access decides'),
  granted: z.array(z.string()).describe('names and globs'),
  workspaces: z
    .array(z.string())
    .nullable()
    .describe('those there are now; null: everything, also what is unallocated'),
});
export type EffectiveAccess = z.infer<typeof EffectiveAccess>;

/** What those see whom no grant fits. */
export const DEFAULT_ACCESS = ['all', 'none'] as const;
export type DefaultAccess = (typeof DEFAULT_ACCESS)[number];
