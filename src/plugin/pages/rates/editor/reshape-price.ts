import { perToUnits, unitsToPer } from '../../../format/per-units';
import type { PriceForm } from './rate-card-form';

/** The same quantities counted in steps of another amount, where that is exact. */
export function withPer(price: PriceForm, per: string): PriceForm {
  const rescale = (text: string) => (text.trim() === '' ? '' : unitsToPer(perToUnits(text.trim(), price.fromPer), per));
  const included = rescale(price.included);
  const froms = price.tiers.map(({ from }) => rescale(from));
  if (included === null || froms.includes(null)) {
    return { ...price, per };
  }
  return {
    ...price,
    per,
    fromPer: per,
    included,
    tiers: price.tiers.map((tier, index) => ({ ...tier, from: froms[index] ?? '' })),
  };
}

/** Flat or in tiers; the price that was typed goes along where there is none yet. */
export function withKind(price: PriceForm, tiered: boolean): PriceForm {
  const [first, ...others] = price.tiers;
  const unitPrice = price.unitPrice || (first?.unitPrice ?? '');
  return {
    ...price,
    tiered,
    unitPrice,
    tiers: [{ from: first?.from ?? '0', unitPrice: first?.unitPrice || price.unitPrice }, ...others],
  };
}
