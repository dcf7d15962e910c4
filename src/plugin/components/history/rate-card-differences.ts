import type { RateCardInput } from '../../../api/rate-cards';
import { describePrice } from '../../format/describe-price';
import { meterName } from '../../format/names';
import { formatValidFrom } from '../../format/time';

/** What a rate card says, stored or as it was typed: `valid_from` is an instant or a day. */
export type CardContent = Pick<RateCardInput, 'name' | 'workspace' | 'currency' | 'valid_from' | 'notes' | 'prices'>;

/** What is needed to say a card in words. */
export interface CardWords {
  /** The billing time zone. */
  timeZone: string;
  /** The unit of a meter. */
  unitOf: (meter: string) => string;
}

/** One thing that is not the same on two sides, in words, a line each; no line where it is not there at all. */
export interface Difference {
  label: string;
  before: string[];
  after: string[];
}

/** A card in words, by the names of its fields and meters; prices in full, never rounded. */
export function cardInWords(card: CardContent | null, { timeZone, unitOf }: CardWords): Map<string, string[]> {
  if (!card) {
    return new Map();
  }
  const { name, workspace, currency = '', valid_from: validFrom, notes, prices } = card;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(validFrom);
  return new Map([
    ['Name', [name]],
    ['For', [workspace === '' ? 'every workspace' : workspace]],
    ['Currency', [currency]],
    ['Valid from', [isDay ? validFrom : formatValidFrom(validFrom, timeZone)]],
    ['Notes', notes === '' ? [] : notes.split('\n')],
    ...Object.entries(prices).map(([slug, price]): [string, string[]] => [
      meterName(slug),
      describePrice(price, currency, unitOf(slug)),
    ]),
  ]);
}

/** What differs between two cards, or of a card that appears or goes, in words. */
export function cardDifferences(before: CardContent | null, after: CardContent | null, words: CardWords): Difference[] {
  const old = cardInWords(before, words);
  const now = cardInWords(after, words);
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((label) => ({ label, before: old.get(label) ?? [], after: now.get(label) ?? [] }))
    .filter((one) => one.before.join('\n') !== one.after.join('\n'));
}
