import { dateTimeFormat } from '@grafana/data';

/** Whether [start, end) is a calendar month of its time zone. */
export function isBillingMonth({ start, end, timezone }: { start: string; end: string; timezone: string }): boolean {
  const at = (instant: string) => dateTimeFormat(instant, { timeZone: timezone, format: 'DD HH:mm' });
  const days = (Date.parse(end) - Date.parse(start)) / 86_400_000;
  return at(start) === '01 00:00' && at(end) === '01 00:00' && days < 32;
}
