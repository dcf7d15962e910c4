import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { MeterList } from '../../../api/meters';
import type { Context } from '../../context';
import { listMeters } from '../../metering/meters';

/** GET /v1/meters: what is metered. */
export const meterRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server) => {
  server.get(
    '/meters',
    { schema: { tags: ['Collection'], summary: 'Everything that is metered', response: { 200: MeterList } } },
    async ({ seen }) => ({ data: await listMeters(seen) }),
  );
};
