import type { DirectoryRule, ListedRule } from '../../api/directory';
import { matchesAllOf } from '../../domain/rule-reach';
import { ChargebackError, type Finding } from '../errors';
import type { DirectoryUser } from './directory-user';
import { fieldsOfOthers, type PlacedRule } from './fields-of-others';
import { momentOf } from './ownership-store';
import { inPortions } from './portions';
import { listedRules, ruleGroups, type RuleGroup } from './rule-groups';
import { ruleText } from './rule-text';

/** How many rules a directory may have, and how many an editor's list, unless it had more. */
const MOST = 10_000;
const MOST_REFINED = 1000;

/** The whole directory as it would be, and the place (from 0) in it of each rule that was sent. */
export interface ProposedDirectory {
  rules: DirectoryRule[];
  places: number[];
}

/**
 * The directory `whole` with the rules that a user sent in the place of those that they read. An administrator's are the
 * whole directory. An editor's stay in their group, which keeps exactly what it has: each new rule matches no more, and
 * begins no earlier, than one of the group before, each rule before is matched as much, and as early, by one after, and
 * all set the group's workspace. So whatever the globs, no resource changes hands, seen already or not. Throws
 * INVALID_REQUEST with all problems at once: `rules[n]` is the sent list, `before[n]` the one that was read.
 */
export async function proposedDirectory(
  whole: DirectoryRule[],
  sent: ListedRule[],
  user: DirectoryUser,
  timezone: string,
): Promise<ProposedDirectory> {
  return user.administers ? replacedDirectory(sent) : refinedDirectory(whole, sent, user, timezone);
}

function replacedDirectory(sent: ListedRule[]): ProposedDirectory {
  refuse(
    sent.flatMap(({ group }, index) =>
      group === undefined ? [] : [{ path: `rules[${index}].group`, message: 'is only for editors: leave it out' }],
    ),
  );
  return { rules: sent, places: [...sent.keys()] };
}

async function refinedDirectory(
  whole: DirectoryRule[],
  sent: ListedRule[],
  user: DirectoryUser,
  timezone: string,
): Promise<ProposedDirectory> {
  const groups = ruleGroups(whole, user.maySee);
  const read = listedRules(whole, { ...user, edits: true });
  const findings: Finding[] = [];
  if (
    sent.length > Math.max(read.rules.length, MOST_REFINED) ||
    whole.length - read.rules.length + sent.length > MOST
  ) {
    refuse([
      { path: 'rules', message: 'has too many rules: find globs that stand for several, or ask an administrator' },
    ]);
  }
  const sentTo = new Map(groups.map((group) => [group, [] as Array<PlacedRule & { index: number }>]));
  const kept: number[] = [];
  await inPortions([...sent.entries()], ([index, { group: number, ...rule }]) => {
    if (number === undefined && user.workspaces === null) {
      kept.push(index);
      return;
    }
    const group =
      number === undefined
        ? groups.find(
            ({ workspace, rules }) =>
              workspace === rule.set.workspace && rules.some((before) => reaches(before, rule, timezone)),
          )
        : groups[number - 1];
    const path = `rules[${index}]`;
    const problem = group ? problemOf(rule, group, timezone) : noGroup(number);
    if (problem) {
      findings.push({ path: `${path}.${problem.path}`, message: problem.message });
    }
    if (group) {
      sentTo.get(group)?.push({ rule, path, index });
    }
  });
  const unchanged = read.rules.flatMap(({ group, ...rule }, index) => (group === undefined ? [{ rule, index }] : []));
  findings.push(...changesOfOthers(unchanged, kept, sent));

  const before = new Map(groups.map((group) => [group, placed(group, read.places)]));
  for (const [group, after] of sentTo) {
    findings.push(...(await givenUp(before.get(group) ?? [], after, group.workspace, timezone)));
  }
  refuse(findings);
  const grouped = new Set(groups.flatMap(({ start, rules }) => rules.map((_rule, index) => start + index)));
  for (const [group, after] of sentTo) {
    const earlier = whole.slice(0, group.start).filter(({ set }, place) => 'workspace' in set && !grouped.has(place));
    findings.push(...(await fieldsOfOthers(earlier, group.workspace, before.get(group) ?? [], after)));
  }
  refuse(findings);
  return assembled(whole, sentTo, kept, sent.length);
}

const placed = ({ start, rules }: RuleGroup, places: number[]): PlacedRule[] =>
  rules.map((rule, index) => ({ rule, path: `before[${places.indexOf(start + index)}]` }));

