import { dateTimeFormat } from '@grafana/data';
import type { CollectedHours } from '../../../../api/collections';

export type CollectedHour = CollectedHours['hours'][number];

/** A day of the billing time zone: what each hour of the clock has, from 0 to 23. */
export interface GridDay {
  /** `YYYY-MM-DD` */
  day: string;
  /** None where the clock skips the hour, two where it shows it twice. */
  clock: CollectedHour[][];
}

/** Hours as days of `timeZone`, the newest day first; 23 and 25 hours when the clocks are changed. */
export function gridDays(hours: CollectedHour[], timeZone: string): GridDay[] {
  const days = new Map<string, GridDay>();
  for (const hour of hours) {
    const [day = '', at = '0'] = dateTimeFormat(hour.hour, { timeZone, format: 'YYYY-MM-DD H' }).split(' ');
    const known = days.get(day) ?? { day, clock: Array.from({ length: 24 }, () => []) };
    days.set(day, known);
    known.clock[Number(at)]?.push(hour);
  }
  return [...days.values()].reverse();
}
