import { Decimal, isDecimalText } from '../../domain/decimal';

/** More decimals than anybody types; a finite quotient by a customary amount has at most 40 (1 TB is 2^40). */
const MOST_DECIMALS = 40;

/** `amount` steps of `per` units, in units; text that is no decimal comes back as it is. */
export function perToUnits(amount: string, per: string): string {
  return isDecimalText(amount) && isDecimalText(per) ? new Decimal(amount).times(per).toFixed() : amount;
}

/** `units` in steps of `per` units, or null when that has no finite decimal (a third) or is not a number. */
export function unitsToPer(units: string, per: string): string | null {
  if (!isDecimalText(units) || !isDecimalText(per) || new Decimal(per).isZero()) {
    return null;
  }
  const steps = new Decimal(units).div(per);
  return steps.decimalPlaces() <= MOST_DECIMALS ? steps.toFixed() : null;
}
