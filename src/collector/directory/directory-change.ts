import type { DirectoryRule } from '../../api/directory';
import type { DirectoryChange } from '../../api/history';
import { onlyWorkspace } from '../ledger/audit';
import { ruleText } from './rule-text';

/** Rules that a change tells; of more it tells the number. */
const TOLD = 50;

/** What of `rules` the `other` directory has not, or not as often; places count from 1. A move alone is no difference. */
export function directoryChange(rules: DirectoryRule[], other: DirectoryRule[]): DirectoryChange {
  const left = new Map<string, number>();
  for (const text of other.map(ruleText)) {
    left.set(text, (left.get(text) ?? 0) + 1);
  }
  const differing: DirectoryChange['first'] = [];
  rules.forEach((rule, index) => {
    const text = ruleText(rule);
    const count = left.get(text) ?? 0;
    if (count > 0) {
      left.set(text, count - 1);
    } else {
      differing.push({ place: index + 1, rule });
    }
  });
  return { rules: rules.length, differing: differing.length, first: differing.slice(0, TOLD) };
}

/** A side as it is told to those who may not know of the rules of others: neither how many rules there are nor the places. */
export function withoutOthers({ differing, first }: DirectoryChange): DirectoryChange {
  return { rules: null, differing, first: first.map(({ rule }) => ({ place: null, rule })) };
}

/**
 * The only workspace that a change of the directory concerns: every rule that came or went gives just that one. Null when
 * it is not one, when rules came or went that give none, when there are more than are told, or when only the order changed.
 */
export function concernedWorkspace(...sides: DirectoryChange[]): string | null {
  if (sides.some(({ differing, first }) => differing > first.length)) {
    return null;
  }
  const given = sides.flatMap(({ first }) => first.map(({ rule }) => rule.set.workspace));
  return given.some((name) => name?.includes('${')) ? null : onlyWorkspace(given);
}
