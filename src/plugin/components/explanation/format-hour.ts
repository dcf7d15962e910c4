import { dateTimeFormat } from '@grafana/data';

/** An hour by its start in a time zone: `3 Mar 14:00`. */
export function formatHour(hour: string, timeZone: string): string {
  return dateTimeFormat(hour, { timeZone, format: 'D MMM HH:mm' });
}

/** Start and end of an hour: `14:00–15:00`. */
export function formatHourSpan(hour: string, timeZone: string): string {
  const at = (time: number) => dateTimeFormat(time, { timeZone, format: 'HH:mm' });
  const start = Date.parse(hour);
  return `${at(start)}–${at(start + 3_600_000)}`;
}

/** A day `YYYY-MM-DD` in words: `Tue 3 Mar 2026`. */
export function formatDay(day: string): string {
  return dateTimeFormat(`${day}T00:00:00Z`, { timeZone: 'UTC', format: 'ddd D MMM YYYY' });
}
