import { z } from 'zod';
import { Currency, DecimalText, Instant, PeriodName } from './common';

/** Which chargeback: a month, or a range of whole hours; for the platform, one workspace, or one application. */
export const ChargebackQuery = z.strictObject({
  period: PeriodName.optional(),
  from_ts: Instant.optional(),
  to_ts: Instant.optional(),
  workspace: z.string().optional().describe('empty: unallocated'),
  application: z.string().optional(),
  currency: Currency.optional(),
});
export type ChargebackQuery = z.infer<typeof ChargebackQuery>;

const amounts = {
  ingress_bytes: DecimalText,
  egress_bytes: DecimalText,
  messages: DecimalText,
  ingress_cost: DecimalText,
  egress_cost: DecimalText,
  message_cost: DecimalText,
  other_cost: DecimalText,
  total_cost: DecimalText,
};

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

export const Chargeback = z.object({
  period: z.object({ start: Instant, end: Instant, status: z.enum(['open', 'closed']), timezone: z.string() }),
  currency: z.string(),
  other_currencies: z
    .array(z.string())
    .describe('currencies in which there are more costs; ask for them with currency='),
  watermark: Instant.nullable(),
  rates: z.array(RateInForce),
  lines: z.array(ChargebackLine),
  totals: z.object(amounts),
  unrated: z.array(z.object({ meter: z.string(), quantity: DecimalText, unit: z.string() })),
});
export type Chargeback = z.infer<typeof Chargeback>;
