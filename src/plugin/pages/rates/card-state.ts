import type { RateCard } from '../../../api/rate-cards';

/** Where a card stands now: not yet valid, setting prices (all or some of its meters), or replaced in all of them. */
export interface CardState {
  state: 'future' | 'in force' | 'partly in force' | 'superseded';
  /** The meters whose price in force comes from this card. */
  inForce: string[];
}

/**
 * The state of `card` among `cards` at `now`. Per meter and workspace the latest card at or before now sets the
 * price; a later card that does not name a meter leaves the older price in force.
 */
export function cardState(card: RateCard, cards: RateCard[], now: Date): CardState {
  const start = Date.parse(card.valid_from);
  if (start > Number(now)) {
    return { state: 'future', inForce: [] };
  }
  const later = cards.filter(
    (other) =>
      other.workspace === card.workspace &&
      Date.parse(other.valid_from) > start &&
      Date.parse(other.valid_from) <= Number(now),
  );
  const meters = Object.keys(card.prices);
  const inForce = meters.filter((meter) => later.every((other) => !(meter in other.prices)));
  if (inForce.length === 0) {
    return { state: 'superseded', inForce };
  }
  return { state: inForce.length < meters.length ? 'partly in force' : 'in force', inForce };
}
