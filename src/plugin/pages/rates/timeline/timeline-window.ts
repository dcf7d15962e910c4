import { dateTimeForTimeZone, dateTimeFormat } from '@grafana/data';

const DAY = 86_400_000;

/** The stretch of time that a timeline shows, milliseconds since the epoch. */
export interface TimelineWindow {
  from: number;
  to: number;
}

/** A month's first moment on the axis, as a share of its length. */
export interface Tick {
  at: number;
  share: number;
  label: string;
}

/**
 * What a timeline of versions that begin at `starts` shows: a year back or, with `all`, from the first version on; ahead as
 * far as there are versions, and so far that the present is never at its edge.
 */
export function timelineWindow(starts: number[], now: number, all: boolean): TimelineWindow {
  const first = Math.min(now - 60 * DAY, ...starts);
  const last = Math.max(now, ...starts);
  const from = all ? first : Math.max(first, now - 365 * DAY);
  return { from: from - 0.02 * (last - from), to: last + Math.max(30 * DAY, 0.12 * (last - from)) };
}

/** Where a moment lies in the window, 0 to 1; what lies outside is at its edge. */
export function shareOf(at: number, { from, to }: TimelineWindow): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/** The first moments of months in the window, in the billing time zone; of a long window not every month. */
export function monthTicks(window: TimelineWindow, timeZone: string, most = 8): Tick[] {
  const months = Math.ceil((window.to - window.from) / (30 * DAY));
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((one) => months / one <= most) ?? 240;
  const [year = 0, month = 0] = dateTimeFormat(window.from, { timeZone, format: 'YYYY MM' }).split(' ').map(Number);
  const ticks: Tick[] = [];
  // Counted in months since the year 0, so that steps of a quarter or a year begin with a quarter or a year.
  for (let count = Math.floor((year * 12 + month - 1) / step) * step; ; count += step) {
    const name = `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
    const at = dateTimeForTimeZone(timeZone, `${name}-01T00:00:00`).valueOf();
    if (at > window.to) {
      return ticks;
    }
    if (at >= window.from) {
      const label = dateTimeFormat(at, { timeZone, format: step >= 12 ? 'YYYY' : 'MMM YYYY' });
      ticks.push({ at, share: shareOf(at, window), label });
    }
  }
}
