import type { Directory, DirectoryRule, ListedRule } from '../../../../api/directory';

/** A rule of a draft. `saved` is its place in the directory in force, absent when it is new. */
export interface DraftRule {
  /** Stays the same wherever the rule is moved. */
  key: number;
  rule: DirectoryRule;
  saved?: number;
  changed: boolean;
  /** For editors: among which rules it may be changed and ordered; absent: not by them. */
  group?: number | undefined;
}

/** A directory as somebody would have it, and the version that it was made from. */
export interface DirectoryDraft {
  version: number;
  rules: DraftRule[];
  /** How many rules the version in force has. */
  savedRules: number;
  nextKey: number;
}

/** What a draft changes. */
export interface DraftChanges {
  added: number;
  changed: number;
  deleted: number;
  reordered: boolean;
}

/** A draft that changes nothing yet. */
export function draftOf({ version, rules }: Directory): DirectoryDraft {
  return {
    version,
    rules: rules.map(({ group, ...rule }, index) => ({ key: index, rule, saved: index, changed: false, group })),
    savedRules: rules.length,
    nextKey: rules.length,
  };
}

const within = (place: number, most: number) => Math.min(Math.max(place, 0), most);

/** A new rule at `place`, counted from 0; an editor's in a group. */
export function addRule(draft: DirectoryDraft, rule: DirectoryRule, place: number, group?: number): DirectoryDraft {
  const rules = draft.rules.toSpliced(within(place, draft.rules.length), 0, {
    key: draft.nextKey,
    rule,
    changed: false,
    group,
  });
  return { ...draft, rules, nextKey: draft.nextKey + 1 };
}

/** Another content for the rule `key`. */
export function changeRule(draft: DirectoryDraft, key: number, rule: DirectoryRule): DirectoryDraft {
  return {
    ...draft,
    rules: draft.rules.map((one) => (one.key === key ? { ...one, rule, changed: one.saved !== undefined } : one)),
  };
}

/** Takes the rule `key` out. */
export function removeRule(draft: DirectoryDraft, key: number): DirectoryDraft {
  return { ...draft, rules: draft.rules.filter((one) => one.key !== key) };
}

/** Moves the rule at place `from` to place `to`, both counted from 0. */
export function moveRule(draft: DirectoryDraft, from: number, to: number): DirectoryDraft {
  const moved = draft.rules[from];
  const rules = draft.rules.toSpliced(from, 1);
  return moved ? { ...draft, rules: rules.toSpliced(within(to, rules.length), 0, moved) } : draft;
}

/** What the draft changes, or undefined when it is the directory in force. */
export function draftChanges({ rules, savedRules }: DirectoryDraft): DraftChanges | undefined {
  const kept = rules.flatMap(({ saved }) => (saved === undefined ? [] : [saved]));
  const changes = {
    added: rules.length - kept.length,
    changed: rules.filter(({ changed }) => changed).length,
    deleted: savedRules - kept.length,
    reordered: kept.some((place, index) => place < (kept[index - 1] ?? -1)),
  };
  return changes.added + changes.changed + changes.deleted > 0 || changes.reordered ? changes : undefined;
}

/** The rules as they are sent. */
export function rulesOf({ rules }: DirectoryDraft): ListedRule[] {
  return rules.map(({ rule, group }) => (group === undefined ? rule : { ...rule, group }));
}
