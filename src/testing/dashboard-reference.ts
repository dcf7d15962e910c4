import { DateTime } from 'luxon';
import { DIMENSIONS } from '../dashboards/queries/dimensions';
import { NAMED_SERIES } from '../dashboards/thresholds';
import { Decimal } from '../domain/decimal';
import { HOUR } from '../domain/hours';
import type { PlainFact } from './dashboard-ledger';
import { ZONE } from './dashboard-sample';
import type { PanelRequest } from './grafana-sql';

/** A field of a fact's resource, empty where it has none. */
export const value = (fact: PlainFact, column: string) => (fact.resource as Record<string, string>)[column] ?? '';

/** Those of the facts that a request asks for, found by reading them all. */
export function asked(facts: PlainFact[], { from, to, variables = {} }: PanelRequest): PlainFact[] {
  return facts.filter(
    (fact) =>
      fact.hour >= from &&
      fact.hour < to &&
      DIMENSIONS.every(({ variable, column }) => {
        const chosen = variables[variable];
        return !Array.isArray(chosen) || chosen.includes(value(fact, column));
      }),
  );
}

/** The currency that a request has chosen. */
export const currencyOf = ({ variables }: PanelRequest) => (variables?.['currency'] as string[])[0];
/** Those of the facts that a request asks for that cost something in its currency. */
export const priced = (facts: PlainFact[], request: PanelRequest) =>
  asked(facts, request).filter(({ cost, currency }) => cost !== null && currency === currencyOf(request));
/** The exact sum of a figure of facts. */
export const total = (some: PlainFact[], of: (fact: PlainFact) => string | null) =>
  some.reduce((sum, fact) => sum.plus(of(fact) ?? 0), new Decimal(0));

/** Items by a key, in the order in which they came. */
export function groups<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  }
  return found;
}

/** The start of the bar of an hour: beyond three days its day in the billing time zone, beyond 92 days its month, else itself. */
function bucket({ from, to }: PanelRequest, hour: Date): string {
  const days = (to.getTime() - from.getTime()) / (24 * HOUR);
  const unit = days > 92 ? 'month' : days > 3 ? 'day' : 'hour';
  return DateTime.fromJSDate(hour, { zone: ZONE }).startOf(unit).toJSDate().toISOString();
}

/** The bars there should be for these facts by a field of their resource: "instant series" → amount. */
export function bars(
  request: PanelRequest,
  some: PlainFact[],
  of: (fact: PlainFact) => string | null,
  field = 'workspace',
): Record<string, string> {
  const sums = [
    ...groups(
      some.filter((fact) => value(fact, field) !== ''),
      (fact) => value(fact, field),
    ),
  ]
    .map(([name, its]) => ({ name, sum: total(its, of) }))
    .sort((a, b) => b.sum.cmp(a.sum));
  const named = new Set(sums.slice(0, NAMED_SERIES).map(({ name }) => name));
  const series = (fact: PlainFact) => {
    const name = value(fact, field);
    return name === '' ? 'Unallocated' : named.has(name) ? name : 'Other';
  };
  const found = groups(some, (fact) => `${bucket(request, fact.hour)} ${series(fact)}`);
  return Object.fromEntries([...found].map(([key, its]) => [key, total(its, of).toFixed()]));
}
