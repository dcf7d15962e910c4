import type { ExplainedHours, ExplainedPrice } from '../../../api/explanations';
import type { z } from 'zod';
import { Decimal } from '../../../domain/decimal';
import { formatPrice } from '../../format/money';
import { perLabel } from '../../format/per';
import { formatQuantity } from '../../format/quantity';
import { fineMoney } from './fine-money';
import { fineQuantity } from './fine-quantity';

export type PriceVersion = z.infer<typeof ExplainedPrice>;
export type ExplainedHour = ExplainedHours['hours'][number];

/** What of an hour's usage fell into one tier, and what that costs, exactly. */
export interface TierPart {
  from: string;
  /** Where the next tier begins; null: this is the last. */
  to: string | null;
  unit_price: string;
  quantity: string;
  cost: string;
}

/**
 * The parts of the usage between two amounts of the month to date that fall into the tiers of a price: overlap of
 * [before, after] with [from, next from) ÷ per × unit price. Parts of nothing are left out.
 */
export function tierParts(
  { tiers, per }: Pick<PriceVersion, 'tiers' | 'per'>,
  { before, after }: NonNullable<ExplainedHour['month_to_date']>,
): TierPart[] {
  return tiers.flatMap(({ from, unit_price }, index) => {
    const to = tiers[index + 1]?.from ?? null;
    const end = to === null ? new Decimal(after) : Decimal.min(after, to);
    const quantity = end.minus(Decimal.max(before, from));
    return quantity.lte(0)
      ? []
      : [{ from, to, unit_price, quantity: quantity.toFixed(), cost: quantity.div(per).times(unit_price).toFixed() }];
  });
}

/** Whether every unit costs the same. */
export function isFlat({ tiers }: Pick<PriceVersion, 'tiers'>): boolean {
  return tiers.length === 1;
}

/** `quantity` at a unit price in words: `10.00 GiB ÷ 1 GB × 0.10 USD`. */
export function product(
  quantity: string,
  unit: string,
  { per, currency }: Pick<PriceVersion, 'per' | 'currency'>,
  unitPrice: string,
): string {
  const label = perLabel(per, unit);
  const divisor = /^\d/.test(label) ? label : `1 ${label}`;
  return `${fineQuantity(quantity, unit, per)} ÷ ${divisor} × ${formatPrice(unitPrice, currency)}`;
}

/**
 * How the cost of an hour comes about, a line for each step; the last one gives the cost. Tiers are counted over the
 * workspace's whole usage of the month, so a part of the workspace gets its share of the hour's cost by quantity.
 */
export function hourSteps(hour: ExplainedHour, price: PriceVersion, unit: string): string[] {
  const { currency, tiers } = price;
  const { quantity, cost, month_to_date } = hour;
  const result = ` = ${fineMoney(cost ?? '0', currency)}`;
  if (isFlat(price)) {
    return [product(quantity, unit, price, tiers[0]?.unit_price ?? '0') + result];
  }
  if (!month_to_date) {
    return [
      `Resources of several workspaces: each one’s month to date decides its tier. Choose one workspace to see its tiers.`,
    ];
  }
  const { before, after } = month_to_date;
  const parts = tierParts(price, month_to_date);
  const whole = parts.reduce((sum, part) => sum.plus(part.cost), new Decimal(0)).toFixed();
  const used = new Decimal(after).minus(before);
  const steps = [
    `Month to date of the workspace: ${formatQuantity(before, unit)} before, ${formatQuantity(after, unit)} after`,
    ...parts.map(
      (part) =>
        `${tierName(part, unit)}: ${product(part.quantity, unit, price, part.unit_price)} = ${fineMoney(part.cost, currency)}`,
    ),
  ];
  if (!used.eq(quantity)) {
    return [
      ...steps,
      `Share ${fineQuantity(quantity, unit, price.per)} of ${fineQuantity(used.toFixed(), unit, price.per)}, of ${fineMoney(whole, currency)}${result}`,
    ];
  }
  return parts.length > 1 ? [...steps, `Together${result}`] : steps;
}

function tierName({ from, to }: TierPart, unit: string): string {
  if (to === null) {
    return `Tier above ${formatQuantity(from, unit)}`;
  }
  return new Decimal(from).isZero()
    ? `Tier up to ${formatQuantity(to, unit)}`
    : `Tier ${formatQuantity(from, unit)} to ${formatQuantity(to, unit)}`;
}
