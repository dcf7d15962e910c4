import type { DirectoryRule, ListedRule } from '../../api/directory';
import type { DirectoryUser } from './directory-user';

/**
 * Rules of a directory that follow each other and set the same granted workspace. What they have between them belongs to
 * it, whatever their order, so they are what an editor may change among themselves.
 */
export interface RuleGroup {
  /** Counted from 1. */
  number: number;
  workspace: string;
  /** The place of its first rule in the whole directory, from 0. */
  start: number;
  rules: DirectoryRule[];
}

/** A text that is made of what the rule matched is nobody's name. */
const COMPUTED = /\$\{\d+\}/;

/** The groups of the directory that are of the workspaces that `maySee` allows, in their order. */
export function ruleGroups(rules: DirectoryRule[], maySee: DirectoryUser['maySee']): RuleGroup[] {
  const groups: RuleGroup[] = [];
  rules.forEach((rule, place) => {
    const { workspace } = rule.set;
    if (workspace === undefined || COMPUTED.test(workspace) || !maySee(workspace)) {
      return;
    }
    const last = groups.at(-1);
    if (last && last.workspace === workspace && last.start + last.rules.length === place) {
      last.rules.push(rule);
    } else {
      groups.push({ number: groups.length + 1, workspace, start: place, rules: [rule] });
    }
  });
  return groups;
}

/** The rules that a user reads, numbered by themselves, and the place of each in the whole directory (from 0). */
export function listedRules(
  rules: DirectoryRule[],
  { administers, edits, workspaces, maySee }: DirectoryUser,
): { rules: ListedRule[]; places: number[] } {
  const groupOf = new Map<number, number>();
  for (const group of administers ? [] : ruleGroups(rules, maySee)) {
    group.rules.forEach((_rule, index) => groupOf.set(group.start + index, group.number));
  }
  const places = [...rules.keys()].filter((place) => workspaces === null || groupOf.has(place));
  return {
    rules: places.flatMap((place) => {
      const [rule, group] = [rules[place], groupOf.get(place)];
      return rule ? [{ ...rule, ...(edits && group !== undefined && { group }) }] : [];
    }),
    places,
  };
}
