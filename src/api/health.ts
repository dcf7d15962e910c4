import { z } from 'zod';

const check = z.object({ status: z.enum(['ok', 'failed']), detail: z.string().optional() });
/** `/readyz`: 200 when all is well, else 503, always with this body. */
export const Ready = z.object({
  status: z.enum(['ok', 'failed']),
  version: z.string(),
  stopping: z.literal(true).optional().describe('it finishes what runs, and takes nothing more'),
  checks: z.object({
    database: check,
    prometheus: check,
    watermark: check.extend({ age_seconds: z.number().nullable() }),
  }),
});
export type Ready = z.infer<typeof Ready>;
export const Health = z.object({ status: z.literal('ok'), version: z.string() });
