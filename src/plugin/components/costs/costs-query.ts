import { AMOUNTS, LINE_FIELDS, LINE_KINDS, type AmountName, type LineKind } from '../../../domain/chargeback-line';
import { RESOURCE_FIELDS, type ResourceField } from '../../../domain/resource';
import { isPeriod } from '../../format/period';
import { clearWhy } from '../explanation/use-why';

/** Which hours: a month of the billing time zone, or whole hours [from_ts, to_ts), ISO 8601 UTC. */
export type CostsRange = { period: string } | { from_ts: string; to_ts: string };

/** The values that a field may have; one that is empty stands for what has none. */
export type CostsFilters = Partial<Record<ResourceField, string[]>>;

/** The fields that name one line. */
export type LineNames = Partial<Record<ResourceField, string>>;

export type LineField = (typeof LINE_FIELDS)[LineKind][number];
export type SortColumn = AmountName | LineField | 'confidence';

export const TABS = [...LINE_KINDS, 'prices'] as const;
/** What stands below the days: lines of a kind, or the prices. */
export type CostsTab = (typeof TABS)[number];

/** What a page of costs shows, as it stands in its address. */
export interface CostsQueryState {
  range: CostsRange;
  filters: CostsFilters;
  currency?: string;
  tab: CostsTab;
  search: string;
  sort: { column: SortColumn; descending: boolean };
  /** from 1 */
  page: number;
  /** The cost by day, as a chart or as figures. */
  days: 'chart' | 'table';
  /** The line whose amount is explained. */
  why?: LineNames;
}

const HOUR = 3_600_000;
const DEFAULT_SORT = '-total_cost';

/** An instant written as ISO 8601 or, as Grafana's own addresses do, in milliseconds. */
function readInstant(text: string | null): number {
  return text === null ? NaN : /^\d{11,14}$/.test(text) ? Number(text) : Date.parse(text);
}

/** The whole hours that contain [from, to), in milliseconds. */
export function wholeHours(from: number, to: number): { from_ts: string; to_ts: string } {
  const start = Math.floor(from / HOUR) * HOUR;
  const end = Math.max(Math.ceil(to / HOUR) * HOUR, start + HOUR);
  return { from_ts: new Date(start).toISOString(), to_ts: new Date(end).toISOString() };
}

function readRange(params: URLSearchParams, currentPeriod: string): CostsRange {
  const period = params.get('period');
  if (isPeriod(period)) {
    return { period };
  }
  const [from, to] = [readInstant(params.get('from')), readInstant(params.get('to'))];
  return from < to ? wholeHours(from, to) : { period: currentPeriod };
}

function readFilters(params: URLSearchParams): CostsFilters {
  return Object.fromEntries(
    RESOURCE_FIELDS.filter((field) => params.has(field)).map((field) => [field, [...new Set(params.getAll(field))]]),
  );
}

function isSortColumn(text: string, tab: CostsTab): text is SortColumn {
  const known: readonly string[] = [...AMOUNTS, 'confidence', ...(tab === 'prices' ? [] : LINE_FIELDS[tab])];
  return known.includes(text);
}

function readSort(text: string, tab: CostsTab): CostsQueryState['sort'] {
  const descending = text.startsWith('-');
  const column = descending ? text.slice(1) : text;
  return isSortColumn(column, tab) ? { column, descending } : { column: 'total_cost', descending: true };
}

/** `-total_cost`: as the address and the collector write an order. */
export function writeSort({ column, descending }: CostsQueryState['sort']): string {
  return `${descending ? '-' : ''}${column}`;
}

function readLine(text: string | null): LineNames | undefined {
  const names = new URLSearchParams(text ?? '');
  const line = Object.fromEntries(
    [...names].filter(([field]) => (RESOURCE_FIELDS as readonly string[]).includes(field)),
  );
  return Object.keys(line).length === 0 ? undefined : line;
}

/** The state that an address stands for; what is not understood in it is ignored. `currentPeriod` is shown when it names none. */
export function readCostsQuery(params: URLSearchParams, currentPeriod: string): CostsQueryState {
  const page = Number(params.get('page') ?? 1);
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'application';
  return {
    range: readRange(params, currentPeriod),
    filters: readFilters(params),
    currency: params.get('currency') ?? undefined,
    tab,
    search: params.get('search') ?? '',
    sort: readSort(params.get('sort') ?? DEFAULT_SORT, tab),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    days: params.get('days') === 'table' ? 'table' : 'chart',
    why: readLine(params.get('why')),
  };
}

/** The address after a change. Another question begins on the first page and without an explanation. */
export function writeCostsQuery(current: URLSearchParams, change: Partial<CostsQueryState>): URLSearchParams {
  const next = new URLSearchParams(current);
  const write = (name: string, value: string | undefined, standard?: string) =>
    value === undefined || value === '' || value === standard ? next.delete(name) : next.set(name, value);
  if (change.range) {
    const range = change.range;
    write('period', 'period' in range ? range.period : undefined);
    write('from', 'period' in range ? undefined : range.from_ts);
    write('to', 'period' in range ? undefined : range.to_ts);
  }
  if (change.filters) {
    for (const field of RESOURCE_FIELDS) {
      next.delete(field);
      change.filters[field]?.forEach((value) => next.append(field, value));
    }
  }
  if ('currency' in change) {
    write('currency', change.currency);
  }
  if (change.tab) {
    write('tab', change.tab, 'application');
    write('search', undefined);
    write('sort', undefined);
  }
  if (change.search !== undefined) {
    write('search', change.search);
  }
  if (change.sort) {
    write('sort', writeSort(change.sort), DEFAULT_SORT);
  }
  if (change.days) {
    write('days', change.days, 'chart');
  }
  if (change.page !== undefined || !('why' in change || 'days' in change)) {
    write('page', String(change.page ?? 1), '1');
  }
  if (!('days' in change)) {
    write('why', change.why && new URLSearchParams(change.why).toString());
    clearWhy(next);
  }
  return next;
}
