/** Deeper than anything that is taken; what is nested without end would end the stack. */
const DEEPEST = 50;

/**
 * What cannot be stored of a value that was given, with its path: texts with a NUL character or with half of a surrogate
 * pair, which PostgreSQL refuses, and endless nesting.
 */
export function unstorable(
  value: unknown,
  path: PropertyKey[] = [],
  seen = new Set<object>(),
): Array<{ path: PropertyKey[]; message: string }> {
  if (path.length > DEEPEST) {
    return [{ path: path.slice(0, 1), message: `must not be nested more than ${DEEPEST} deep` }];
  }
  if (typeof value === 'string') {
    return /\0/.test(value) || /\p{Cs}/u.test(value)
      ? [{ path, message: 'must not contain a NUL character or half of a surrogate pair' }]
      : [];
  }
  // In YAML a value can stand in many places, in itself too.
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return [];
  }
  seen.add(value);
  return Array.isArray(value)
    ? value.flatMap((item, index) => unstorable(item, [...path, index], seen))
    : Object.entries(value).flatMap(([key, item]) => [
        ...unstorable(key, [...path, key]),
        ...unstorable(item, [...path, key], seen),
      ]);
}
