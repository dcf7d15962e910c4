const NAME = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Whether `text` names a month as `YYYY-MM`. */
export function isPeriod(text: string | null): text is string {
  return text !== null && NAME.test(text);
}

/** The month in which `now` lies in `timeZone`, as `YYYY-MM`. */
export function periodOf(now: Date, timeZone: string): string {
  const text = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit' }).formatToParts(now);
  const part = (type: string) => text.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}`;
}

function parts(period: string): { year: number; month: number } {
  return { year: Number(period.slice(0, 4)), month: Number(period.slice(5)) };
}

/** The month `steps` months after `period` (before it when negative). */
export function shiftPeriod(period: string, steps: number): string {
  const { year, month } = parts(period);
  const months = year * 12 + (month - 1) + steps;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** The current month and the `back` months before it, newest first. */
export function recentPeriods(now: Date, timeZone: string, back = 12): string[] {
  const current = periodOf(now, timeZone);
  return Array.from({ length: back + 1 }, (_, index) => shiftPeriod(current, -index));
}

/** `2026-03` as a person says it: `March 2026`. */
export function periodLabel(period: string): string {
  const { year, month } = parts(period);
  return new Intl.DateTimeFormat('en', { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(
    new Date(Date.UTC(year, month - 1, 1)),
  );
}
