import type { RateCard } from '../../../api/rate-cards';

/** From when to when a card sets prices; moments are milliseconds since the epoch. */
export interface CardSpan {
  start: number;
  /** By meter, when a later card of the same workspace sets its price; Infinity while none does. */
  ends: Readonly<Record<string, number>>;
  /** When the first of its prices is superseded. */
  firstEnd: number;
  /** When the last of its prices is superseded. */
  end: number;
}

/**
 * The spans of all cards, by their ids. Per meter and workspace the latest card at or before an hour sets the price, under
 * whatever name; a later card that does not name a meter leaves its older price in force.
 */
export function cardSpans(cards: RateCard[]): ReadonlyMap<number, CardSpan> {
  const spans = new Map<number, CardSpan>();
  const next = new Map<string, number>();
  for (const card of [...cards].sort((a, b) => Date.parse(b.valid_from) - Date.parse(a.valid_from))) {
    const start = Date.parse(card.valid_from);
    const ends: Record<string, number> = {};
    for (const meter of Object.keys(card.prices)) {
      const key = JSON.stringify([card.workspace, meter]);
      ends[meter] = next.get(key) ?? Infinity;
      next.set(key, start);
    }
    const all = Object.values(ends);
    spans.set(card.id, { start, ends, firstEnd: Math.min(...all), end: Math.max(...all) });
  }
  return spans;
}
