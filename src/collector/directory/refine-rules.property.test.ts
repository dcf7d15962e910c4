import fc from 'fast-check';
import type { DirectoryRule, ListedRule } from '../../api/directory';
import { RESOURCE_FIELDS, resource, type Resource } from '../../domain/resource';
import { referenceOwner } from '../../testing/reference-directory';
import { ChargebackError } from '../errors';
import type { DirectoryUser } from './directory-user';
import { proposedDirectory } from './refine-rules';
import { listedRules } from './rule-groups';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const RUNS = 100 * Number(process.env.CHARGEBACK_TEST_RUNS ?? 4);

const OWN = ['mine', 'also-mine'];
const DAYS = [undefined, '2026-03-02T00:00:00Z', '2026-03-04T00:00:00Z'];
const MOMENTS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].map((day) => Date.parse(`${day}T00:00:00Z`));

const textsOf = (letters: string[], longest: number) =>
  Array.from({ length: longest }).reduce<string[]>(
    (texts) => [...new Set(['', ...texts.flatMap((text) => letters.map((letter) => text + letter))])],
    [''],
  );
/** Everything that can be used, most of which no rule was ever written for. */
const RESOURCES = textsOf(['a', 'b'], 2).flatMap((cluster) =>
  textsOf(['a', 'b', 'c'], 2).map((topic) => resource({ cluster, topic })),
);

const editor: DirectoryUser = {
  login: 'eve',
  administers: false,
  edits: true,
  workspaces: OWN,
  maySee: (workspace) => OWN.includes(workspace),
};

const glob = fc.constantFrom('*', 'a*', 'b*', '*a', 'a', 'ab*', 'a*b', 'aa', 'b');
const value = fc.constantFrom('x', 'y', '${1}');
const rule: fc.Arbitrary<DirectoryRule> = fc
  .record({
    cluster: fc.option(glob, { nil: undefined }),
    topic: fc.option(glob, { nil: undefined }),
    workspace: fc.constantFrom('mine', 'mine', 'mine', 'also-mine', 'theirs', 'theirs', '${1}', undefined),
    team: fc.option(value, { nil: undefined }),
    application: fc.option(value, { nil: undefined }),
    valid_from: fc.constantFrom(...DAYS, undefined),
  })
  .map(({ cluster, topic, valid_from, ...set }) => ({
    match: defined({ cluster, topic: cluster === undefined ? (topic ?? '*') : topic }),
    set: defined({ ...set, team: set.workspace === undefined ? (set.team ?? 'x') : set.team }),
    ...defined({ valid_from }),
  }));

function defined<T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== undefined)) as {
    [K in keyof T]?: string;
  };
}

/** One thing that an editor does to the list; `at` and `to` are places, taken modulo its length. */
interface Step {
  what: string;
  at: number;
  to: number;
  rule: DirectoryRule;
}
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('set', 'set', 'refine', 'refine', 'move', 'delete', 'match', 'workspace', 'date', 'group'),
  at: fc.nat(20),
  to: fc.nat(20),
  rule,
});

function edited(rules: ListedRule[], steps: Step[]): ListedRule[] {
  return steps.reduce((list, { what, at, to, rule: other }) => {
    const place = at % Math.max(1, list.length);
    const old = list[place];
    if (!old) {
      return list;
    }
    const workspace = old.set.workspace ?? 'mine';
    switch (what) {
      case 'set':
        return list.with(place, { ...old, set: { ...other.set, workspace } });
      case 'refine':
        return list.toSpliced(place, 0, {
          ...old,
          match: { ...old.match, ...other.match },
          set: { ...other.set, workspace },
        });
      case 'move':
        return list.toSpliced(place, 1).toSpliced(to % list.length, 0, old);
      case 'delete':
        return list.toSpliced(place, 1);
      case 'match':
        return list.with(place, { ...old, match: other.match });
      case 'workspace':
        return list.with(place, { ...old, set: { ...old.set, ...other.set } });
      case 'date':
        return list.with(place, { ...old, ...defined({ valid_from: other.valid_from }) });
      case 'group': {
        const { group: _group, ...without } = old;
        return list.with(place, to % 2 === 0 ? without : { ...old, group: (to % 3) + 1 });
      }
      default:
        return list;
    }
  }, rules);
}

const told = (owned: Resource) => RESOURCE_FIELDS.map((field) => owned[field]).join(' | ');

test('whatever an editor sends, and is let in, no resource changes hands and nothing of others changes, seen already or not', async () => {
  const counts = { admitted: 0, changing: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(rule, { minLength: 1, maxLength: 9 }),
      fc.array(step, { minLength: 1, maxLength: 4 }),
      async (whole, steps) => {
        const sent = edited(listedRules(whole, editor).rules, steps);
        let rules: DirectoryRule[];
        try {
          ({ rules } = await proposedDirectory(whole, sent, editor, 'UTC'));
        } catch (error) {
          expect(error).toBeInstanceOf(ChargebackError);
          expect((error as ChargebackError).findings).not.toEqual([]);
          counts.refused += 1;
          return;
        }
        counts.admitted += 1;
        let changes = false;
        for (const moment of MOMENTS) {
          for (const observed of RESOURCES) {
            const before = referenceOwner(whole, observed, moment, 'UTC');
            const after = referenceOwner(rules, observed, moment, 'UTC');
            if (told(before) !== told(after)) {
              changes = true;
              expect([OWN.includes(before.workspace), after.workspace]).toEqual([true, before.workspace]);
            }
          }
        }
        counts.changing += changes ? 1 : 0;
        const others = (list: DirectoryRule[]) => {
          const own = new Set(listedRules(list, editor).places);
          return list.filter((_rule, place) => !own.has(place));
        };
        expect(others(rules)).toEqual(others(whole));
      },
    ),
    { numRuns: RUNS, seed: SEED },
  );
  // Enough of each, so that this says something.
  expect(counts.admitted).toBeGreaterThan(RUNS / 10);
  expect(counts.changing).toBeGreaterThan(RUNS / 40);
  expect(counts.refused).toBeGreaterThan(RUNS / 10);
});

test('what was read and is sent back as it was changes nothing, whoever reads it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rule, { maxLength: 9 }), fc.constantFrom(null, OWN), async (whole, workspaces) => {
      const user = { ...editor, workspaces };
      const { rules, places } = listedRules(whole, user);
      expect(await proposedDirectory(whole, rules, user, 'UTC')).toEqual({ rules: whole, places });
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
