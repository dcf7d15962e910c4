import type { ApiError } from '../../../data/api-error';
import type { RuleProblems } from './rule-form';

/** What the collector found, by the place of the rule; what is about no rule stands under -1. */
export function findingsByRule({ problems }: ApiError): Map<number, RuleProblems> {
  const found = new Map<number, Map<string, string>>();
  for (const { path, message } of problems ?? []) {
    const [, place, field = ''] = /^rules\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
    const of = place === undefined ? -1 : Number(place);
    const paths = found.get(of) ?? new Map<string, string>();
    found.set(of, paths.set(place === undefined ? path : field, message));
  }
  return found;
}
