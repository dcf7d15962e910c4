import { z } from 'zod';
import { isDecimalText } from '../domain/decimal';

/** A decimal as text, e.g. `"12.345"`: money and quantities never travel as JSON numbers. */
export const DecimalText = z
  .string({
    error: ({ input }) => (typeof input === 'number' ? `must be written as text, in quotes: "${input}"` : undefined),
  })
  .refine(isDecimalText, 'must be a decimal number written as text, for example "0.10"');

/**
 * An instant, ISO 8601 with a zone. Answers are always UTC, in which years before 1 and after 9999 are written in other
 * ways by ISO 8601 and by PostgreSQL.
 */
export const Instant = z.iso
  .datetime({
    offset: true,
    error: 'must be an ISO 8601 time with a zone, for example 2026-03-01T00:00:00Z',
  })
  .refine((text) => {
    const year = new Date(text).getUTCFullYear();
    return !(year < 1 || year > 9999);
  }, 'must lie in the years 1 to 9999 of UTC');

/** A calendar month `YYYY-MM` in the billing time zone. */
export const PeriodName = z
  .string()
  .regex(/^(19[7-9]|2\d\d)\d-(0[1-9]|1[0-2])$/, 'must be a month written as YYYY-MM, for example 2026-03');

export const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** An ISO 4217 code. */
export const Currency = z
  .string()
  .refine((code) => CURRENCIES.has(code), 'must be an ISO 4217 currency code in capitals, for example USD');

/** A name a person gives: 1–200 characters without control characters. */
export const Name = z
  .string()
  .min(1, 'must not be empty')
  .max(200, 'must have at most 200 characters')
  .refine((name) => !/\p{Cc}/u.test(name), 'must not contain control characters or line breaks');

/** A name that may be empty (no workspace, no team). */
export const OptionalName = z
  .string()
  .max(200, 'must have at most 200 characters')
  .refine((name) => !/\p{Cc}/u.test(name), 'must not contain control characters or line breaks');

/** An error answer (`application/problem+json`, RFC 9457) with a stable `code`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

export const ROLES = ['viewer', 'editor', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
