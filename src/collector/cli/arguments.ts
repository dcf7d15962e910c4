import { InvalidArgumentError, Option } from 'commander';
import { Currency, Instant, PeriodName } from '../../api/common';

/** An ISO 8601 instant with a zone, as milliseconds. */
export function instant(text: string): number {
  const parsed = Instant.safeParse(text);
  const at = parsed.success ? Date.parse(parsed.data) : NaN;
  if (Number.isNaN(at)) {
    throw new InvalidArgumentError(`It must be an ISO 8601 time with a zone, for example 2026-03-01T00:00:00Z.`);
  }
  return at;
}

/** A calendar month `YYYY-MM`. */
export function month(text: string): string {
  const parsed = PeriodName.safeParse(text);
  if (!parsed.success) {
    throw new InvalidArgumentError('It must be a month written as YYYY-MM, for example 2026-03.');
  }
  return parsed.data;
}

/** An ISO 4217 code. */
export function currencyCode(text: string): string {
  const parsed = Currency.safeParse(text);
  if (!parsed.success) {
    throw new InvalidArgumentError('It must be an ISO 4217 currency code in capitals, for example USD.');
  }
  return parsed.data;
}

/** Adds a value of an option that may be given several times. */
export function several(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

export const jsonOption = () => new Option('--json', 'print one JSON document');
export const periodOption = () => new Option('--period <month>', 'billing month, YYYY-MM').argParser(month);
export const workspaceOption = () => new Option('--workspace <name>', 'one workspace only; "" is what is unallocated');
