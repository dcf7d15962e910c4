import type { Directory, ListedRule } from '../../../../api/directory';
import { addRule, changeRule, draftChanges, draftOf, removeRule, type DirectoryDraft } from './directory-draft';
import { ruleName } from './rule-name';

const textOf = ({ group: _group, ...rule }: ListedRule) => JSON.stringify(rule);

/**
 * Puts what a draft changed of the rules `base` onto a directory that somebody else saved meanwhile. A rule that they
 * changed or deleted, too, stays as they left it; `lost` says what was not taken over, in words. Keys of their rules
 * are their places.
 */
export function rebaseDraft(
  mine: DirectoryDraft,
  base: ListedRule[],
  theirs: Directory,
): { draft: DirectoryDraft; lost: string[] } {
  const places = new Map<string, number[]>();
  theirs.rules.forEach((rule, place) => {
    const text = textOf(rule);
    places.set(text, [...(places.get(text) ?? []), place]);
  });
  const keyOf = base.map((rule) => places.get(textOf(rule))?.shift());
  /** What a group is counted as now: groups of others that came or went changed the numbers. */
  const groups = new Map<number, number>();
  base.forEach(({ group }, place) => {
    const now = theirs.rules[keyOf[place] ?? -1]?.group;
    if (group !== undefined && now !== undefined && !groups.has(group)) {
      groups.set(group, now);
    }
  });
  const kept = new Set(mine.rules.map(({ saved }) => saved));
  const lost: string[] = [];
  let draft = draftOf(theirs);

  base.forEach((rule, place) => {
    const key = keyOf[place];
    if (!kept.has(place) && key !== undefined) {
      draft = removeRule(draft, key);
    } else if (!kept.has(place)) {
      lost.push(`They changed or deleted a rule that you deleted: ${ruleName(rule)}`);
    }
  });
  let before: number | undefined;
  for (const { rule, saved, changed, group } of mine.rules) {
    const key = saved === undefined ? undefined : keyOf[saved];
    if (saved === undefined) {
      const now = group === undefined ? undefined : groups.get(group);
      if (group !== undefined && now === undefined) {
        lost.push(`They changed all rules of the group of one that you added: ${ruleName(rule)}`);
        continue;
      }
      const after = draft.rules.findIndex((one) => one.key === before);
      const first = draft.rules.findIndex((one) => one.group === now);
      const place = draft.rules[after]?.group === now ? after + 1 : first;
      before = draft.nextKey;
      draft = addRule(draft, rule, place, now);
      continue;
    }
    if (changed && key !== undefined) {
      draft = changeRule(draft, key, rule);
    } else if (changed) {
      lost.push(`They changed or deleted a rule that you changed to: ${ruleName(rule)}`);
    }
    before = key ?? before;
  }
  if (draftChanges(mine)?.reordered) {
    lost.push('The order that you gave the rules');
  }
  return { draft, lost };
}
