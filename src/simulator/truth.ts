import type { FamilyHistory } from './organisation-history';

/**
 * What a test compares with: one line of JSON a series, `{"name","labels","samples":[[seconds, "value"], …]}`, with the
 * exact values as decimal text.
 */
export function* truthOf(families: Iterable<FamilyHistory>): Generator<string> {
  for (const family of families) {
    for (const { name, labels, samples } of family.series) {
      yield `${JSON.stringify({ name, labels, samples: samples.map(({ at, value }) => [at / 1000, value]) })}\n`;
    }
  }
}
