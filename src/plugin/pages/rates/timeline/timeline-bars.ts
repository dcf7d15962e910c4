import type { RateCard } from '../../../../api/rate-cards';
import type { CardSpan } from '../card-spans';
import { shareOf, type TimelineWindow } from './timeline-window';

/** A version as a bar; shares are of the window's length. */
export interface TimelineBar {
  card: RateCard;
  left: number;
  width: number;
  /** The share of the bar, from its end, in which only some of its prices are in force. */
  partly: number;
  /** Whether it begins before the window. */
  cut: boolean;
  /** Bars of one row that overlap stand in lanes below each other, from 0. */
  lane: number;
}

/** The bars of a row's versions that reach into the window, oldest first. */
export function timelineBars(
  versions: RateCard[],
  spans: ReadonlyMap<number, CardSpan>,
  window: TimelineWindow,
): TimelineBar[] {
  const lanes: number[] = [];
  return versions
    .flatMap((card) => {
      const span = spans.get(card.id);
      return span ? [{ card, span }] : [];
    })
    .sort((a, b) => a.span.start - b.span.start)
    .flatMap(({ card, span }) => {
      if (span.end <= window.from || span.start > window.to) {
        return [];
      }
      const left = shareOf(span.start, window);
      const right = shareOf(span.end, window);
      const width = right - left;
      const free = lanes.findIndex((end) => end <= span.start);
      const lane = free < 0 ? lanes.length : free;
      lanes[lane] = span.end;
      const partly = width > 0 ? (right - shareOf(span.firstEnd, window)) / width : 0;
      return [{ card, left, width, partly, cut: span.start < window.from, lane }];
    });
}
