import { z } from 'zod';
import { RESOURCE_FIELDS } from '../domain/resource';
import { Currency, DecimalText, Instant } from './common';

export const GRANULARITIES = ['hour', 'day', 'month', 'total'] as const;

/** What a cost may be grouped or filtered by. */
export const COST_DIMENSIONS = [...RESOURCE_FIELDS, 'charge_type'] as const;
export type CostDimension = (typeof COST_DIMENSIONS)[number];

const filters = Object.fromEntries(
  COST_DIMENSIONS.map((dimension) => [
    dimension,
    z
      .union([z.string(), z.array(z.string())])
      .optional()
      .describe('empty: unallocated'),
  ]),
) as Record<CostDimension, z.ZodOptional<z.ZodUnion<[z.ZodString, z.ZodArray<z.ZodString>]>>>;

/** Costs over [from_ts, to_ts), both on an hour. `group_by` is a comma-separated list of dimensions. */
export const CostsQuery = z.strictObject({
  from_ts: Instant,
  to_ts: Instant,
  granularity: z.enum(GRANULARITIES).default('total'),
  group_by: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(
      z.array(z.enum(COST_DIMENSIONS, { error: `must be a comma-separated list of ${COST_DIMENSIONS.join(', ')}` })),
    ),
  currency: Currency.optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
  cursor: z.string().optional(),
  ...filters,
});
export type CostsQuery = z.infer<typeof CostsQuery>;

/** The same for a file, which has all rows. */
export const CostsFileQuery = CostsQuery.omit({ limit: true, cursor: true });
export type CostsFileQuery = z.infer<typeof CostsFileQuery>;

const groups = Object.fromEntries(
  COST_DIMENSIONS.map((dimension) => [dimension, z.string().optional().describe('when it was grouped by')]),
) as Record<CostDimension, z.ZodOptional<z.ZodString>>;

/** `quantity` and `unit` are present when all that was added up has one unit. */
export const CostRow = z.object({
  start: Instant.optional().describe('of the hour, day or month; absent for the total'),
  ...groups,
  quantity: DecimalText.optional().describe('when all that was added up has one unit'),
  unit: z.string().optional(),
  cost: DecimalText,
  currency: z.string(),
  confidence: z.number(),
});
export type CostRow = z.infer<typeof CostRow>;

export const Costs = z.object({
  data: z.array(CostRow),
  next_cursor: z.string().nullable(),
  watermark: Instant.nullable(),
});
export type Costs = z.infer<typeof Costs>;

/** `dimension_type` (plural, also the old `orgs`) and the field it lists. */
export const DIMENSION_TYPES = {
  organizations: 'organization',
  orgs: 'organization',
  environments: 'environment',
  clusters: 'cluster',
  workspaces: 'workspace',
  applications: 'application',
  topics: 'topic',
  principals: 'principal',
  agents: 'agent',
  models: 'model',
  business_units: 'business_unit',
  products: 'product',
  teams: 'team',
  cost_centers: 'cost_center',
} as const;

export const DimensionsQuery = z.strictObject({
  dimension_type: z.enum(Object.keys(DIMENSION_TYPES) as [keyof typeof DIMENSION_TYPES], {
    error: `must be one of ${Object.keys(DIMENSION_TYPES).join(', ')}`,
  }),
});
export const Dimensions = z.object({
  data: z.array(z.object({ value: z.string(), first_seen: Instant, last_seen: Instant })),
});
export type Dimensions = z.infer<typeof Dimensions>;
