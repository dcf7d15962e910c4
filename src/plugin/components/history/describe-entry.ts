import { z } from 'zod';
import { BudgetInput } from '../../../api/budgets';
import { DirectoryChange, HISTORY_OBJECTS, type HistoryEntry, type HistoryObject } from '../../../api/history';
import { RateCard } from '../../../api/rate-cards';
import { formatInstant, formatValidFrom } from '../../format/time';
import { budgetDifferences } from './budget-differences';
import { grantDifferences, tokenDifferences } from './access-differences';
import { collectionInWords } from './collection-words';
import { cardDifferences, type CardWords, type Difference } from './rate-card-differences';

/** An entry of the history in words: who did what is `actor verb kind name`, and what differs. */
export interface DescribedEntry {
  verb: string;
  /** `the budget`; empty where the name says all. */
  kind: string;
  name: string;
  /** Which one of several things of that name. */
  detail: string;
  differences: Difference[];
}

const VERBS: Record<string, string> = {
  create: 'created',
  change: 'changed',
  delete: 'deleted',
  apply: 'applied',
  close: 'closed',
  request: 'requested',
  run: 'ran',
  revoke: 'revoked',
  renew: 'renewed',
  drop: 'dropped',
};
const THINGS: Record<HistoryObject, Pick<DescribedEntry, 'kind'> & { name?: string }> = {
  'rate-card': { kind: 'the rate card' },
  budget: { kind: 'the budget' },
  directory: { kind: '', name: 'the ownership rules' },
  period: { kind: 'the month' },
  token: { kind: 'the access token' },
  access: { kind: '', name: 'the grants' },
  reader: { kind: 'the database login' },
  collection: { kind: '', name: 'a collection' },
};

/** What the line above says already of a card that appears or goes. */
const IN_DETAIL = new Set(['Name', 'For', 'Valid from']);

function ofRateCard(before: unknown, after: unknown, words: CardWords): Pick<DescribedEntry, 'detail' | 'differences'> {
  const [old, now] = [before, after].map((side) => RateCard.safeParse(side).data ?? null);
  const card = now ?? old;
  return {
    detail: card
      ? `for ${card.workspace === '' ? 'every workspace' : card.workspace}, valid from ${formatValidFrom(card.valid_from, words.timeZone)}`
      : '',
    differences: cardDifferences(old ?? null, now ?? null, words).filter(
      ({ label }) => (old && now) || !IN_DETAIL.has(label),
    ),
  };
}

/** What a budget says, whatever else is known of it. */
const ToldBudget = z.object(BudgetInput.shape);

function ofBudget(before: unknown, after: unknown): Difference[] {
  const [old, now] = [before, after].map((side) => ToldBudget.safeParse(side).data ?? null);
  return budgetDifferences(old ?? null, now ?? null).filter(({ label }) => (old && now) || label !== 'Name');
}

function ruleLines(change: DirectoryChange | undefined): string[] {
  const fields = (values: object) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  const { differing = 0, first = [] } = change ?? {};
  const lines = first.map(
    ({ place, rule }) =>
      `${place === null ? '' : `${place}. `}${fields(rule.match)} → ${fields(rule.set)}${rule.valid_from ? `, from ${rule.valid_from}` : ''}`,
  );
  return differing > first.length ? [...lines, `and ${differing - first.length} more`] : lines;
}

function ofDirectory(before: unknown, after: unknown): Difference[] {
  const [old, now] = [before, after].map((side) => DirectoryChange.safeParse(side).data);
  if (!old && !now) {
    return plainDifferences(before, after, '');
  }
  const count = (change?: DirectoryChange) => (typeof change?.rules === 'number' ? [String(change.rules)] : []);
  const rules = { label: 'Number of rules', before: count(old), after: count(now) };
  const changed = { label: 'Rules', before: ruleLines(old), after: ruleLines(now) };
  const order = { label: 'Order', before: [], after: ['the same rules in another order'] };
  const same = changed.before.length === 0 && changed.after.length === 0;
  return [...(old?.rules === now?.rules ? [] : [rules]), ...(same && old?.rules === now?.rules ? [order] : [changed])];
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

function plainText(value: unknown, timeZone: string): string[] {
  if (value === null || value === undefined || value === '') {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((one) => plainText(one, timeZone));
  }
  if (typeof value === 'object') {
    return Object.entries(value).map(([name, one]) => `${name}: ${plainText(one, timeZone).join(', ')}`);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [timeZone !== '' && INSTANT.test(text) ? formatInstant(text, timeZone) : text];
}

/** Fields of things that have no words of their own. */
function plainDifferences(before: unknown, after: unknown, timeZone: string): Difference[] {
  const fields = (side: unknown): Record<string, unknown> =>
    typeof side === 'object' && side !== null && !Array.isArray(side) ? { ...side } : {};
  const [old, now] = [fields(before), fields(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .map((name) => ({
      label: name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' '),
      before: plainText(old[name], timeZone),
      after: plainText(now[name], timeZone),
    }))
    .filter((one) => one.before.join('\n') !== one.after.join('\n'));
}

/** An entry in words; values are exact, only their form is for people. */
export function describeEntry(
  { action, object, subject, before, after }: HistoryEntry,
  words: CardWords,
): DescribedEntry {
  const known = HISTORY_OBJECTS.find((one) => one === object);
  const verb = action.slice(action.indexOf('.') + 1);
  const thing = known ? THINGS[known] : { kind: object };
  const said = { verb: VERBS[verb] ?? verb, kind: thing.kind, name: thing.name ?? subject, detail: '' };
  const plain = () => plainDifferences(before, after, words.timeZone);
  switch (known) {
    case 'rate-card':
      return { ...said, ...ofRateCard(before, after, words) };
    case 'budget':
      return { ...said, differences: ofBudget(before, after) };
    case 'directory':
      return { ...said, detail: subject, differences: ofDirectory(before, after) };
    case 'access':
      return { ...said, detail: subject, differences: grantDifferences(before, after) ?? plain() };
    case 'token':
      return { ...said, differences: tokenDifferences(before, after, words.timeZone) ?? plain() };
    case 'collection': {
      const told = collectionInWords(after, words.timeZone);
      return told ? { ...said, ...told } : { ...said, detail: subject, differences: plain() };
    }
    default:
      return { ...said, differences: plain() };
  }
}
