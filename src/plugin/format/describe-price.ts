import type { RateCard } from '../../api/rate-cards';
import { Decimal } from '../../domain/decimal';
import { BYTES_PER_GB } from '../../domain/meter';
import { groupDigits } from './group-digits';
import { formatPrice } from './money';
import { perLabel } from './per';
import { exactQuantity } from './quantity';
import { unitsToPer } from './per-units';

const MILLION = '1000000';

/** Where a tier begins, exactly: in GB or millions when that is not longer than all the digits. */
function amount(from: string, unit: string): string {
  const steps = unitsToPer(from, unit === 'byte' ? BYTES_PER_GB : MILLION);
  const worthIt = steps !== null && steps.length <= (unit === 'byte' ? from.length : from.length - 3);
  return worthIt
    ? `${groupDigits(steps)} ${perLabel(unit === 'byte' ? BYTES_PER_GB : MILLION, unit)}`
    : exactQuantity(from, unit);
}

/**
 * A price in words, a line per tier: `0.10 USD per GB`; a first tier at price 0 is what is included. Prices are written in
 * full, never rounded.
 */
export function describePrice(price: RateCard['prices'][string], currency: string, unit: string): string[] {
  const each = (unitPrice: string) => `${formatPrice(unitPrice, currency)} per ${perLabel(price.per, unit)}`;
  if (!price.tiers) {
    return [each(price.unit_price ?? '0')];
  }
  return price.tiers.map(({ unit_price }, index, tiers) => {
    const next = tiers[index + 1];
    if (next && index === 0 && new Decimal(unit_price).isZero()) {
      return `${amount(next.from, unit)} a month included`;
    }
    if (next) {
      return `up to ${amount(next.from, unit)} a month: ${each(unit_price)}`;
    }
    return index === 0 ? each(unit_price) : `above: ${each(unit_price)}`;
  });
}
