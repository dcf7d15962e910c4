import { dateTimeFormat, dateTimeFormatTimeAgo } from '@grafana/data';

/** An instant in the billing time zone: `21 Nov 2026 04:00`. */
export function formatInstant(instant: string, timeZone: string): string {
  return dateTimeFormat(instant, { timeZone, format: 'D MMM YYYY HH:mm' });
}

/** How long ago an instant was: `2 hours ago`. */
export function formatAge(instant: string): string {
  return dateTimeFormatTimeAgo(instant);
}

/** A rate card's first moment: the day when it is the start of a day in the billing time zone, else day and hour. */
export function formatValidFrom(instant: string, timeZone: string): string {
  return dateTimeFormat(instant, { timeZone, format: 'YYYY-MM-DD HH:mm' }).replace(/ 00:00$/, '');
}

/** First and last day of the half-open range [start, end): `1 Mar 2026 to 31 Mar 2026`. */
export function formatDays(start: string, end: string, timeZone: string): string {
  const format = 'D MMM YYYY';
  const last = new Date(Date.parse(end) - 1).toISOString();
  return `${dateTimeFormat(start, { timeZone, format })} to ${dateTimeFormat(last, { timeZone, format })}`;
}

/** The half-open range [start, end): as days when it consists of whole ones, else with its hours. */
export function formatRange(start: string, end: string, timeZone: string): string {
  const midnight = (instant: string) => dateTimeFormat(instant, { timeZone, format: 'HH:mm' }) === '00:00';
  return midnight(start) && midnight(end)
    ? formatDays(start, end, timeZone)
    : `${formatInstant(start, timeZone)} to ${formatInstant(end, timeZone)}`;
}
