import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Me } from '../../../api/me';
import type { Context } from '../../context';

/** GET /v1/me: who asks. */
export const meRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context: { config } }) => {
  server.get(
    '/me',
    { schema: { tags: ['Service'], summary: 'Who asks, and what holds for everybody', response: { 200: Me } } },
    async ({ identity }) => ({
      login: identity.login,
      role: identity.role,
      workspaces: identity.workspaces ?? ['*'],
      timezone: config.timezone,
      currency: config.currency,
      ...(identity.seenBy !== undefined && { seen_by: identity.seenBy }),
    }),
  );
};
