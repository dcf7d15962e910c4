import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Health, Ready } from '../../../api/health';
import type { Context } from '../../context';
import { VERSION } from '../../version';
import type { Draining } from '../draining';
import { readiness } from '../readiness';

/** GET /healthz and /readyz; open to everybody. */
export const healthRoutes: FastifyPluginAsyncZod<{ context: Context; draining: Draining }> = async (
  server,
  { context, draining },
) => {
  const open = { tags: ['Service'], security: [] };
  server.get(
    '/healthz',
    { schema: { ...open, summary: 'Whether the process answers', response: { 200: Health } } },
    async () => ({
      status: 'ok' as const,
      version: VERSION,
    }),
  );
  server.get(
    '/readyz',
    {
      schema: {
        ...open,
        summary: 'Database, Prometheus, and how old the newest complete hour is',
        response: { 200: Ready, 503: Ready },
      },
    },
    async (_request, reply) => {
      const found = await readiness(context);
      const ready = draining.begun ? { ...found, status: 'failed' as const, stopping: true as const } : found;
      return reply.code(ready.status === 'ok' ? 200 : 503).send(ready);
    },
  );
};
