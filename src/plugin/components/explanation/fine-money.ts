import { Decimal } from '../../../domain/decimal';
import { groupDigits } from '../../format/group-digits';
import { formatMoney } from '../../format/money';

const DECIMALS = 6;

/**
 * An amount with six decimals: `0.154220 USD`. An hour of a line often costs less than a cent, and steps of a calculation
 * that are all `0.01 USD` explain nothing. Amounts that six decimals cannot show are said to be smaller.
 */
export function fineMoney(amount: string, currency: string): string {
  const exact = new Decimal(amount);
  if (exact.isZero()) {
    return formatMoney('0', currency);
  }
  const rounded = exact.toFixed(DECIMALS);
  return new Decimal(rounded).isZero()
    ? `${exact.isNegative() ? '>-' : '<'}0.000001 ${currency}`
    : `${groupDigits(rounded)} ${currency}`;
}
