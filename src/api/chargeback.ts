import { z } from 'zod';
import { AMOUNTS, LINE_FIELDS, LINE_KINDS, type AmountName, type LineKind } from '../domain/chargeback-line';
import { RESOURCE_FIELDS, type ResourceField } from '../domain/resource';
import { Currency, DecimalText, Instant, PeriodName } from './common';

export { AMOUNTS, LINE_FIELDS, LINE_KINDS, type AmountName, type LineKind };

const filter = () =>
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('one value or several; empty: unallocated');

/** A filter for every field of a resource: `cluster=vc-1&topic=orders`; several values of one field are alternatives. */
export const ResourceFilters = Object.fromEntries(RESOURCE_FIELDS.map((field) => [field, filter()])) as Record<
  ResourceField,
  ReturnType<typeof filter>
>;

/** Which hours: a month, or a range [from_ts, to_ts) of whole hours. Give one of the two. */
export const ChargebackRange = {
  period: PeriodName.optional(),
  from_ts: Instant.optional(),
  to_ts: Instant.optional(),
};

/** What a chargeback is about; the same for the report, its summary, its days, its pages and its CSV. */
const scope = {
  ...ChargebackRange,
  currency: Currency.optional().describe('the reporting currency when absent'),
  ...ResourceFilters,
};

const search = z
  .string()
  .max(200, 'must have at most 200 characters')
  .optional()
  .describe('words that must all occur in the names of a line; case does not matter');

const SORTS = [...AMOUNTS, 'confidence', ...new Set(Object.values(LINE_FIELDS).flat())];
const sort = z
  .string()
  .refine((text) => SORTS.some((name) => text === name || text === `-${name}`), {
    error: `must be one of ${SORTS.join(', ')}; with - before it the greatest comes first`,
  })
  .default('-total_cost');

/** Which chargeback: a month, or a range of whole hours; for the platform, or what the filters leave. */
export const ChargebackQuery = z.strictObject({ ...scope, search, sort });
export type ChargebackQuery = z.infer<typeof ChargebackQuery>;

/** One page of lines; lines are counted from `offset` 0. */
export const ChargebackLinesQuery = z.strictObject({
  ...scope,
  search,
  sort,
  by: z.enum(LINE_KINDS).default('application'),
  limit: z.coerce.number().int().min(1).max(500).default(25),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
});
export type ChargebackLinesQuery = z.infer<typeof ChargebackLinesQuery>;

export const ChargebackSummaryQuery = z.strictObject(scope);
export type ChargebackSummaryQuery = z.infer<typeof ChargebackSummaryQuery>;

/** By what the cost of days may be told apart. */
export const DAY_GROUPS = [...RESOURCE_FIELDS, 'charge_type'] as const;

/** The `top` greatest values are series of their own, the rest is one series. */
export const ChargebackDaysQuery = z.strictObject({
  ...scope,
  by: z.enum(DAY_GROUPS).default('workspace'),
  top: z.coerce.number().int().min(1).max(20).default(8),
});
export type ChargebackDaysQuery = z.infer<typeof ChargebackDaysQuery>;

const amounts = Object.fromEntries(AMOUNTS.map((name) => [name, DecimalText])) as Record<
  AmountName,
  typeof DecimalText
>;
export const ChargebackAmounts = z.object(amounts);
export type ChargebackAmounts = z.infer<typeof ChargebackAmounts>;

export const ChargebackLine = z.object({
  workspace: z.string().describe('empty: unallocated'),
  application: z.string(),
  environment: z.string(),
  ...amounts,
  confidence: z.number(),
});
export type ChargebackLine = z.infer<typeof ChargebackLine>;

/** A price in force at some moment of the period. */
export const RateInForce = z.object({
  rate_card: z.string(),
  rate_card_id: z.number().int(),
  workspace: z.string(),
  meter: z.string(),
  valid_from: Instant,
  currency: z.string(),
  per: DecimalText,
  tiers: z.array(z.object({ from: DecimalText, unit_price: DecimalText })),
});
export type RateInForce = z.infer<typeof RateInForce>;

const period = z.object({ start: Instant, end: Instant, status: z.enum(['open', 'closed']), timezone: z.string() });
const other_currencies = z
  .array(z.string())
  .describe('currencies in which there are more costs; ask for them with currency=');
const unrated = z.array(z.object({ meter: z.string(), quantity: DecimalText, unit: z.string() }));

export const Chargeback = z.object({
  period,
  currency: z.string(),
  other_currencies,
  watermark: Instant.nullable(),
  rates: z.array(RateInForce),
  lines: z.array(ChargebackLine),
  totals: ChargebackAmounts,
  unrated,
});
export type Chargeback = z.infer<typeof Chargeback>;

/** A line of the kind that was asked for: it has the fields of LINE_FIELDS and no other names. */
export const ChargebackPageLine = z.object({
  ...(Object.fromEntries(
    [...new Set(Object.values(LINE_FIELDS).flat())].map((field) => [field, z.string().optional()]),
  ) as Record<(typeof LINE_FIELDS)[LineKind][number], z.ZodOptional<z.ZodString>>),
  ...amounts,
  confidence: z.number(),
});
export type ChargebackPageLine = z.infer<typeof ChargebackPageLine>;

/** A page of lines. `found` is what the search leaves, `all` is what it searched; both over all lines, not over the page. */
export const ChargebackLines = z.object({
  period,
  currency: z.string(),
  watermark: Instant.nullable(),
  by: z.enum(LINE_KINDS),
  offset: z.number().int(),
  lines: z.array(ChargebackPageLine),
  found: z.object({ lines: z.number().int(), totals: ChargebackAmounts }),
  all: z.object({ lines: z.number().int(), totals: ChargebackAmounts }),
});
export type ChargebackLines = z.infer<typeof ChargebackLines>;

/**
 * What stands above the lines. `previous` is the month before up to the same elapsed time (for a range: the range of
 * the same length just before), null when nothing was collected then; `complete` false when only a part of it was.
 */
export const ChargebackSummary = z.object({
  period,
  currency: z.string(),
  other_currencies,
  watermark: Instant.nullable(),
  totals: ChargebackAmounts,
  confidence: z.number(),
  lines: z.number().int(),
  workspaces: z.number().int().describe('workspaces with usage, without what is unallocated'),
  previous: z.object({ start: Instant, end: Instant, complete: z.boolean(), totals: ChargebackAmounts }).nullable(),
  environments: z.array(z.object({ environment: z.string(), ...amounts })).describe('greatest first'),
  unallocated: z.object({ cost: DecimalText, resources: z.number().int() }).describe('what no rule gives a workspace'),
  unrated,
  rates: z.array(RateInForce),
});
export type ChargebackSummary = z.infer<typeof ChargebackSummary>;

/** Cost by day of the billing time zone; `costs` stand in the order of `days`. */
export const ChargebackDays = z.object({
  currency: z.string(),
  timezone: z.string(),
  watermark: Instant.nullable(),
  by: z.enum(DAY_GROUPS),
  days: z.array(z.iso.date()),
  series: z
    .array(
      z.object({
        value: z.string().nullable().describe('empty: unallocated; null: all values that are not among the greatest'),
        values: z.number().int().describe('how many values the series stands for'),
        total: DecimalText,
        costs: z.array(DecimalText),
      }),
    )
    .describe('greatest first, the rest last'),
});
export type ChargebackDays = z.infer<typeof ChargebackDays>;
