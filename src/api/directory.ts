import { z } from 'zod';
import { isOnHour } from '../domain/hours';
import { RESOURCE_FIELDS } from '../domain/resource';
import { DecimalText, Instant, OptionalName, PeriodName } from './common';

const fields = z.partialRecord(z.enum(RESOURCE_FIELDS), OptionalName);

/**
 * A rule of ownership. `match` compares fields with globs (`*` is any text); `set` gives fields a value in which
 * `${1}` is the first glob's match. For each field the first matching rule that sets it wins.
 */
export const DirectoryRule = z
  .strictObject({
    match: z
      .partialRecord(z.enum(RESOURCE_FIELDS), z.string().max(200))
      .refine((match) => Object.keys(match).length > 0, 'needs at least one field to match'),
    set: fields.refine((set) => Object.keys(set).length > 0, 'needs at least one field to set'),
    valid_from: z
      .union([z.iso.date(), Instant], {
        error: 'must be a day such as 2026-01-01 or a time on an hour such as 2026-01-01T05:00:00Z',
      })
      .optional(),
  })
  .superRefine(({ match, set, valid_from }, problems) => {
    if (valid_from?.includes('T') && !isOnHour(Date.parse(valid_from))) {
      problems.addIssue({ code: 'custom', path: ['valid_from'], message: `${valid_from} is not on the hour` });
    }
    const globs = Object.values(match).reduce((count, glob) => count + glob.split('*').length - 1, 0);
    for (const [field, value] of Object.entries(set)) {
      for (const [reference, number] of value.matchAll(/\$\{(\d+)\}/g)) {
        if (Number(number) < 1 || Number(number) > globs) {
          problems.addIssue({
            code: 'custom',
            path: ['set', field],
            message: `${reference} has no glob: the rule's match has ${globs === 0 ? 'none' : `only ${globs}`}`,
          });
        }
      }
    }
  });
export type DirectoryRule = z.infer<typeof DirectoryRule>;

/** `directory.yaml`. */
export const DirectoryFile = z.strictObject({
  rules: z.array(DirectoryRule).max(10_000, 'has more than 10,000 rules'),
});
export type DirectoryFile = z.infer<typeof DirectoryFile>;

/**
 * A rule as it is listed and sent back. To editors, who change some rules within limits, `group` says which: those that
 * give one of their workspaces what it has, and follow each other without another rule between. What a group has
 * belongs to its workspace before and after; within it rules may be changed, added, ordered and taken out.
 */
export const ListedRule = DirectoryRule.safeExtend({
  group: z.number().int().min(1).optional().describe('only for editors: which rules they may change, counted from 1'),
});
export type ListedRule = z.infer<typeof ListedRule>;

/** Rules to be tried or to be put: the whole list of those that one reads, as they should be. */
export const ProposedRules = z.strictObject({
  rules: z.array(ListedRule).max(10_000, 'has more than 10,000 rules'),
});
export type ProposedRules = z.infer<typeof ProposedRules>;

/**
 * The directory in force; of one who may see some workspaces only the rules that name them, without who changed what last.
 * `version` rises with every change; in quotes it is the ETag, to be sent back as If-Match.
 */
export const Directory = z.object({
  version: z.number().int(),
  rules: z.array(ListedRule),
  applied_at: Instant.nullable(),
  applied_by: z.string(),
});
export type Directory = z.infer<typeof Directory>;
/** What a change of the directory did. */
export const DirectoryResult = Directory.extend({
  resources_changed: z.number().int(),
  facts_changed: z.number().int(),
});

/** What a rule does now: resources (that one may see) that it matches, and those for which it decides at least one field. */
export const RuleCount = z.object({
  matches: z.number().int(),
  decides: z.number().int().describe('0: earlier rules set everything that this one sets'),
});
export type RuleCount = z.infer<typeof RuleCount>;

/** What a rule does now, and the cost in the month of the resources for which it decides a field. */
export const RuleMatch = RuleCount.extend({ cost: DecimalText.describe('in the reporting currency') });
export type RuleMatch = z.infer<typeof RuleMatch>;

const outcome = {
  period: PeriodName,
  currency: z.string(),
  rules: z.array(RuleMatch).describe('in the order of the directory'),
  unmatched: z
    .object({ resources: z.number().int(), cost: DecimalText })
    .nullable()
    .describe('what has no workspace; null for those who may not see it'),
};

export const DirectoryMatchesQuery = z.strictObject({ period: PeriodName.optional().describe('the current month') });
/** What every rule of the directory in force does. */
export const DirectoryMatches = z.object({ version: z.number().int(), ...outcome });
export type DirectoryMatches = z.infer<typeof DirectoryMatches>;

/** What each of any rules would match, in their order; without costs, so it is quick. */
export const RuleCounts = z.object({ period: PeriodName, rules: z.array(RuleCount) });
export type RuleCounts = z.infer<typeof RuleCounts>;

/** A cost in a currency as it is and as it would be. */
const costChange = { currency: z.string(), before: DecimalText, after: DecimalText, difference: DecimalText };

/**
 * What would belong to whom with other rules; `changes` are costs of open hours by workspace, greatest change first. For
 * editors, who leave to every workspace what it has, `within` tells what changes inside of workspaces, by field and value.
 */
export const DirectoryPreview = z.object({
  ...outcome,
  resources_changed: z.number().int(),
  changes: z.array(z.object({ workspace: z.string(), ...costChange })),
  within: z
    .array(z.object({ workspace: z.string(), field: z.enum(RESOURCE_FIELDS), value: z.string(), ...costChange }))
    .optional()
    .describe('only for editors; the greatest change first'),
});
export type DirectoryPreview = z.infer<typeof DirectoryPreview>;

export const UnmatchedQuery = z.strictObject({
  period: PeriodName.optional().describe('the current month'),
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(25),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
});
/** Resources without a workspace that were used in the month, the greatest cost first. */
export const Unmatched = z.object({
  period: PeriodName,
  currency: z.string(),
  found: z.object({ resources: z.number().int(), cost: DecimalText }),
  offset: z.number().int(),
  data: z.array(
    z.object({
      resource: z.object(
        Object.fromEntries(RESOURCE_FIELDS.map((field) => [field, z.string()])) as Record<
          (typeof RESOURCE_FIELDS)[number],
          z.ZodString
        >,
      ),
      labels: z.record(z.string(), z.string()),
      cost: DecimalText,
      usage: z.array(z.object({ meter: z.string(), unit: z.string(), quantity: DecimalText, rated: z.boolean() })),
    }),
  ),
});
export type Unmatched = z.infer<typeof Unmatched>;
