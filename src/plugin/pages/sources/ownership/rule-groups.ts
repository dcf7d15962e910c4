import { matchesAllOf } from '../../../../domain/rule-reach';
import type { DirectoryDraft, DraftRule } from './directory-draft';

/** The places, from 0 and both included, between which the rule at `place` may be moved: within its group, else anywhere. */
export function placesOf({ rules }: Pick<DirectoryDraft, 'rules'>, place: number): { first: number; last: number } {
  const group = rules[place]?.group;
  return group === undefined
    ? { first: 0, last: rules.length - 1 }
    : {
        first: rules.findIndex((one) => one.group === group),
        last: rules.findLastIndex((one) => one.group === group),
      };
}

/**
 * Whether an editor may take a rule out: when it is new, or another one of its group gives the workspace all that it does.
 * The collector decides; this is to tell it beforehand.
 */
export function mayBeTakenOut(
  { rules }: Pick<DirectoryDraft, 'rules'>,
  { key, rule, saved, group }: DraftRule,
): boolean {
  return (
    saved === undefined ||
    rules.some(
      (other) =>
        other.key !== key &&
        other.group === group &&
        matchesAllOf(other.rule, rule) &&
        (other.rule.valid_from ?? '') <= (rule.valid_from ?? ''),
    )
  );
}
