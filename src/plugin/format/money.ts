import { Decimal } from '../../domain/decimal';
import { groupDigits } from './group-digits';

/** Decimals that `currency` is customarily written with: 2 for USD, 0 for JPY; 2 for a code that is unknown. */
export function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/**
 * An amount rounded for the screen, without its currency: `1,234.50`. An amount that is not zero but would
 * round to zero is shown as `<0.01`, because a zero would say that it is free.
 */
export function formatAmount(amount: string, currency: string): string {
  const digits = minorDigits(currency);
  const exact = new Decimal(amount);
  const rounded = exact.toFixed(digits);
  if (!exact.isZero() && new Decimal(rounded).isZero()) {
    const least = new Decimal(10).pow(-digits).toFixed(digits);
    return exact.isNegative() ? `>-${least}` : `<${least}`;
  }
  return groupDigits(rounded);
}

/** An amount with its currency code: `1,234.50 USD`. */
export function formatMoney(amount: string, currency: string): string {
  return `${formatAmount(amount, currency)} ${currency}`;
}

/** A price in full, never rounded, with at least the decimals of its currency: `0.10 USD`, `0.000125 USD`. */
export function formatPrice(price: string, currency: string): string {
  const exact = new Decimal(price);
  return `${groupDigits(exact.toFixed(Math.max(exact.decimalPlaces(), minorDigits(currency))))} ${currency}`;
}

/** The exact amount as stored, for a tooltip: `1234.500000000001 USD`. */
export function exactMoney(amount: string, currency: string): string {
  return `${new Decimal(amount).toFixed()} ${currency}`;
}

/** A change of an amount with its sign: `+12.00`, `-3.50`, `0.00`. */
export function formatDifference(amount: string, currency: string): string {
  const text = formatAmount(amount, currency);
  return new Decimal(amount).gt(0) ? `+${text}` : text;
}
