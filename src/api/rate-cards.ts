import { z } from 'zod';
import { Decimal, isDecimalText } from '../domain/decimal';
import { Currency, DecimalText, Instant, Name, OptionalName } from './common';

/** A price ≥ 0 with at most 20 digits before and 12 behind the point. */
export const UnitPrice = DecimalText.refine((text) => !text.startsWith('-'), 'must not be negative').refine(
  (text) => /^-?0*\d{1,20}(\.\d{1,12}0*)?$/.test(text) || !/^-?\d/.test(text),
  'must have at most 20 digits before and 12 behind the point',
);

const positive = (text: string) => new Decimal(text).gt(0);
/** How many units the price is for: 1073741824 for a GB, 1000000 for a million. */
export const PerQuantity = z
  .union([z.number().transform(String), z.string()])
  .pipe(
    DecimalText.refine((text) => !isDecimalText(text) || positive(text), 'must be greater than 0').refine(
      (text) => text.length <= 40,
      'is too long',
    ),
  );

const FromQuantity = z
  .union([z.number().transform(String), z.string()])
  .pipe(
    DecimalText.refine((text) => !text.startsWith('-'), 'must not be negative').refine(
      (text) => text.length <= 40,
      'is too long',
    ),
  );

/** `from` is in the meter's own unit, month to date. */
export const Tier = z.strictObject({ from: FromQuantity, unit_price: UnitPrice });
export type Tier = z.infer<typeof Tier>;

/** A price of one meter: either `unit_price` (flat) or `tiers` (graduated by the month-to-date usage of a workspace). */
export const Price = z
  .strictObject({
    per: PerQuantity.default('1'),
    unit_price: UnitPrice.optional(),
    tiers: z.array(Tier).min(1, 'needs at least one tier').max(100, 'has more than 100 tiers').optional(),
  })
  .superRefine((price, context) => {
    if ((price.unit_price === undefined) === (price.tiers === undefined)) {
      context.addIssue({ code: 'custom', message: 'needs either unit_price or tiers, not both and not neither' });
    }
    price.tiers?.forEach((tier, index) => {
      // What is no number has its own problem already; there is nothing to compare.
      if (!isDecimalText(tier.from)) {
        return;
      }
      if (index === 0 && !new Decimal(tier.from).isZero()) {
        context.addIssue({ code: 'custom', path: ['tiers', 0, 'from'], message: 'the first tier must start from 0' });
      }
      const before = price.tiers?.[index - 1];
      if (before && isDecimalText(before.from) && new Decimal(tier.from).lte(before.from)) {
        context.addIssue({
          code: 'custom',
          path: ['tiers', index, 'from'],
          message: `must be greater than ${before.from}, the start of the tier before`,
        });
      }
    });
  });
export type Price = z.infer<typeof Price>;

/**
 * What a person writes of a rate card. `valid_from` is a day (its start in the billing time zone) or a full
 * timestamp on an hour; `workspace` makes it an override for that workspace; `prices` is keyed by meter slug.
 */
export const RateCardInput = z.strictObject({
  name: Name,
  workspace: OptionalName.default(''),
  currency: Currency.optional().describe('the reporting currency (CHARGEBACK_CURRENCY) when absent'),
  valid_from: z.union([z.iso.date(), Instant], {
    error: 'must be a day such as 2026-01-01 or a time on an hour such as 2026-01-01T05:00:00Z',
  }),
  notes: z.string().max(2000, 'must have at most 2000 characters').default(''),
  prices: z.record(z.string(), Price).refine((prices) => Object.keys(prices).length > 0, 'needs at least one price'),
});
export type RateCardInput = z.infer<typeof RateCardInput>;

/** A stored rate card. `version` rises with every change; in quotes it is the ETag, to be sent back as If-Match. */
export const RateCard = z.object({
  id: z.number().int(),
  version: z.number().int(),
  name: z.string(),
  workspace: z.string().describe('empty: a general card'),
  currency: z.string(),
  valid_from: Instant,
  notes: z.string(),
  prices: z.record(
    z.string(),
    z.object({
      per: DecimalText,
      unit_price: DecimalText.optional(),
      tiers: z.array(z.object({ from: DecimalText, unit_price: DecimalText })).optional(),
    }),
  ),
  created_at: Instant,
  created_by: z.string(),
  updated_at: Instant,
  updated_by: z.string(),
});
export type RateCard = z.infer<typeof RateCard>;

/** `rates.yaml`. */
export const RatesFile = z.strictObject({ rate_cards: z.array(RateCardInput).min(1, 'needs at least one rate card') });
export type RatesFile = z.infer<typeof RatesFile>;

export const RateCardList = z.object({
  data: z.array(RateCard),
  closed_until: Instant.nullable().describe('hours before it are closed, their prices final; null while nothing is'),
});
export type RateCardList = z.infer<typeof RateCardList>;

/** A dry run: the card as it would be saved; with `id` it replaces that card, without it is a new one. */
export const PreviewRequest = z.strictObject({ id: z.number().int().optional(), card: RateCardInput });
export const PreviewRow = z.object({
  workspace: z.string(),
  charge_type: z.string(),
  currency: z.string(),
  before: DecimalText,
  after: DecimalText,
  difference: DecimalText,
});
export type PreviewRow = z.infer<typeof PreviewRow>;
/** The bill of a workspace over all its charge types, in one currency. */
export const PreviewBill = PreviewRow.omit({ charge_type: true });
export type PreviewBill = z.infer<typeof PreviewBill>;
/**
 * Who would pay what, in the open hours that the change reaches; only rows that change, greatest change first. `bills`
 * are whole bills, what does not change included, of the open months from `bills_from` on: of whom pays another amount.
 */
export const Preview = z.object({
  from: Instant,
  rows: z.array(PreviewRow),
  bills_from: Instant,
  bills: z.array(PreviewBill),
  totals: z.array(z.object({ currency: z.string(), before: DecimalText, after: DecimalText, difference: DecimalText })),
});
export type Preview = z.infer<typeof Preview>;
