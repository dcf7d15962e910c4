import { compileGlob, matchGlob } from './glob';

/** Stands for the `*` of a glob that is looked at as a text: no name can hold it, so no other piece of a glob matches it. */
const ANY = '\0';

/** Whether `wide` matches every text that `narrow` matches. */
export function globIncludes(wide: string, narrow: string): boolean {
  return matchGlob(compileGlob(wide), narrow.replaceAll('*', ANY)) !== null;
}

/** Whether there is a text that both globs match. */
export function globsMeet(one: string, other: string): boolean {
  const [a, b] = [compileGlob(one), compileGlob(other)];
  if (a.length === 1 || b.length === 1) {
    return a.length === 1 ? matchGlob(b, one) !== null : matchGlob(a, other) !== null;
  }
  // What stands between their ends fits into each other's `*`: only the ends can exclude each other.
  const [begin, otherBegin] = [a[0] ?? '', b[0] ?? ''];
  const [end, otherEnd] = [a.at(-1) ?? '', b.at(-1) ?? ''];
  return (
    (begin.startsWith(otherBegin) || otherBegin.startsWith(begin)) && (end.endsWith(otherEnd) || otherEnd.endsWith(end))
  );
}
