import type { ChargebackAmounts } from '../../../api/chargeback';
import { LINE_FIELDS, type AmountName, type LineKind } from '../../../domain/chargeback-line';
import { exactMoney, formatAmount } from '../../format/money';
import { workspaceName } from '../../format/names';
import { exactQuantity, formatBytes, formatShortCount } from '../../format/quantity';
import type { LineField } from './costs-query';

export type Amounts = ChargebackAmounts;

/** A column of figures: how it is headed, written and explained in full. */
export interface AmountColumn {
  key: AmountName;
  title: (currency: string) => string;
  show: (amount: string, currency: string) => string;
  exact: (amount: string, currency: string) => string;
}

const bytes = (key: AmountName, title: string): AmountColumn => ({
  key,
  title: () => title,
  show: formatBytes,
  exact: (amount) => exactQuantity(amount, 'byte'),
});
const money = (key: AmountName, title: string): AmountColumn => ({
  key,
  title: (currency) => `${title} (${currency})`,
  show: formatAmount,
  exact: exactMoney,
});

/** The columns in their order: what one pays, what it is made of, what was used. */
export const AMOUNT_COLUMNS: AmountColumn[] = [
  money('total_cost', 'Total'),
  money('ingress_cost', 'Ingress cost'),
  money('egress_cost', 'Egress cost'),
  money('message_cost', 'Message cost'),
  money('other_cost', 'Other cost'),
  bytes('ingress_bytes', 'Ingress'),
  bytes('egress_bytes', 'Egress'),
  {
    key: 'messages',
    title: () => 'Messages',
    show: formatShortCount,
    exact: (amount) => exactQuantity(amount, 'message'),
  },
];

/** The columns that name a line; on the page of a workspace every line is the workspace's. */
export function nameColumns(kind: LineKind, ofWorkspace: boolean): LineField[] {
  return LINE_FIELDS[kind].filter((field) => !(ofWorkspace && field === 'workspace'));
}

/** What a cell with a name shows: an empty workspace is Unallocated, another empty field a dash. */
export function shownName(field: LineField, name: string | undefined): string {
  return field === 'workspace' ? workspaceName(name ?? '') : name || '–';
}

/** The kinds of lines as a person calls them. */
export const KIND_NAMES = {
  application: { one: 'application', many: 'applications', caption: 'Chargeback by application' },
  topic: { one: 'topic', many: 'topics', caption: 'Chargeback by topic' },
  principal: { one: 'principal', many: 'principals', caption: 'Chargeback by principal' },
} as const satisfies Record<LineKind, { one: string; many: string; caption: string }>;