/** Whether `wide` holds for all that `narrow` holds for, at all times. */
const reaches = (wide: DirectoryRule, narrow: DirectoryRule, timezone: string) =>
  matchesAllOf(wide, narrow) &&
  (wide.valid_from === undefined ||
    wide.valid_from === narrow.valid_from ||
    momentOf(wide.valid_from, timezone) <= momentOf(narrow.valid_from, timezone));

const noGroup = (number: number | undefined): Finding =>
  number === undefined
    ? { path: 'match', message: 'is not within what one of your rules gives to the workspace that it sets' }
    : { path: 'group', message: `there is no group ${number}: load the rules again` };

/** What hinders a rule from being in a group. */
function problemOf(rule: DirectoryRule, { workspace, rules }: RuleGroup, timezone: string): Finding | undefined {
  if (rule.set.workspace !== workspace) {
    return {
      path: 'set.workspace',
      message: `must be ${workspace}: what belongs to which workspace is for administrators`,
    };
  }
  if (rules.some((before) => reaches(before, rule, timezone))) {
    return undefined;
  }
  const wide = rules.filter((before) => matchesAllOf(before, rule));
  if (wide.length === 0) {
    return {
      path: 'match',
      message: `may match only what one of the group's rules matches: name all of its fields, with globs that match no more. ${workspace} can be given nothing else here`,
    };
  }
  const [first] = wide
    .map(({ valid_from: from }) => ({ from, at: momentOf(from, timezone) }))
    .sort((a, b) => a.at - b.at);
  return { path: 'valid_from', message: `must not be before ${first?.from}, when ${workspace} begins to have this` };
}

/** Rules that only administrators change, which the sent ones must tell as they were. */
function changesOfOthers(
  unchanged: Array<{ rule: DirectoryRule; index: number }>,
  kept: number[],
  sent: ListedRule[],
): Finding[] {
  const texts = [sent, unchanged.map(({ rule }) => rule)].map((rules) => rules.map(ruleText));
  const findings = kept.flatMap((index, order) =>
    texts[0]?.[index] === texts[1]?.[order]
      ? []
      : [{ path: `rules[${index}]`, message: 'is in no group: only an administrator may add or change such a rule' }],
  );
  return kept.length < unchanged.length && findings.length === 0
    ? unchanged.slice(kept.length).map(({ index }) => ({
        path: `before[${index}]`,
        message: 'is in no group: only an administrator may take such a rule out',
      }))
    : findings;
}

/** Rules before of which no rule after has all. */
async function givenUp(
  before: PlacedRule[],
  after: PlacedRule[],
  workspace: string,
  timezone: string,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const same = new Set(after.map(({ rule }) => JSON.stringify([rule.match, rule.valid_from])));
  await inPortions(before, ({ rule, path }) => {
    // Most rules stay as they are, and a list may be long.
    if (
      !same.has(JSON.stringify([rule.match, rule.valid_from])) &&
      !after.some((one) => reaches(one.rule, rule, timezone))
    ) {
      findings.push({
        path,
        message: `must stay, or a rule of its group that matches as much and holds as early: ${workspace} may not give up what it has`,
      });
    }
  });
  return findings;
}

/** The whole directory, in which each group's new rules stand where those before stood. */
function assembled(
  whole: DirectoryRule[],
  sentTo: Map<RuleGroup, Array<{ rule: DirectoryRule; index: number }>>,
  kept: number[],
  count: number,
): ProposedDirectory {
  const at = new Map([...sentTo].map(([group, after]) => [group.start, { group, after }]));
  const rules: DirectoryRule[] = [];
  const places = Array.from({ length: count }, () => 0);
  const others = [...kept];
  for (let place = 0; place < whole.length;) {
    const found = at.get(place);
    if (found) {
      found.after.forEach(({ rule, index }) => (places[index] = rules.push(rule) - 1));
      place += found.group.rules.length;
      continue;
    }
    rules.push(...whole.slice(place, place + 1));
    const index = others.shift();
    if (index !== undefined) {
      places[index] = rules.length - 1;
    }
    place += 1;
  }
  return { rules, places };
}

function refuse(findings: Finding[]): void {
  if (findings.length > 0) {
    throw new ChargebackError(
      'INVALID_REQUEST',
      'These rules cannot be put in the place of those that you read. Nothing was saved.',
      findings,
    );
  }
}
