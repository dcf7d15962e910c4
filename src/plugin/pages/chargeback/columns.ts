import type { Chargeback, ChargebackLine } from '../../../api/chargeback';
import { Decimal } from '../../../domain/decimal';
import { exactMoney, formatAmount } from '../../format/money';
import { workspaceName } from '../../format/names';
import { exactQuantity, formatBytes, formatCount } from '../../format/quantity';

/** The decimals of a line, and of the totals over all lines. */
export type Amounts = Chargeback['totals'];
type AmountKey = keyof Amounts;
type TextKey = 'workspace' | 'application' | 'environment';
export type ColumnKey = AmountKey | TextKey;

/** A column of figures: how it is headed, written and explained in full. */
export interface AmountColumn {
  key: AmountKey;
  title: (currency: string) => string;
  show: (amount: string, currency: string) => string;
  exact: (amount: string, currency: string) => string;
}

const bytes = (key: AmountKey, title: string): AmountColumn => ({
  key,
  title: () => title,
  show: formatBytes,
  exact: (amount) => exactQuantity(amount, 'byte'),
});
const money = (key: AmountKey, title: string): AmountColumn => ({
  key,
  title: (currency) => `${title} (${currency})`,
  show: formatAmount,
  exact: exactMoney,
});

export const TEXT_COLUMNS: Array<{ key: TextKey; title: string }> = [
  { key: 'workspace', title: 'Workspace' },
  { key: 'application', title: 'Application' },
  { key: 'environment', title: 'Environment' },
];

export const AMOUNT_COLUMNS: AmountColumn[] = [
  bytes('ingress_bytes', 'Ingress'),
  bytes('egress_bytes', 'Egress'),
  { key: 'messages', title: () => 'Messages', show: formatCount, exact: (amount) => exactQuantity(amount, 'message') },
  money('ingress_cost', 'Ingress cost'),
  money('egress_cost', 'Egress cost'),
  money('message_cost', 'Message cost'),
  money('other_cost', 'Other cost'),
  money('total_cost', 'Total'),
];

const KEYS: ReadonlySet<string> = new Set([...TEXT_COLUMNS, ...AMOUNT_COLUMNS].map(({ key }) => key));

/** Whether `text` names a column of the table. */
export function isColumnKey(text: string): text is ColumnKey {
  return KEYS.has(text);
}

function isTextKey(key: ColumnKey): key is TextKey {
  return key === 'workspace' || key === 'application' || key === 'environment';
}

/** The lines in the order of a column; amounts compare as decimals, lines that are equal keep their order. */
export function sortLines(lines: ChargebackLine[], key: ColumnKey, descending: boolean): ChargebackLine[] {
  const sign = descending ? -1 : 1;
  if (isTextKey(key)) {
    const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
    return [...lines].sort((a, b) => sign * collator.compare(shownText(a, key), shownText(b, key)));
  }
  return lines
    .map((line) => ({ line, amount: new Decimal(line[key]) }))
    .sort((a, b) => sign * a.amount.cmp(b.amount))
    .map(({ line }) => line);
}

/** What a cell of text shows: an empty workspace is Unallocated, another empty field a dash. */
export function shownText(line: ChargebackLine, key: TextKey): string {
  return key === 'workspace' ? workspaceName(line.workspace) : line[key] || '–';
}

/** The lines in which workspace, application or environment contains every word of `search`. */
export function searchLines(lines: ChargebackLine[], search: string): ChargebackLine[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter((line) => {
    const text = TEXT_COLUMNS.map(({ key }) => shownText(line, key))
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The exact sums of the lines. */
export function sumLines(lines: ChargebackLine[]): Amounts {
  const sum = (key: AmountKey) => lines.reduce((total, line) => total.plus(line[key]), new Decimal(0)).toFixed();
  return {
    ingress_bytes: sum('ingress_bytes'),
    egress_bytes: sum('egress_bytes'),
    messages: sum('messages'),
    ingress_cost: sum('ingress_cost'),
    egress_cost: sum('egress_cost'),
    message_cost: sum('message_cost'),
    other_cost: sum('other_cost'),
    total_cost: sum('total_cost'),
  };
}
