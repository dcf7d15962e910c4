import { z } from 'zod';
import { Instant } from './common';

/** How far each meter is collected; `missing` and `failed` are half-open ranges of hours. */
export const MeterCollection = z.object({
  meter: z.string(),
  first: Instant.nullable(),
  watermark: Instant.nullable().describe('end of the last complete hour'),
  collected_hours: z.number().int(),
  missing_hours: z.number().int(),
  missing: z.array(z.object({ from: Instant, to: Instant })),
  failed: z.array(z.object({ from: Instant, to: Instant, attempts: z.number().int(), error: z.string(), at: Instant })),
  not_counted: z
    .string()
    .nullable()
    .describe(
      'growth from before a process was first scraped, in the unit of the meter; null for who sees not everything',
    ),
  last_run: z
    .object({
      at: Instant,
      duration_ms: z.number().int(),
      series: z.number().int().nullable().describe('null, like samples, for who sees not everything'),
      samples: z.number().int().nullable(),
    })
    .nullable(),
});
export type MeterCollection = z.infer<typeof MeterCollection>;

export const JOB_STATES = ['queued', 'running', 'done', 'failed'] as const;
/** A collection that was asked for; `done` and `total` count hours of meters. */
export const Job = z.object({
  id: z.string(),
  state: z.enum(JOB_STATES),
  from: Instant,
  to: Instant,
  meters: z.array(z.string()),
  done: z.number().int(),
  total: z.number().int(),
  eta_seconds: z.number().nullable(),
  created_at: Instant,
  error: z.string().optional(),
});
export type Job = z.infer<typeof Job>;

export const Collections = z.object({
  watermark: Instant.nullable(),
  meters: z.array(MeterCollection),
  jobs: z.array(Job).describe('the newest jobs, running ones first'),
});
export type Collections = z.infer<typeof Collections>;

/** Half-open, both on an hour. */
export const CollectRequest = z.strictObject({ from: Instant, to: Instant, meters: z.array(z.string()).optional() });
export const CollectAccepted = z.object({ job: z.string() });

/** The hours of a meter in [from, to), both on an hour, at most 100 days. */
export const CollectedHoursQuery = z.strictObject({ meter: z.string(), from: Instant, to: Instant });
export const HOUR_STATES = ['collected', 'failed', 'missing', 'due', 'future'] as const;
export type HourState = (typeof HOUR_STATES)[number];
/**
 * Every hour of the range. `due`: over, but not settled yet; `future`: not over; `missing`: should be there and is not,
 * or lies before the first collected hour. `failed`: its last attempt failed; `error` says how.
 */
export const CollectedHours = z.object({
  meter: z.string(),
  timezone: z.string(),
  hours: z.array(
    z.object({
      hour: Instant,
      state: z.enum(HOUR_STATES),
      series: z.number().int().nullable().describe('null, like samples and coverage, for who sees not everything'),
      samples: z.number().int().nullable(),
      coverage: z.number().nullable(),
      collected_at: Instant.nullable(),
      attempts: z.number().int(),
      error: z.string().nullable(),
    }),
  ),
});
export type CollectedHours = z.infer<typeof CollectedHours>;
