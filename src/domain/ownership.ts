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
  tests: Array<[ResourceField, Glob]>;
  set: Array<[ResourceField, string]>;
  validFrom: number;
}

/** Compares resources with directory rules; compile once, ask often. */
export class Directory {
  readonly #rules: CompiledRule[];
  readonly #moments: number[];

  constructor(rules: OwnershipRule[]) {
    this.#rules = rules.map(({ match, set, validFrom }) => ({
      tests: Object.entries(match).map(([field, glob]) => [field as ResourceField, compileGlob(glob)]),
      set: Object.entries(set) as Array<[ResourceField, string]>,
      validFrom,
    }));
    this.#moments = [...new Set(rules.map((rule) => rule.validFrom))].filter(Number.isFinite).sort((a, b) => a - b);
  }

  /** Who owns `observed` over all time: gapless, neighbours differ. */
  ownership(observed: Resource): Ownership[] {
    const matching = this.#rules.flatMap((rule) => {
      const globs = matchAll(rule, observed);
      return globs ? [{ rule, globs }] : [];
    });
    const owned: Ownership[] = [];
    for (const validFrom of [-Infinity, ...this.#moments]) {
      const resource = apply(
        observed,
        matching.filter(({ rule }) => rule.validFrom <= validFrom),
      );
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
}

/** The texts that the globs of `rule` matched, in the order in which the rule names its fields; null when it does not match. */
function matchAll(rule: CompiledRule, observed: Resource): string[] | null {
  const globs: string[] = [];
  for (const [field, pieces] of rule.tests) {
    const found = matchGlob(pieces, observed[field]);
    if (!found) {
      return null;
    }
    globs.push(...found);
  }
  return globs;
}

function apply(observed: Resource, matching: Array<{ rule: CompiledRule; globs: string[] }>): Resource {
  const resource: Resource = { ...observed };
  const decided = new Set<ResourceField>();
  for (const { rule, globs } of matching) {
    for (const [field, value] of rule.set) {
      if (!decided.has(field)) {
        decided.add(field);
        resource[field] = value.replace(/\$\{(\d+)\}/g, (whole, number: string) => globs[Number(number) - 1] ?? whole);
      }
    }
  }
  return resource;
}
