import type { RateCard } from '../../../api/rate-cards';
import { Decimal } from '../../../domain/decimal';
import { groupDigits } from '../../format/group-digits';
import { perLabel } from '../../format/per';
import { formatQuantity } from '../../format/quantity';

/** A price in words, a line per tier: `0.10 USD per GB`. Prices are written in full, never rounded. */
export function describePrice(price: RateCard['prices'][string], currency: string, unit: string): string[] {
  const each = (unitPrice: string) => `${groupDigits(unitPrice)} ${currency} per ${perLabel(price.per, unit)}`;
  if (!price.tiers) {
    return [each(price.unit_price ?? '0')];
  }
  return price.tiers.map(({ from, unit_price }, index, tiers) => {
    const next = tiers[index + 1];
    if (!next) {
      return new Decimal(from).isZero()
        ? each(unit_price)
        : `above ${formatQuantity(from, unit)} a month: ${each(unit_price)}`;
    }
    return `${new Decimal(from).isZero() ? 'the first' : `${formatQuantity(from, unit)} to`} ${formatQuantity(next.from, unit)} a month: ${each(unit_price)}`;
  });
}
