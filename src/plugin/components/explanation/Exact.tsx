import { exactMoney, formatMoney } from '../../format/money';
import { fineMoney } from './fine-money';
import { exactQuantity, formatQuantity } from '../../format/quantity';

/** An amount rounded for the screen (`fine`: to six decimals); the exact one on hover. */
export function ExactMoney({ amount, currency, fine }: { amount: string; currency: string; fine?: boolean }) {
  return <span title={exactMoney(amount, currency)}>{(fine ? fineMoney : formatMoney)(amount, currency)}</span>;
}

/** A quantity rounded for the screen; the exact one on hover. */
export function ExactQuantity({ quantity, unit }: { quantity: string; unit: string }) {
  return <span title={exactQuantity(quantity, unit)}>{formatQuantity(quantity, unit)}</span>;
}
