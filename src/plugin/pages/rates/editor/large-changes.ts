import type { PreviewBill } from '../../../../api/rate-cards';
import { Decimal } from '../../../../domain/decimal';

/** What makes the change of a bill large: more than this share of it, and more than this amount of its currency. */
const LARGE = { share: '0.10', amount: '1' };

/** The share in words: `10 %`. */
export const LARGE_SHARE = `${new Decimal(LARGE.share).times(100).toFixed()} %`;

/** When a bill's change is large, in words. */
export const LARGE_CHANGE = `by more than ${LARGE_SHARE} and more than ${LARGE.amount} unit of its currency`;

/** Whether a bill rises or falls so much that it must have been seen before saving; one that was zero by any share. */
export function isLargeChange({ before, difference }: Pick<PreviewBill, 'before' | 'difference'>): boolean {
  const change = new Decimal(difference).abs();
  return change.gt(LARGE.amount) && change.gt(new Decimal(before).abs().times(LARGE.share));
}

/** The change of a bill as a share of what it was: `+12.5 %`; null when it was nothing. */
export function changeShare({ before, difference }: Pick<PreviewBill, 'before' | 'difference'>): string | null {
  if (new Decimal(before).isZero()) {
    return null;
  }
  const share = new Decimal(difference).div(new Decimal(before).abs()).times(100);
  const text = share.toFixed(share.abs().lt(100) ? 1 : 0);
  return `${share.gt(0) ? '+' : ''}${text} %`;
}
