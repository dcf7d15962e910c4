const { floor } = Math;

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** How traffic spreads over a week. */
export type Profile = 'office' | 'shoppers' | 'batch' | 'flat';

/** Weights of the 24 hours of a day (UTC) and of the seven days (Monday first); scaled to a mean of 1 below. */
const SHAPES: Record<Profile, { hours: number[]; days: number[] }> = {
  office: {
    hours: [2, 1, 1, 1, 2, 4, 9, 18, 26, 30, 31, 28, 24, 28, 31, 29, 24, 16, 9, 6, 5, 4, 3, 2],
    days: [1.05, 1.12, 1.1, 1.08, 0.95, 0.25, 0.2],
  },
  shoppers: {
    hours: [6, 4, 3, 3, 3, 5, 8, 12, 15, 17, 18, 20, 21, 20, 19, 19, 21, 24, 28, 32, 33, 28, 19, 11],
    days: [0.9, 0.88, 0.9, 0.95, 1.08, 1.2, 1.25],
  },
  batch: {
    hours: [60, 85, 80, 45, 12, 4, 3, 3, 3, 4, 4, 4, 9, 4, 4, 4, 4, 4, 5, 5, 5, 6, 10, 30],
    days: [1, 1, 1, 1, 1, 0.9, 1.1],
  },
  flat: {
    hours: [18, 17, 16, 16, 17, 18, 19, 20, 21, 22, 22, 22, 22, 22, 22, 22, 22, 22, 22, 22, 22, 21, 20, 19],
    days: [1, 1, 1, 1, 1, 0.97, 0.96],
  },
};

/** The weights of the 168 hours of a week, Monday 00:00 UTC first, with mean 1. */
function week(profile: Profile): Float64Array {
  const { hours, days } = SHAPES[profile];
  const weights = days.flatMap((day) => hours.map((hour) => day * hour));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return Float64Array.from(weights, (weight) => weight / mean);
}

const WEEKS: Record<Profile, Float64Array> = {
  office: week('office'),
  shoppers: week('shoppers'),
  batch: week('batch'),
  flat: week('flat'),
};

/** 1970-01-05 was the first Monday of the epoch. */
const FIRST_MONDAY_HOUR = 96;

/** Weight of `profile` in the minute `minute` since the epoch: the hours' weights joined by straight lines. */
export function weightAt(profile: Profile, minute: number): number {
  const weights = WEEKS[profile];
  const hour = minute / 60 - FIRST_MONDAY_HOUR + 168;
  const whole = floor(hour);
  const here = weights[whole % 168] ?? 0;
  const next = weights[(whole + 1) % 168] ?? 0;
  return here + (next - here) * (hour - whole);
}
