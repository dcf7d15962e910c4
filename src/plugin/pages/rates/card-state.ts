import type { CardSpan } from './card-spans';

/** Where a card stands: not yet valid, setting prices (all or some of its meters), or replaced in all of them. */
export const CARD_STATES = ['in force', 'partly in force', 'future', 'superseded'] as const;

export interface CardState {
  state: (typeof CARD_STATES)[number];
  /** The meters whose price in force comes from this card. */
  inForce: string[];
}

/** The state at `now` (milliseconds since the epoch) of a card that sets prices over `span`. */
export function cardState({ start, ends, firstEnd, end }: CardSpan, now: number): CardState {
  if (start > now) {
    return { state: 'future', inForce: [] };
  }
  const inForce = Object.keys(ends).filter((meter) => (ends[meter] ?? 0) > now);
  if (end <= now) {
    return { state: 'superseded', inForce };
  }
  return { state: firstEnd <= now ? 'partly in force' : 'in force', inForce };
}
