import { z } from 'zod';

/** The parameter `id` of a path, of `what` ("a budget"): a whole number that PostgreSQL's integer holds. */
export const pathId = (what: string) =>
  z.object({
    id: z
      .string()
      .regex(/^[1-9]\d{0,9}$/, `must be the id of ${what}, a whole number`)
      .transform(Number)
      .refine((id) => id <= 2_147_483_647, `must be the id of ${what}`),
  });
