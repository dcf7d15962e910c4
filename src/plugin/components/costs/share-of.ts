import { Decimal } from '../../../domain/decimal';

/** What part of `total` an amount is: for reading (`12.3 %`, a dash where there is no sensible part) and as the width of a bar. */
export function shareOf(amount: string, total: string): { text: string; width: string } {
  const whole = new Decimal(total);
  if (whole.lte(0) || new Decimal(amount).isNegative()) {
    return { text: '–', width: '0%' };
  }
  const percent = new Decimal(amount).times(100).div(whole).toSignificantDigits(20);
  const rounded = percent.toFixed(1);
  return {
    text: rounded === '0.0' && !percent.isZero() ? '<0.1 %' : `${rounded} %`,
    width: `${Decimal.min(percent, 100).toFixed(2)}%`,
  };
}
