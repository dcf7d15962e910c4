import type { ApiError } from '../../../data/api-error';
import type { DirectoryDraft } from './directory-draft';
import type { RuleProblems } from './rule-form';

/**
 * What the collector found, by the place of the rule in the draft that was sent; what is about no rule of it stands under
 * -1. `rules[2]` is a rule of the draft, `before[2]` one of the version that the draft was made from.
 */
export function findingsByRule(
  { problems }: ApiError,
  { rules }: Pick<DirectoryDraft, 'rules'>,
): Map<number, RuleProblems> {
  const found = new Map<number, Map<string, string>>();
  for (const { path, message } of problems ?? []) {
    const [, list, number, field = ''] = /^(rules|before)\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
    const place = list === 'before' ? rules.findIndex(({ saved }) => saved === Number(number)) : Number(number ?? -1);
    const gone = list === 'before' && place < 0;
    const paths = found.get(place) ?? new Map<string, string>();
    found.set(
      place,
      paths.set(gone ? `Rule ${Number(number) + 1} as it is saved` : list === undefined ? path : field, message),
    );
  }
  return found;
}
