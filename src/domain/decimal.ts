import { Decimal as BaseDecimal } from 'decimal.js';

/**
 * Exact decimal arithmetic for quantities and money. The precision is far beyond any figure that
 * occurs here (counters have at most 17 significant digits, money 38), so +, − and × never round.
 * Division is left to SQL, where the rounding rule is written down (see rating).
 */
export const Decimal = BaseDecimal.clone({
  precision: 400,
  toExpNeg: -400,
  toExpPos: 400,
  rounding: BaseDecimal.ROUND_HALF_UP,
});
export type Decimal = BaseDecimal;

/** A decimal string as JSON, CSV and PostgreSQL take it: no exponent, no superfluous zeros behind the point. */
export function formatDecimal(value: Decimal | string): string {
  return new Decimal(value).toFixed();
}

/** Whether `text` is a plain decimal number such as `12`, `-0.5` or `1000000.000001` (no exponent, no sign `+`). */
export function isDecimalText(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}
