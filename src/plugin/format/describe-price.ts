import type { RateCard } from '../../api/rate-cards';
import { BYTES_PER_GB } from '../../domain/meter';
import { groupDigits } from './group-digits';
import { formatPrice } from './money';
import { perLabel } from './per';
import { exactQuantity } from './quantity';
import { unitsToPer } from './per-units';

/** Where a tier begins, exactly: in GB for bytes when that is no longer than the bytes themselves. */
function amount(from: string, unit: string): string {
  const gigabytes = unit === 'byte' ? unitsToPer(from, BYTES_PER_GB) : null;
  return gigabytes !== null && gigabytes.length <= from.length
    ? `${groupDigits(gigabytes)} GB`
    : exactQuantity(from, unit);
}

/** A price in words, a line per tier: `0.10 USD per GB`. Prices are written in full, never rounded. */
export function describePrice(price: RateCard['prices'][string], currency: string, unit: string): string[] {
  const each = (unitPrice: string) => `${formatPrice(unitPrice, currency)} per ${perLabel(price.per, unit)}`;
  if (!price.tiers) {
    return [each(price.unit_price ?? '0')];
  }
  return price.tiers.map(({ unit_price }, index, tiers) => {
    const next = tiers[index + 1];
    if (next) {
      return `up to ${amount(next.from, unit)} a month: ${each(unit_price)}`;
    }
    return index === 0 ? each(unit_price) : `above: ${each(unit_price)}`;
  });
}
