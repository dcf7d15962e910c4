import { z } from 'zod';
import { RESOURCE_FIELDS, type ResourceField } from '../domain/resource';
import { ChargebackRange, ResourceFilters } from './chargeback';
import { Currency, DecimalText, Instant } from './common';

const question = {
  charge_type: z.string().min(1, 'must be the slug of a meter').max(63),
  currency: Currency.optional().describe('the reporting currency when absent'),
  ...ResourceFilters,
};
const page = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
};

/** Why an amount is what it is: a meter's cost in a period of what the filters leave, by price and day. */
export const ExplainedDaysQuery = z.strictObject({ ...ChargebackRange, ...question });
export type ExplainedDaysQuery = z.infer<typeof ExplainedDaysQuery>;

/** A price version that took part. `price_id` is that of the view hourly_cost_facts. */
export const ExplainedPrice = z.object({
  price_id: z.number().int(),
  rate_card: z.string(),
  rate_card_id: z.number().int(),
  workspace: z.string().describe('empty: a general price'),
  valid_from: Instant,
  currency: z.string(),
  per: DecimalText,
  tiers: z.array(z.object({ from: DecimalText, unit_price: DecimalText })),
  quantity: DecimalText,
  cost: DecimalText,
});

/**
 * `price_id` null: unrated, no price was in force. The costs sum to `total.cost` exactly; `total` is what is priced in the
 * currency, as /v1/costs gives it.
 */
export const ExplainedDays = z.object({
  charge_type: z.string(),
  unit: z.string(),
  currency: z.string(),
  timezone: z.string(),
  total: z.object({ quantity: DecimalText, cost: DecimalText }),
  prices: z.array(ExplainedPrice),
  days: z.array(
    z.object({
      day: z.iso.date(),
      price_id: z.number().int().nullable(),
      quantity: DecimalText,
      cost: DecimalText.nullable(),
      estimated_facts: z.number().int(),
      facts: z.number().int(),
    }),
  ),
});
export type ExplainedDays = z.infer<typeof ExplainedDays>;

/** The hours of one day of the billing time zone. */
export const ExplainedHoursQuery = z.strictObject({
  // Whatever the billing time zone, its hours are instants then.
  day: z.iso.date().refine((day) => day > '0001-01-01' && day < '9999-12-31', 'must lie in the years 1 to 9999'),
  ...question,
});
export type ExplainedHoursQuery = z.infer<typeof ExplainedHoursQuery>;

/**
 * Every hour [hour, hour + 1 h) of the day, once for each price and once for what is unrated; an hour without usage has
 * `resources` 0. `coverage` is the mean of its resources', weighted by quantity. `month_to_date` is what the workspace had
 * used of the meter in the billing month before and after this hour, whatever else is filtered, which decides the tier: the
 * workspace's cost of the hour is that of `after` − that of `before`, shared out to its resources by quantity. Null when the
 * row has resources of several workspaces and the question does not name one.
 */
export const ExplainedHours = z.object({
  charge_type: z.string(),
  unit: z.string(),
  currency: z.string(),
  timezone: z.string(),
  hours: z.array(
    z.object({
      hour: Instant,
      price_id: z.number().int().nullable(),
      quantity: DecimalText,
      cost: DecimalText.nullable(),
      estimated: z.boolean(),
      coverage: z.number(),
      resources: z.number().int(),
      month_to_date: z.object({ before: DecimalText, after: DecimalText }).nullable(),
    }),
  ),
});
export type ExplainedHours = z.infer<typeof ExplainedHours>;

/** The readings of one hour. */
export const ExplainedReadingsQuery = z.strictObject({ hour: Instant, ...question, ...page });
export type ExplainedReadingsQuery = z.infer<typeof ExplainedReadingsQuery>;

const fields = Object.fromEntries(RESOURCE_FIELDS.map((field) => [field, z.string()])) as Record<
  ResourceField,
  z.ZodString
>;

/**
 * What one Prometheus series contributed to an hour. Of a counter: `usage` = link.amount + growth, unless hours without
 * samples lie between (`spread`: the growth over those hours is divided evenly; then usage = spread.part + growth, where
 * there is one). Of a gauge growth is unit-seconds (usage = growth ÷ 3600, rounded once for a resource), of an expression the
 * value. `previous` null: none is known.
 */
export const ExplainedReading = z.object({
  labels: z.record(z.string(), z.string()).describe('of the series in Prometheus'),
  resource: z.object(fields).describe('as the directory names it'),
  first: DecimalText.nullable(),
  last: DecimalText.nullable(),
  growth: DecimalText.nullable(),
  samples: z.number().int(),
  coverage: z.number().nullable(),
  previous: z.object({ hour: Instant, last: DecimalText }).nullable(),
  link: z
    .object({ amount: DecimalText, from: z.enum(['previous', 'zero', 'baseline']) })
    .nullable()
    .describe(
      'growth up to the first sample. previous: first − previous.last; zero: first, because the counter fell or the series is new; baseline: 0, because the process, or the counter, is older than what is known of it',
    ),
  spread: z
    .object({ from: Instant, to: Instant, amount: DecimalText, part: DecimalText })
    .nullable()
    .describe(
      'the gap whose growth was divided over its hours [from, to), this one among them; part is that of this hour, with those of hours that were closed already when it is the first open one',
    ),
  usage: DecimalText,
});
export type ExplainedReading = z.infer<typeof ExplainedReading>;

/**
 * Readings with the greatest usage first; over all pages they sum to the quantity of the hour's facts, but for what is
 * `unexplained`.
 */
export const ExplainedReadings = z.object({
  charge_type: z.string(),
  unit: z.string(),
  kind: z.enum(['counter', 'gauge', 'expression']),
  query: z.string().describe('PromQL of the meter'),
  hour: Instant,
  found: z.number().int(),
  offset: z.number().int(),
  total: z.object({ quantity: DecimalText, cost: DecimalText.nullable() }),
  unexplained: z
    .object({ quantity: DecimalText, reason: z.string() })
    .nullable()
    .describe('what of the quantity no reading accounts for, and why; null: nothing'),
  data: z.array(ExplainedReading),
});
export type ExplainedReadings = z.infer<typeof ExplainedReadings>;
