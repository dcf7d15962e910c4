import { DateTime } from 'luxon';
import { budgetPeriodText } from '../../../domain/budget';
import { Decimal, formatDecimal } from '../../../domain/decimal';
import type { Config } from '../../config';
import { scopeText } from '../scope-text';
import type { CrossingNews } from './crossing-news';

/** One line that says all: `Budget Payments: 90 % of 1,000 USD spent in 2026-11`. Never has line breaks. */
export function crossingSentence(news: CrossingNews): string {
  const { budget, percent, amount, currency } = news;
  return oneLine(
    `Budget ${budget}: ${percent} % of ${moneyText(amount, currency)} spent in ${budgetPeriodText(news.period)}`,
  );
}

/** Label → value of everything that a person wants to know of a crossing, in the order of interest. */
export function crossingFacts(news: CrossingNews, { timezone }: Pick<Config, 'timezone'>): Array<[string, string]> {
  const { spent, usedPercent, amount, currency, interval, percent, owner, scope, dataUntil } = news;
  const used = new Decimal(usedPercent).toDecimalPlaces(2, Decimal.ROUND_DOWN);
  const facts: Array<[string, string]> = [
    ['Budget', news.budget],
    ['Period', budgetPeriodText(news.period)],
    ['Spent', `${moneyText(spent, currency)} (${formatDecimal(used)} %)`],
    ['Amount', `${moneyText(amount, currency)} a ${interval}`],
    ['Threshold', `${percent} %`],
    ['For', scopeText(scope)],
    ['Owner', owner],
    ['Data until', dataUntil === null ? 'unknown' : instantText(dataUntil, timezone)],
  ];
  return facts.map(([label, value]) => [label, oneLine(value)]);
}

/** Rounded to the currency's decimals, none when it is whole; in full when it would round to 0 and is not. */
function moneyText(amount: string, currency: string): string {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const exact = new Decimal(amount);
  const rounded = exact.toDecimalPlaces(digits);
  if (rounded.isZero()) {
    return `${exact.toFixed()} ${currency}`;
  }
  const [whole = '', fraction] = rounded.toFixed(rounded.isInteger() ? 0 : digits).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`} ${currency}`;
}

function instantText(at: Date, zone: string): string {
  return `${DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm')} (${zone})`;
}

/** Names cannot hold line breaks; that a header cannot be added by one must not rest on that alone. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
