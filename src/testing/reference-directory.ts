import type { z } from 'zod';
import type { DirectoryRule } from '../api/directory';
import { startOfDay } from '../domain/billing-month';
import type { Hour } from '../domain/hours';
import { RESOURCE_FIELDS, type Resource } from '../domain/resource';

type Rule = z.input<typeof DirectoryRule>;

/** The texts that the globs of `pattern` stand for, or null when `text` does not match; tries every split. */
function matchGlob(pattern: string, text: string): string[] | null {
  const star = pattern.indexOf('*');
  if (star < 0) {
    return pattern === text ? [] : null;
  }
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  if (!text.startsWith(head)) {
    return null;
  }
  for (let end = text.length; end >= head.length; end -= 1) {
    const rest = matchGlob(tail, text.slice(end));
    if (rest) {
      return [text.slice(head.length, end), ...rest];
    }
  }
  return null;
}

/** Who owns `observed` in `hour`, from the contract: for each field the first matching rule in force that sets it wins. */
export function referenceOwner(rules: Rule[], observed: Resource, hour: Hour, timezone: string): Resource {
  const owned = { ...observed };
  const decided = new Set<string>();
  for (const { match, set, valid_from: from } of rules) {
    const since =
      from === undefined ? -Infinity : from.includes('T') ? Date.parse(from) : Number(startOfDay(from, timezone));
    const matches = RESOURCE_FIELDS.flatMap((field) => {
      const pattern = match[field];
      return pattern === undefined ? [] : [matchGlob(pattern, observed[field])];
    });
    if (since > hour || matches.includes(null)) {
      continue;
    }
    const texts = matches.flatMap((found) => found ?? []);
    for (const field of RESOURCE_FIELDS) {
      const value = set[field];
      if (value !== undefined && !decided.has(field)) {
        decided.add(field);
        owned[field] = value.replace(/\$\{(\d+)\}/g, (whole, number: string) => texts[Number(number) - 1] ?? whole);
      }
    }
  }
  return owned;
}
