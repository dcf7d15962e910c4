import fc from 'fast-check';
import type { DirectoryRule } from '../../../../api/directory';
import {
  addRule,
  changeRule,
  draftChanges,
  draftOf,
  moveRule,
  removeRule,
  rulesOf,
  type DirectoryDraft,
} from './directory-draft';
import { rebaseDraft } from './rebase-draft';
import { mayBeTakenOut, placesOf } from './rule-groups';

const rule = (topic: string, workspace = 'w'): DirectoryRule => ({ match: { topic }, set: { workspace } });
const directory = (version: number, ...rules: DirectoryRule[]) => ({
  version,
  rules,
  applied_at: '2026-03-01T00:00:00.000Z',
  applied_by: 'admin',
});
const [A, B, C, MINE, THEIRS] = ['a', 'b', 'c', 'mine', 'theirs'].map((topic) => rule(topic)) as [
  DirectoryRule,
  DirectoryRule,
  DirectoryRule,
  DirectoryRule,
  DirectoryRule,
];

describe('a draft of the directory', () => {
  it('is no change until something is changed, and none again when it is taken back', () => {
    const draft = draftOf(directory(1, A, B, C));
    expect(draftChanges(draft)).toBeUndefined();
    expect(draftChanges(moveRule(draft, 0, 2))).toEqual({ added: 0, changed: 0, deleted: 0, reordered: true });
    expect(draftChanges(moveRule(moveRule(draft, 0, 2), 2, 0))).toBeUndefined();
    const added = addRule(draft, MINE, 1);
    expect(rulesOf(added)).toEqual([A, MINE, B, C]);
    expect(draftChanges(removeRule(added, 3))).toBeUndefined();
  });

  it('counts what was added, changed and deleted; a new rule that is changed is still only new', () => {
    let draft = addRule(draftOf(directory(1, A, B, C)), MINE, 99);
    draft = changeRule(draft, 3, rule('other'));
    draft = changeRule(draft, 0, rule('a', 'x'));
    draft = removeRule(draft, 1);
    expect(draftChanges(draft)).toEqual({ added: 1, changed: 1, deleted: 1, reordered: false });
    expect(rulesOf(draft)).toEqual([rule('a', 'x'), C, rule('other')]);
  });

  it('never loses or doubles a rule by moving, wherever to', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9), fc.integer({ min: -3, max: 20 })), { maxLength: 20 }),
        (moves: Array<[number, number]>) => {
          const start = draftOf(directory(1, ...Array.from({ length: 10 }, (_, index) => rule(`t${index}`))));
          const moved = moves.reduce((draft, [from, to]) => moveRule(draft, from, to), start);
          expect(moved.rules.map(({ key }) => key).sort((a, b) => a - b)).toEqual(start.rules.map(({ key }) => key));
        },
      ),
    );
  });
});

describe('a draft that is put onto what somebody else saved', () => {
  const mine = (...steps: Array<(draft: DirectoryDraft) => DirectoryDraft>) =>
    steps.reduce((draft, step) => step(draft), draftOf(directory(1, A, B, C)));

  it('keeps what they added and what is mine, each where it was put', () => {
    const draft = mine(
      (one) => removeRule(one, 0),
      (one) => changeRule(one, 1, rule('b', 'x')),
      (one) => addRule(one, MINE, 1),
    );
    const { draft: rebased, lost } = rebaseDraft(draft, [A, B, C], directory(2, THEIRS, A, B, C));
    expect(rulesOf(rebased)).toEqual([THEIRS, rule('b', 'x'), MINE, C]);
    expect(rebased.version).toBe(2);
    expect(lost).toEqual([]);
    expect(draftChanges(rebased)).toEqual({ added: 1, changed: 1, deleted: 1, reordered: false });
  });

  it('never overwrites what they changed, too, and says so', () => {
    const draft = mine(
      (one) => changeRule(one, 0, rule('a', 'mine')),
      (one) => removeRule(one, 1),
    );
    const theirs = directory(2, rule('a', 'theirs'), rule('b', 'theirs'), C);
    const { draft: rebased, lost } = rebaseDraft(draft, [A, B, C], theirs);
    expect(rulesOf(rebased)).toEqual(theirs.rules);
    expect(lost).toEqual([
      'They changed or deleted a rule that you deleted: Topic b → Workspace w',
      'They changed or deleted a rule that you changed to: Topic a → Workspace mine',
    ]);
  });

  it('tells an order that it does not take over, and keeps equal rules apart', () => {
    const draft = draftOf(directory(1, A, A, B));
    const { draft: rebased, lost } = rebaseDraft(
      moveRule(removeRule(draft, 0), 1, 0),
      [A, A, B],
      directory(2, A, A, B, THEIRS),
    );
    expect(rulesOf(rebased)).toEqual([A, B, THEIRS]);
    expect(lost).toEqual(['The order that you gave the rules']);
  });

  it("keeps an editor's rule in its group, whatever number that has now, or says that the group is gone", () => {
    const base = [
      { ...A, group: 1 },
      { ...B, group: 2 },
      { ...C, group: 2 },
    ];
    const start = draftOf({ ...directory(1), rules: base });
    const draft = addRule(addRule(start, MINE, 1, 2), THEIRS, 0, 1);
    const moved = { ...directory(2), rules: base.map((one) => ({ ...one, group: one.group + 1 })) };
    expect(rulesOf(rebaseDraft(draft, base, moved).draft)).toEqual([
      { ...THEIRS, group: 2 },
      { ...A, group: 2 },
      { ...MINE, group: 3 },
      { ...B, group: 3 },
      { ...C, group: 3 },
    ]);
    const without = { ...directory(2), rules: base.slice(1).map((one) => ({ ...one, group: 1 })) };
    const { draft: rebased, lost } = rebaseDraft(draft, base, without);
    expect(rulesOf(rebased).map(({ group }) => group)).toEqual([1, 1, 1]);
    expect(lost).toEqual(['They changed all rules of the group of one that you added: Topic theirs → Workspace w']);
  });
});

describe('what an editor may do with the rules of a group', () => {
  const draft = draftOf({
    ...directory(1),
    rules: [
      { ...A, group: 1 },
      { ...rule('b.*'), group: 2 },
      { ...rule('b.one'), group: 2 },
      { ...rule('*'), valid_from: '2026-02-01', group: 2 },
      C,
    ],
  });

  it('moves them among themselves only', () => {
    expect(draft.rules.map((_rule, place) => placesOf(draft, place))).toEqual([
      { first: 0, last: 0 },
      { first: 1, last: 3 },
      { first: 1, last: 3 },
      { first: 1, last: 3 },
      { first: 0, last: 4 },
    ]);
  });

  it('takes out what is new, and what another rule gives the workspace as early', () => {
    const added = addRule(draft, MINE, 1, 2);
    expect(added.rules.map((one) => mayBeTakenOut(added, one))).toEqual([false, true, false, true, false, false]);
  });
});
