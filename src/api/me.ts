import { z } from 'zod';
import { Role } from './common';

/** Who asks. `workspaces` is `["*"]` for one who sees all. */
export const Me = z.object({ login: z.string(), role: Role, workspaces: z.array(z.string()) });
export type Me = z.infer<typeof Me>;
