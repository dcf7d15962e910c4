import { Decimal } from '../../../domain/decimal';
import { groupDigits } from '../../format/group-digits';
import { formatQuantity, plural } from '../../format/quantity';

const DECIMALS = 6;
const IEC = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A number with up to six decimals: what a calculation on the screen is done with, so that it can be followed. */
export function fineNumber(amount: string): string {
  return groupDigits(new Decimal(amount).toDecimalPlaces(DECIMALS).toFixed());
}

/**
 * A quantity with up to six decimals; bytes in the unit that a price is for when it has a name (GiB for a price per GB), so
 * that nobody has to convert. A quantity too small for that is written as everywhere else.
 */
export function fineQuantity(quantity: string, unit: string, per: string): string {
  if (unit !== 'byte') {
    return `${fineNumber(quantity)} ${plural(quantity, unit)}`;
  }
  const step = IEC.findIndex((_name, index) => index > 0 && new Decimal(1024).pow(index).eq(per));
  const value = step > 0 ? new Decimal(quantity).div(per).toDecimalPlaces(DECIMALS) : undefined;
  if (!value || value.isZero()) {
    return formatQuantity(quantity, unit);
  }
  return `${groupDigits(value.toFixed(Math.max(value.decimalPlaces(), 2)))} ${IEC[step]}`;
}
