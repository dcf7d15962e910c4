import { Decimal } from '../../../domain/decimal';
import { groupDigits } from '../../format/group-digits';

/** How an amount compares with the one before it. */
export interface Change {
  direction: 'up' | 'down' | 'same';
  /** `+12.3 %`, `-4 %`, `no change`, or `new` where there was nothing before. */
  text: string;
  /** now − before, a decimal */
  difference: string;
}

/**
 * The change from `before` to `now`, both decimal text. Relative to the size of `before`, so that a correction below
 * zero that grows towards zero is a rise; one decimal below 100 %, none above.
 */
export function changeOf(now: string, before: string): Change {
  const difference = new Decimal(now).minus(before);
  if (difference.isZero()) {
    return { direction: 'same', text: 'no change', difference: '0' };
  }
  const direction = difference.isNegative() ? 'down' : 'up';
  if (new Decimal(before).isZero()) {
    return { direction, text: 'new', difference: difference.toFixed() };
  }
  const sign = direction === 'up' ? '+' : '-';
  const hundredths = difference.abs().times(100);
  const base = new Decimal(before).abs();
  // A quotient for the screen: its last digits are nobody's money.
  const percent = hundredths.div(base).toSignificantDigits(40);
  const rounded = percent.toFixed(percent.lt('99.95') ? 1 : 0).replace(/\.0$/, '');
  return {
    direction,
    text: `${sign}${rounded === '0' ? '<0.1' : groupDigits(rounded)} %`,
    difference: difference.toFixed(),
  };
}

/**
 * Whether a rise is one to look at: a quarter more than before, and at least a twentieth of what everything cost
 * before. Costs that fall, and small parts that double, are none.
 */
export function isLargeRise(now: string, before: string, allBefore: string): boolean {
  const rise = new Decimal(now).minus(before);
  return (
    rise.gt(0) &&
    new Decimal(allBefore).gt(0) &&
    rise.times(4).gte(new Decimal(before).abs()) &&
    rise.times(20).gte(allBefore)
  );
}
