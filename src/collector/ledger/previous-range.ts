import { DateTime } from 'luxon';
import { billingMonthOf } from '../../domain/billing-month';
import { hourOf } from '../../domain/hours';
import { isCostBoundary, isDayStart, type CostRange } from './cost-source';

/**
 * What [from, to) is compared with, when costs are known up to `known`: of a calendar month the month before, of another
 * range the one of the same length just before it. Both up to the same elapsed time, which is counted in days and hours
 * of the calendar where the range begins with a day: at 10:00 on the 20th, up to 10:00 on the 20th, whatever clock
 * changes lie between. A whole range is compared with a whole one, a 31st with the end of a shorter month. Null when
 * nothing has elapsed.
 */
export function previousRange({ from, to, timezone }: CostRange, known: Date | null): { from: Date; to: Date } | null {
  if (!known || known <= from) {
    return null;
  }
  const local = (at: Date) => DateTime.fromJSDate(at, { zone: timezone });
  const month = billingMonthOf(from, timezone);
  const isMonth = +month.start === +from && +month.end === +to;
  const byDays = isDayStart(from, timezone) && isDayStart(to, timezone);
  const start = isMonth
    ? local(from).minus({ months: 1 })
    : byDays
      ? local(from).minus({ days: daysBetween(local(from), local(to)) })
      : local(from).minus(to.getTime() - from.getTime());
  if (known >= to) {
    return { from: start.toJSDate(), to: from };
  }
  const { hour, minute } = local(known);
  const end = byDays
    ? start.plus({ days: daysBetween(local(from), local(known)) }).set({ hour, minute })
    : start.plus(known.getTime() - from.getTime());
  const boundary = isCostBoundary(end.toJSDate(), timezone) ? end.toJSDate() : new Date(hourOf(end.toMillis()));
  const until = boundary < from ? boundary : from;
  return start.toJSDate() < until ? { from: start.toJSDate(), to: until } : null;
}

/** Days of the calendar from one date to another, however many hours they have. */
function daysBetween(from: DateTime, to: DateTime): number {
  const date = ({ year, month, day }: DateTime) => Date.UTC(year, month - 1, day);
  return Math.round((date(to) - date(from)) / 86_400_000);
}
