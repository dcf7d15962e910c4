import { z } from 'zod';
import { Name } from './common';

const WHOM = ['login', 'team', 'email_domain', 'organization'] as const;

const whole = z.number('must be a whole number').int('must be a whole number').positive('must be above 0');

/**
 * Who may see which workspaces. Exactly one of: `login` of a person in Grafana; `team`, its id in Grafana;
 * `email_domain` of a verified address, without subdomains; `organization`, its id or name in Grafana. Workspaces are
 * names or globs (`*` is any text); `*` alone is everything, also what is unallocated.
 */
export const Grant = z
  .strictObject({
    login: Name.optional(),
    team: whole.optional(),
    email_domain: z
      .string()
      .regex(/^[^\s@.]+(\.[^\s@.]+)*$/, 'must be the part of an address behind the @, for example example.com')
      .transform((domain) => domain.toLowerCase())
      .optional(),
    organization: z.union([whole, Name], { error: 'must be the number or the name of an organization' }).optional(),
    workspaces: z.array(Name, 'must be a list of names or globs').min(1, 'must name at least one workspace'),
  })
  .refine((grant) => WHOM.filter((kind) => grant[kind] !== undefined).length === 1, {
    error: `must say for whom it is, by exactly one of ${WHOM.join(', ')}`,
    // Told beside what else is wrong with the grant.
    when: ({ value }) => typeof value === 'object' && value !== null,
  });
export type Grant = z.infer<typeof Grant>;

/** `access.yaml`. */
export const AccessFile = z.strictObject({
  grants: z.array(Grant).max(10_000, 'has more than 10,000 grants'),
});
export type AccessFile = z.infer<typeof AccessFile>;

/** What those see whom no grant fits. */
export const DEFAULT_ACCESS = ['all', 'none'] as const;
export type DefaultAccess = (typeof DEFAULT_ACCESS)[number];
