import { Decimal } from '../../domain/decimal';
import { groupDigits } from './group-digits';

const IEC = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB'];

/** Bytes in IEC units with two decimals: `1.50 GiB`; below 1 KiB whole bytes: `512 B`. */
export function formatBytes(bytes: string): string {
  let value = new Decimal(bytes);
  let step = 0;
  // 1023.995 would be written as 1,024.00: it belongs to the next unit.
  while (value.abs().gte('1023.995') && step < IEC.length - 1) {
    value = value.div(1024);
    step += 1;
  }
  return `${groupDigits(step === 0 ? value.toFixed(value.isInteger() ? 0 : 2) : value.toFixed(2))} ${IEC[step]}`;
}

/** A count without its unit: whole when it is large, with up to three decimals when it is below 100. */
export function formatCount(count: string): string {
  const value = new Decimal(count);
  const places = value.abs().gte(100) ? 0 : 3;
  return groupDigits(value.toDecimalPlaces(places).toFixed());
}

const SI = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
/** Up to here every digit of a count is read at a glance. */
const MOST_IN_FULL = '10000000';

/** A count for a narrow place: in full below 10 million, else with an SI prefix and two decimals: `72.28 G`. */
export function formatShortCount(count: string): string {
  const exact = new Decimal(count);
  if (exact.abs().lt(MOST_IN_FULL)) {
    return formatCount(count);
  }
  let value = exact;
  let step = 0;
  while (value.abs().gte('999.995') && step < SI.length - 1) {
    value = value.div(1000);
    step += 1;
  }
  return `${groupDigits(value.toFixed(2))} ${SI[step]}`;
}

/** A quantity of a meter with its unit: `1.50 GiB` for bytes, `1,234 messages` for the rest. */
export function formatQuantity(quantity: string, unit: string): string {
  return unit === 'byte' ? formatBytes(quantity) : `${formatCount(quantity)} ${plural(quantity, unit)}`;
}

/** The exact quantity for a tooltip: `1,610,612,736 bytes`. */
export function exactQuantity(quantity: string, unit: string): string {
  return `${groupDigits(new Decimal(quantity).toFixed())} ${plural(quantity, unit)}`;
}

/** The unit in the number of `quantity`: `message` for 1, else `messages`. */
export function plural(quantity: string, unit: string): string {
  return new Decimal(quantity).eq(1) || unit.endsWith('s') ? unit : `${unit}s`;
}
