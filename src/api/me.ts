import { z } from 'zod';
import { Role } from './common';

/**
 * Who asks, and what holds for everybody. `workspaces` is `["*"]` for one who sees all. `timezone` is the billing
 * time zone (IANA), `currency` the reporting currency.
 */
export const Me = z.object({
  login: z.string(),
  role: Role,
  workspaces: z.array(z.string()),
  timezone: z.string(),
  currency: z.string(),
  seen_by: z.string().optional().describe('login of the administrator who sees what this one would'),
});
export type Me = z.infer<typeof Me>;
