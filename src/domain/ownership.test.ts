import fc from 'fast-check';
import { Directory } from './ownership';
import { resource } from './resource';

/** What a glob's `*` stand for, through the team that a rule sets; undefined: no match. */
function globsOf(glob: string, topic: string): string | undefined {
  const stars = glob.split('*').length - 1;
  const team = Array.from({ length: stars }, (_, index) => `\${${index + 1}}`).join('|');
  const [owned] = new Directory([
    { match: { topic: glob }, set: { team: `[${team}]` }, validFrom: -Infinity },
  ]).ownership(resource({ topic }));
  return owned?.resource.team || undefined;
}

test.each([
  ['orders.*', 'orders.eu', '[eu]'],
  ['orders.*', 'orders', undefined],
  ['*', '', '[]'],
  ['orders', 'orders', '[]'],
  ['orders', 'orders2', undefined],
  ['*.*', 'a.b.c', '[a|b.c]'],
  ['a*a', 'a', undefined],
  ['a*a', 'aa', '[]'],
  ['vc-*-*', 'vc-payments-eu-prod', '[payments|eu-prod]'],
  ['**', 'x', '[|x]'],
  ['a.c', 'abc', undefined],
  ['*\n*', 'one\ntwo', '[one|two]'],
])('the glob %j on %j stands for %j', (glob, topic, expected) => {
  expect(globsOf(glob, topic)).toBe(expected);
});

test('a glob means what the lazy regular expression means', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 12 });
  fc.assert(
    fc.property(
      text,
      text.map((topic) => topic.replaceAll('*', 'a')),
      (glob, topic) => {
        const lazy = new RegExp(
          `^${glob
            .split('*')
            .map((piece) => piece.replaceAll('.', '\\.'))
            .join('([^]*?)')}$`,
        ).exec(topic);
        expect(globsOf(glob, topic)).toBe(lazy ? `[${lazy.slice(1).join('|')}]` : undefined);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a glob with very many stars on a long text is decided', () => {
  expect(globsOf(`${'*a'.repeat(99)}b`, 'a'.repeat(10_000))).toBeUndefined();
});
