import type { DirectoryRule } from '../../api/directory';
import type { Finding } from '../errors';
import type { ResourceField } from '../../domain/resource';
import { matchTheSame } from '../../domain/rule-reach';
import { inPortions } from './portions';
import type { RuleGroup } from './rule-groups';
import { ruleText } from './rule-text';

/** A rule, and where it stands in what the user sent or had read: `rules[2]`, `before[0]`. */
export interface PlacedRule {
  rule: DirectoryRule;
  path: string;
}

/**
 * Fields of resources of others that a group's new rules would set otherwise. A rule that gives some of what a group
 * matches to somebody else, earlier, takes the workspace, but not the fields that it does not set itself: these the group
 * decides. So for each such rule and field, the group's rules that can match the same and set it must stay as they are.
 */
export async function fieldsOfOthers(
  earlier: DirectoryRule[],
  workspace: RuleGroup['workspace'],
  before: PlacedRule[],
  after: PlacedRule[],
): Promise<Finding[]> {
  const { then, now } = withoutSameEnds(before, after);
  const touched = [...then, ...now];
  const findings = new Map<string, Finding>();
  await inPortions(earlier, (other) => {
    for (const field of setBy(touched.filter(({ rule }) => matchTheSame(rule, other)))) {
      if (field in other.set || sequence(before, field, other) === sequence(after, field, other)) {
        continue;
      }
      const reaches = ({ rule }: PlacedRule) => field in rule.set && matchTheSame(rule, other);
      const sent = now.filter(reaches);
      for (const { path } of sent.length > 0 ? sent : then.filter(reaches)) {
        const at = `${path}.set.${field}`;
        findings.set(at, { path: at, message: message(workspace) });
      }
    }
  });
  return [...findings.values()];
}

const message = (workspace: string) =>
  `does not only decide what ${workspace} has, so this stays as it was. Add a rule that matches less, or ask an administrator.`;

/** What remains of two lists without what is the same at both ends. */
function withoutSameEnds(before: PlacedRule[], after: PlacedRule[]): { then: PlacedRule[]; now: PlacedRule[] } {
  const [old, next] = [before, after].map((rules) => rules.map(({ rule }) => ruleText(rule)));
  const shorter = Math.min(before.length, after.length);
  let begin = 0;
  while (begin < shorter && old?.[begin] === next?.[begin]) {
    begin += 1;
  }
  let end = 0;
  while (end < shorter - begin && old?.at(-1 - end) === next?.at(-1 - end)) {
    end += 1;
  }
  return { then: before.slice(begin, before.length - end), now: after.slice(begin, after.length - end) };
}

function setBy(rules: PlacedRule[]): Set<ResourceField> {
  const fields = new Set(rules.flatMap(({ rule }) => Object.keys(rule.set) as ResourceField[]));
  fields.delete('workspace');
  return fields;
}

/** All that a group says of a field where `other` matches, too: what is said first wins, so the order counts. */
function sequence(rules: PlacedRule[], field: ResourceField, other: DirectoryRule): string {
  return JSON.stringify(
    rules.flatMap(({ rule }) =>
      field in rule.set && matchTheSame(rule, other) ? [[rule.match, rule.valid_from, rule.set[field]]] : [],
    ),
  );
}
