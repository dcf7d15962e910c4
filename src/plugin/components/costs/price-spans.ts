import type { RateInForce } from '../../../api/chargeback';

/** A price and until when it is in force: up to the next one of the same meter for the same workspaces. */
export interface PriceSpan extends RateInForce {
  /** Undefined: until further notice. */
  until?: string;
}

/** The prices in the order of meters; of each the one that comes first in time stands first. */
export function priceSpans(rates: RateInForce[]): PriceSpan[] {
  const same = (a: RateInForce, b: RateInForce) => a.meter === b.meter && a.workspace === b.workspace;
  return [...rates]
    .sort(
      (a, b) =>
        a.meter.localeCompare(b.meter, 'en') ||
        a.workspace.localeCompare(b.workspace, 'en') ||
        Date.parse(a.valid_from) - Date.parse(b.valid_from),
    )
    .map((rate, index, sorted) => {
      const next = sorted[index + 1];
      return { ...rate, until: next && same(rate, next) ? next.valid_from : undefined };
    });
}
