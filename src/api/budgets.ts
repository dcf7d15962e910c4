import { z } from 'zod';
import { BUDGET_INTERVALS, BUDGET_SCOPE_FIELDS, DEFAULT_THRESHOLDS } from '../domain/budget';
import { Decimal, isDecimalText } from '../domain/decimal';
import { Currency, DecimalText, Instant, Name, OptionalName, PeriodName } from './common';

/** Money above 0, with at most 12 digits before and 12 behind the point. */
const Amount = DecimalText.refine(
  (text) => !isDecimalText(text) || new Decimal(text).gt(0),
  'must be greater than 0',
).refine(
  (text) => !isDecimalText(text) || /^-?0*\d{1,12}(\.\d{1,12}0*)?$/.test(text),
  'must have at most 12 digits before and 12 behind the point',
);

/** A share of the amount in percent, above 0 and at most 1000, with at most 2 digits behind the point. */
const ThresholdPercent = z
  .union([z.number().transform(String), z.string()])
  .pipe(
    DecimalText.refine(
      (text) => !isDecimalText(text) || (new Decimal(text).gt(0) && new Decimal(text).lte(1000)),
      'must be above 0 and at most 1000 (percent)',
    ).refine(
      (text) => !isDecimalText(text) || new Decimal(text).decimalPlaces() <= 2,
      'must have at most 2 digits behind the point',
    ),
  );

/**
 * What a budget is for: only costs whose fields have these values, all of them; `{}` is the whole platform. An empty
 * value is what has none, so `{"workspace": ""}` is the budget of what is Unallocated.
 */
export const BudgetScope = z.partialRecord(z.enum(BUDGET_SCOPE_FIELDS), OptionalName);
export type BudgetScope = z.infer<typeof BudgetScope>;

/** An address that mail can be sent to. */
const Email = z
  .email('must be an e-mail address, for example team@example.com')
  .max(254, 'has more than 254 characters');

/**
 * What a person writes of a budget. Its periods follow each other from the month `valid_from` on, so a budget by year
 * that is valid from 2026-04 has years that begin in April.
 */
export const BudgetInput = z.strictObject({
  name: Name,
  scope: BudgetScope.default({}),
  amount: Amount.describe('of a period'),
  currency: Currency.optional().describe('the reporting currency (CHARGEBACK_CURRENCY) when absent'),
  interval: z
    .enum(BUDGET_INTERVALS, { error: `must be one of ${BUDGET_INTERVALS.join(', ')}` })
    .default('month')
    .describe('what the amount is for'),
  thresholds: z
    .array(ThresholdPercent)
    .min(1, 'needs at least one threshold')
    .max(10, 'has more than 10 thresholds')
    .superRefine((percents, context) => {
      percents.forEach((percent, index) => {
        const before = percents[index - 1];
        if (before && isDecimalText(before) && isDecimalText(percent) && new Decimal(percent).lte(before)) {
          context.addIssue({
            code: 'custom',
            path: [index],
            message: `must be greater than ${before}, the one before`,
          });
        }
      });
    })
    .default([...DEFAULT_THRESHOLDS])
    .describe('percent of the amount, ascending'),
  owner: Name.describe('who answers for it, for example a team'),
  contact: z
    .array(Email)
    .max(10, 'has more than 10 addresses')
    .default([])
    .describe('who is told when a threshold is crossed'),
  valid_from: PeriodName.describe('the month with which its first period begins'),
  notes: z.string().max(2000, 'must have at most 2000 characters').default(''),
});
export type BudgetInput = z.infer<typeof BudgetInput>;

/** `budgets.yaml`. A budget is known by its name; those that the file does not name stay as they are. */
export const BudgetsFile = z.strictObject({
  budgets: z.array(BudgetInput).max(10_000, 'has more than 10,000 budgets'),
});
export type BudgetsFile = z.infer<typeof BudgetsFile>;

/** A threshold in a period: whether spend is at or above it now, and when it was crossed (once, whatever spend did then). */
const ThresholdState = z.object({
  percent: DecimalText,
  reached: z.boolean(),
  crossed_at: Instant.nullable(),
});

/** How a budget stands in the period of the last complete hour. */
export const BudgetStatus = z.object({
  period: z.object({ start: PeriodName, end: PeriodName.describe('the month after its last') }),
  spent: DecimalText,
  remaining: DecimalText.describe('below 0 when more was spent than the amount'),
  used_percent: DecimalText.describe('100 × spent ÷ amount'),
  elapsed_percent: DecimalText.describe('how much of the period the data covers, up to the watermark'),
  burn_ratio: DecimalText.nullable().describe(
    'used % ÷ elapsed %; above 1 it will not last; null when nothing has elapsed',
  ),
  thresholds: z.array(ThresholdState),
});
export type BudgetStatus = z.infer<typeof BudgetStatus>;

export const Budget = BudgetInput.required().extend({
  thresholds: z.array(DecimalText),
  id: z.number().int(),
  version: z.number().int(),
  created_at: Instant,
  created_by: z.string(),
  updated_at: Instant,
  updated_by: z.string(),
  status: BudgetStatus.nullable().describe('null before its first period'),
});
export type Budget = z.infer<typeof Budget>;

/** All budgets that one may see, by name. */
export const BudgetList = z.object({
  data: z.array(Budget),
  watermark: Instant.nullable(),
  may_create: z.boolean().describe('whether the one who asks may write budgets at all'),
});
export type BudgetList = z.infer<typeof BudgetList>;

/** How a budget would have done: a row a period, those before `valid_from` counted as if it had been valid. */
export const BudgetBackTest = z.object({
  currency: Currency,
  periods: z.array(
    z.object({
      start: PeriodName,
      end: PeriodName,
      spent: DecimalText,
      used_percent: DecimalText,
      crossed: z
        .array(z.object({ percent: DecimalText, on: z.iso.date() }))
        .describe('thresholds that it crossed, and the day of the billing time zone on which'),
      complete: z.boolean().describe('false for the period that still runs'),
      partly_known: z.boolean().describe('true when nothing was collected in its first days'),
    }),
  ),
});
export type BudgetBackTest = z.infer<typeof BudgetBackTest>;

/** Crossings, newest first. */
export const BudgetCrossingQuery = z.strictObject({
  budget: z.coerce.number().int().optional().describe('the id of a budget'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'must be the next_cursor of the page before')
    .optional(),
});
export type BudgetCrossingQuery = z.infer<typeof BudgetCrossingQuery>;

/** How a crossing was told to somebody. */
export const CrossingNotification = z.object({
  channel: z.enum(['email', 'webhook']),
  to: z.string().describe('an address; of a webhook its host'),
  state: z.enum(['waiting', 'sent', 'failed']),
  at: Instant.nullable(),
  attempts: z.number().int(),
  error: z.string().nullable(),
});
/** A threshold that was crossed in a period, for good: what it was then, and who was told. */
export const BudgetCrossing = z.object({
  id: z.string(),
  budget_id: z.number().int(),
  budget: z.string(),
  period: z.object({ start: PeriodName, end: PeriodName }),
  percent: DecimalText,
  amount: DecimalText,
  spent: DecimalText.describe('when it was noticed'),
  currency: Currency,
  crossed_at: Instant.describe('when it was noticed'),
  data_until: Instant.nullable().describe('the watermark then'),
  notifications: z.array(CrossingNotification),
});
export type BudgetCrossing = z.infer<typeof BudgetCrossing>;
export const BudgetCrossings = z.object({ data: z.array(BudgetCrossing), next_cursor: z.string().nullable() });
export type BudgetCrossings = z.infer<typeof BudgetCrossings>;
