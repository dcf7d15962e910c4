/** A glob, cut at its `*`, each of which stands for any text. */
export type Glob = string[];

export const compileGlob = (glob: string): Glob => glob.split('*');

/**
 * The texts that the `*` of a glob stand for in `text`, each as short as the ones before it allow; null when it does not
 * match. Every piece is found where it first occurs, which leaves the most room for the rest, so nothing is ever tried
 * twice: a regular expression with many `*` could take for ever.
 */
export function matchGlob(pieces: Glob, text: string): string[] | null {
  const first = pieces[0] ?? '';
  const last = pieces[pieces.length - 1] ?? '';
  if (pieces.length === 1) {
    return text === first ? [] : null;
  }
  // Most globs that are tried do not match, and most of these differ at an end: nothing is made before that is known.
  if (!text.startsWith(first) || !text.endsWith(last)) {
    return null;
  }
  const globs: string[] = [];
  let at = first.length;
  for (let index = 1; index < pieces.length - 1; index++) {
    const piece = pieces[index] ?? '';
    const found = text.indexOf(piece, at);
    if (found < 0) {
      return null;
    }
    globs.push(text.slice(at, found));
    at = found + piece.length;
  }
  const end = text.length - last.length;
  return end >= at ? [...globs, text.slice(at, end)] : null;
}
