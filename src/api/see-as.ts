import { z } from 'zod';
import { EffectiveAccessQuery } from './access';

/** Somebody who is no administrator, as Grafana would state them; said by at least one of what grants go by. */
export const SeeAs = EffectiveAccessQuery.safeExtend({ role: z.enum(['viewer', 'editor']).default('viewer') }).refine(
  ({ login, team = [], email, organization }) =>
    [login, email, organization].some((text) => text !== undefined && text !== '') || team.length > 0,
  'must say who it is, by login, team, email or organization',
);
export type SeeAs = z.infer<typeof SeeAs>;
