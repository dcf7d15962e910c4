/** Milliseconds of an hour. */
export const HOUR = 3_600_000;

/** An hour is named by its start, in milliseconds since the epoch (UTC). It owns samples in (start, start + 1 h]. */
export type Hour = number;

/** The hour in which `at` lies when hours are half-open [start, end): used for clocks, not for samples. */
export function hourOf(at: Date | number): Hour {
  return Math.floor(Number(at) / HOUR) * HOUR;
}

/** Whether `at` is the start of an hour. */
export function isOnHour(at: Date | number): boolean {
  return Number(at) % HOUR === 0;
}

/** The hours of the half-open range [from, to), ascending. */
export function hoursBetween(from: Hour, to: Hour): Hour[] {
  const hours: Hour[] = [];
  for (let hour = from; hour < to; hour += HOUR) {
    hours.push(hour);
  }
  return hours;
}

/** Ascending hours as maximal contiguous half-open ranges, none longer than `longest` hours. */
export function contiguousRuns(hours: Hour[], longest = Infinity): Array<{ from: Hour; to: Hour }> {
  const runs: Array<{ from: Hour; to: Hour }> = [];
  for (const hour of [...new Set(hours)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run.to === hour && run.to - run.from < longest * HOUR) {
      run.to = hour + HOUR;
    } else {
      runs.push({ from: hour, to: hour + HOUR });
    }
  }
  return runs;
}

/** `2026-01-01T05:00:00Z`: ISO 8601, UTC, to the second. */
export function isoHour(hour: Hour): string {
  return new Date(hour).toISOString().replace('.000Z', 'Z');
}
