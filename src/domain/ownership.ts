import { compileGlob, matchGlob, type Glob } from './glob';
import { RESOURCE_FIELDS, type Resource, type ResourceField } from './resource';

/** A directory rule with its moment resolved; `validFrom` in milliseconds, -Infinity for always. */
export interface OwnershipRule {
  match: Partial<Record<ResourceField, string>>;
  set: Partial<Record<ResourceField, string>>;
  validFrom: number;
}

/** Who owns an observed resource in [validFrom, validTo), in milliseconds, ±Infinity at the ends. */
export interface Ownership {
  validFrom: number;
  validTo: number;
  resource: Resource;
}

interface CompiledRule {
  /** Its place in the directory, from 0. */
  index: number;
  tests: Array<[ResourceField, Glob]>;
  set: Array<[ResourceField, string]>;
  validFrom: number;
}

/** A rule that matches a resource, with the texts that its globs stand for. */
interface Match {
  rule: CompiledRule;
  globs: string[];
}

/** Which rules, by their place from 0, match a resource at a moment, which of them sets each field, and what that makes it. */
export interface Decisions {
  matching: number[];
  deciding: Map<ResourceField, number>;
  resource: Resource;
}

/** Compares resources with directory rules; compile once, ask often. */
export class Directory {
  readonly #rules: CompiledRule[];
  readonly #moments: number[];

  constructor(rules: OwnershipRule[]) {
    this.#rules = rules.map(({ match, set, validFrom }, index) => ({
      index,
      tests: Object.entries(match).map(([field, glob]) => [field as ResourceField, compileGlob(glob)]),
      set: Object.entries(set) as Array<[ResourceField, string]>,
      validFrom,
    }));
    this.#moments = [...new Set(rules.map((rule) => rule.validFrom))].filter(Number.isFinite).sort((a, b) => a - b);
  }

  /** How many rules there are. */
  get size(): number {
    return this.#rules.length;
  }

  /** Who owns `observed` over all time: gapless, neighbours differ. */
  ownership(observed: Resource): Ownership[] {
    const matching = this.#matching(observed);
    const owned: Ownership[] = [];
    for (const validFrom of [-Infinity, ...this.#moments]) {
      const { resource } = apply(observed, matching, validFrom);
      const before = owned.at(-1);
      if (!before || RESOURCE_FIELDS.some((field) => before.resource[field] !== resource[field])) {
        if (before) {
          before.validTo = validFrom;
        }
        owned.push({ validFrom, validTo: Infinity, resource });
      }
    }
    return owned;
  }

  /** The rules that make `observed` at the moment `at` (ms) what ownership says. */
  decisions(observed: Resource, at: number): Decisions {
    const matching = this.#matching(observed).filter(({ rule }) => rule.validFrom <= at);
    return { matching: matching.map(({ rule }) => rule.index), ...apply(observed, matching, at) };
  }

  #matching(observed: Resource): Match[] {
    const matching: Match[] = [];
    for (const rule of this.#rules) {
      const globs = matchAll(rule, observed);
      if (globs) {
        matching.push({ rule, globs });
      }
    }
    return matching;
  }
}

/** The texts that the globs of `rule` matched, in the order in which the rule names its fields; null when it does not match. */
function matchAll(rule: CompiledRule, observed: Resource): string[] | null {
  let globs: string[] | undefined;
  for (const [field, pieces] of rule.tests) {
    const found = matchGlob(pieces, observed[field]);
    if (!found) {
      return null;
    }
    globs = globs ? [...globs, ...found] : found;
  }
  return globs ?? [];
}

/** What the rules in force at `at` make of `observed`: for each field the first that sets it wins. */
function apply(
  observed: Resource,
  matching: Match[],
  at: number,
): { resource: Resource; deciding: Decisions['deciding'] } {
  const resource: Resource = { ...observed };
  const deciding: Decisions['deciding'] = new Map();
  for (const { rule, globs } of matching) {
    if (rule.validFrom > at) {
      continue;
    }
    for (const [field, value] of rule.set) {
      if (!deciding.has(field)) {
        deciding.set(field, rule.index);
        resource[field] = value.replace(/\$\{(\d+)\}/g, (whole, number: string) => globs[Number(number) - 1] ?? whole);
      }
    }
  }
  return { resource, deciding };
}
