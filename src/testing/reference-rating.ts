import { billingMonthOf } from '../domain/billing-month';
import { Decimal } from '../domain/decimal';
import type { Hour } from '../domain/hours';

/**
 * What a usage must cost, straight from the contract ("What is rated, to the digit"). The judge of the collector's
 * rating; it shares no code with it and divides in whole numbers only.
 */
export interface RatedUsage {
  workspace: string;
  meter: string;
  hour: Hour;
  /** Any name that tells resources of one workspace apart. */
  resource: string;
  quantity: Decimal;
}

export interface ReferencePrice {
  /** Name of the card; empty workspace: a general price. */
  card: string;
  workspace: string;
  meter: string;
  validFrom: number;
  per: string;
  /** Ascending, the first from 0. */
  tiers: Array<{ from: string; unit_price: string }>;
}

/** One workspace, meter and hour: rated once; without a price both are null. */
export interface RatedCell {
  workspace: string;
  meter: string;
  hour: Hour;
  quantity: Decimal;
  price: ReferencePrice | null;
  cost: Decimal | null;
}

export const COST_DECIMALS = 12;

/** dividend ÷ divisor with 12 decimals, half away from zero, rounded once; both ≥ 0. */
export function divide(dividend: Decimal, divisor: Decimal): Decimal {
  const scale = Math.max(dividend.decimalPlaces(), divisor.decimalPlaces());
  const whole = (value: Decimal) => BigInt(value.times(new Decimal(10).pow(scale)).toFixed(0));
  const [numerator, denominator] = [whole(dividend) * 10n ** BigInt(COST_DECIMALS), whole(divisor)];
  const rounded = (2n * numerator + denominator) / (2n * denominator);
  return new Decimal(rounded.toString()).div(new Decimal(10).pow(COST_DECIMALS));
}

/** The workspace's own price wins over the general one, however old; of its kind the latest at or before the hour. */
export function priceInForce(
  prices: ReferencePrice[],
  workspace: string,
  meter: string,
  hour: Hour,
): ReferencePrice | null {
  const latest = (owner: string) =>
    prices
      .filter((price) => price.meter === meter && price.workspace === owner && price.validFrom <= hour)
      .sort((a, b) => a.validFrom - b.validFrom)
      .at(-1) ?? null;
  return (workspace === '' ? null : latest(workspace)) ?? latest('');
}

/** Σ over tiers of (what lies of [before, after) in the tier) × unit price ÷ per. */
export function tierCost(price: ReferencePrice, before: Decimal, after: Decimal): Decimal {
  let amount = new Decimal(0);
  price.tiers.forEach((tier, index) => {
    const lower = Decimal.max(before, tier.from);
    const next = price.tiers[index + 1];
    const upper = next ? Decimal.min(after, next.from) : after;
    if (upper.gt(lower)) {
      amount = amount.plus(upper.minus(lower).times(tier.unit_price));
    }
  });
  return divide(amount, new Decimal(price.per));
}

/** Every workspace, meter and hour with usage, rated. Quantities must not be negative. */
export function referenceRating(usage: RatedUsage[], prices: ReferencePrice[], timezone: string): RatedCell[] {
  const cells = new Map<string, RatedCell>();
  for (const { workspace, meter, hour, quantity } of usage) {
    const key = JSON.stringify([workspace, meter, hour]);
    const cell = cells.get(key) ?? { workspace, meter, hour, quantity: new Decimal(0), price: null, cost: null };
    cells.set(key, { ...cell, quantity: cell.quantity.plus(quantity) });
  }
  const monthToDate = new Map<string, Decimal>();
  return [...cells.values()]
    .sort((a, b) => a.hour - b.hour)
    .map((cell) => {
      const key = JSON.stringify([cell.workspace, cell.meter, billingMonthOf(cell.hour, timezone).name]);
      const before = monthToDate.get(key) ?? new Decimal(0);
      const after = before.plus(cell.quantity);
      monthToDate.set(key, after);
      const price = priceInForce(prices, cell.workspace, cell.meter, cell.hour);
      return { ...cell, price, cost: price && tierCost(price, before, after) };
    });
}

/**
 * What is wrong with how a cell's cost was shared out to its resources: the parts must sum to it, each must be its
 * exact share cut off or rounded up at the 12th decimal, and none may be cut off that had a larger remainder than
 * one that was rounded up. Empty when all is right.
 */
export function sharingFaults(cost: Decimal, parts: Array<{ quantity: Decimal; cost: Decimal }>): string[] {
  const faults: string[] = [];
  const sum = parts.reduce((total, part) => total.plus(part.cost), new Decimal(0));
  if (!sum.eq(cost)) {
    faults.push(`parts sum to ${sum.toFixed()} instead of ${cost.toFixed()}`);
  }
  const total = parts.reduce((all, part) => all.plus(part.quantity), new Decimal(0));
  if (total.isZero()) {
    return faults;
  }
  const unit = new Decimal(10).pow(-COST_DECIMALS);
  const judged = parts.map((part) => {
    // Compared as cost x quantity against part x total, so that nothing is divided.
    const exact = cost.times(part.quantity);
    const lower = exact.div(total).toDecimalPlaces(COST_DECIMALS, Decimal.ROUND_DOWN);
    return { part, exact, remainder: exact.minus(lower.times(total)), up: part.cost.minus(lower).div(unit) };
  });
  for (const { part, up } of judged) {
    if (!up.isZero() && !up.eq(1)) {
      faults.push(
        `a part of quantity ${part.quantity.toFixed()} got ${part.cost.toFixed()} of ${cost.toFixed()} (total ${total.toFixed()})`,
      );
    }
  }
  const largestCut = Decimal.max(0, ...judged.filter(({ up }) => up.isZero()).map(({ remainder }) => remainder));
  const smallestRaised = judged
    .filter(({ up }) => up.eq(1))
    .reduce<Decimal | null>((least, { remainder }) => (least && least.lt(remainder) ? least : remainder), null);
  if (smallestRaised && smallestRaised.lt(largestCut)) {
    faults.push('a part with a smaller remainder was rounded up before one with a larger remainder');
  }
  return faults;
}
