import { z } from 'zod';
import { METER_KINDS } from '../domain/meter';
import { RESOURCE_FIELDS } from '../domain/resource';
import { Instant } from './common';

const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'must be the name of a Prometheus label');

/** A meter of `meters.yaml`: exactly one of `counter`, `gauge`, `expression`, each PromQL. */
export const MeterInput = z
  .strictObject({
    slug: z
      .string()
      .regex(
        /^[a-z][a-z0-9_]{0,62}$/,
        'must be lower-case letters, digits and underscores, starting with a letter, at most 63 characters',
      ),
    unit: z.string().min(1).max(50),
    counter: z.string().optional(),
    gauge: z.string().optional(),
    expression: z.string().optional(),
    interval: z
      .union([
        z
          .number()
          .positive()
          .transform((seconds) => `${seconds}s`),
        z.string(),
      ])
      .pipe(z.string().regex(/^\d+(\.\d+)?(ms|s|m)$/, 'must be a duration such as 15s or 1m'))
      .optional()
      .describe('scrape interval; learned from the samples when absent'),
    dimensions: z.partialRecord(z.enum(RESOURCE_FIELDS), labelName).default({}),
    labels: z.array(labelName).default([]).describe('labels that are kept as they are, for example operation'),
  })
  .superRefine((meter, context) => {
    if (METER_KINDS.filter((kind) => meter[kind] !== undefined).length !== 1) {
      context.addIssue({ code: 'custom', message: 'needs exactly one of counter, gauge, expression' });
    }
  });
export type MeterInput = z.infer<typeof MeterInput>;

/** `meters.yaml`. */
export const MetersFile = z
  .strictObject({ meters: z.array(MeterInput).min(1, 'needs at least one meter') })
  .superRefine(({ meters }, context) => {
    meters.forEach((meter, index) => {
      if (meters.findIndex((other) => other.slug === meter.slug) < index) {
        context.addIssue({
          code: 'custom',
          path: ['meters', index, 'slug'],
          message: `the slug ${meter.slug} is used twice`,
        });
      }
    });
  });

export const Meter = z.object({
  slug: z.string(),
  unit: z.string(),
  kind: z.enum(METER_KINDS),
  query: z.string(),
  interval_seconds: z.number().nullable().describe('scrape interval, configured or learned'),
  interval_learned: z.boolean(),
  dimensions: z.partialRecord(z.enum(RESOURCE_FIELDS), z.string()),
  labels: z.array(z.string()),
  series: z.number().int().describe('series seen so far'),
  watermark: Instant.nullable(),
  missing_hours: z.number().int(),
  priced: z.boolean().describe('whether a price is in force now'),
});
export type Meter = z.infer<typeof Meter>;
export const MeterList = z.object({ data: z.array(Meter) });
