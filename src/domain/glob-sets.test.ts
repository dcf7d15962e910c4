import fc from 'fast-check';
import { compileGlob, matchGlob } from './glob';
import { globIncludes, globsMeet } from './glob-sets';

const matches = (glob: string, text: string) => matchGlob(compileGlob(glob), text) !== null;
const glob = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength });

/** Every text of a, b, and a letter that no glob names, as long as two globs with four letters each can ask for. */
const TEXTS = Array.from({ length: 8 }).reduce<string[]>(
  (texts) => [...new Set(['', ...texts.flatMap((text) => ['a', 'b', 'c'].map((letter) => text + letter))])],
  [''],
);

test.each([
  ['orders.*', 'orders.eu', true],
  ['orders.*', 'orders.*', true],
  ['orders.*', 'orders.eu.*', true],
  ['orders.*', 'orders*', false],
  ['orders.*', '*', false],
  ['*', '', true],
  ['', '*', false],
  ['*.eu', 'orders.*.eu', true],
  ['*.eu', 'orders.*', false],
  ['orders', 'Orders', false],
  ['a.c', 'abc', false],
  ['a*a', 'a*', false],
  ['a*b*', 'a*b', true],
  ['a*b', 'a*b*', false],
  ['**', '*', true],
])('%j includes %j: %s', (wide, narrow, expected) => {
  expect(globIncludes(wide, narrow)).toBe(expected);
});

test.each([
  ['orders.*', '*.eu', true],
  ['orders.*', 'payments.*', false],
  ['*.eu', '*.us', false],
  ['a*', 'ab*', true],
  ['a*b', 'b*a', false],
  ['orders', 'orders', true],
  ['orders', 'order', false],
  ['*x*', '*y*', true],
])('%j and %j meet: %s', (one, other, expected) => {
  expect(globsMeet(one, other)).toBe(expected);
  expect(globsMeet(other, one)).toBe(expected);
});

test('one glob includes another when no text says otherwise', () => {
  fc.assert(
    fc.property(glob(6), glob(6), (wide, narrow) => {
      // A letter that neither names, in the place of each *, is the hardest text of all that the narrow one matches.
      const hardest = narrow.replaceAll('*', 'c');
      expect(matches(narrow, hardest)).toBe(true);
      expect(globIncludes(wide, narrow)).toBe(matches(wide, hardest));
      const counterexample = TEXTS.find((text) => matches(narrow, text) && !matches(wide, text));
      expect(globIncludes(wide, narrow) ? counterexample : undefined).toBeUndefined();
    }),
    { numRuns: 400 },
  );
});

test('globs meet when there is a text that both match', () => {
  fc.assert(
    fc.property(glob(4), glob(4), (one, other) => {
      expect(globsMeet(one, other)).toBe(TEXTS.some((text) => matches(one, text) && matches(other, text)));
    }),
    { numRuns: 400 },
  );
});
