import { DateTime, IANAZone } from 'luxon';

/** A billing month: its name `YYYY-MM` and the half-open range of instants it covers in the billing time zone. */
export interface BillingMonth {
  name: string;
  start: Date;
  end: Date;
}

/** Whether `zone` is an IANA time zone name that this machine knows. */
export function isTimeZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/** The billing month `YYYY-MM` in `zone`; throws a RangeError when the name is not a month. */
export function billingMonth(name: string, zone: string): BillingMonth {
  const start = /^\d{4}-\d{2}$/.test(name) ? DateTime.fromISO(`${name}-01`, { zone }) : DateTime.invalid('format');
  if (!start.isValid) {
    throw new RangeError(`"${name}" is not a month; write it as YYYY-MM, for example 2026-03`);
  }
  return { name, start: start.toJSDate(), end: start.plus({ months: 1 }).toJSDate() };
}

/** The billing month in which the instant `at` lies. */
export function billingMonthOf(at: Date | number, zone: string): BillingMonth {
  return billingMonth(DateTime.fromMillis(Number(at), { zone }).toFormat('yyyy-MM'), zone);
}

/** The instant at which the calendar day `YYYY-MM-DD` begins in `zone`, or null when it is no date. */
export function startOfDay(day: string, zone: string): Date | null {
  const start = DateTime.fromISO(day, { zone });
  return start.isValid ? start.startOf('day').toJSDate() : null;
}
