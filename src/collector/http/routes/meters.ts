import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { MeterList } from '../../../api/meters';
import type { Context } from '../../context';
import { listMeters } from '../../metering/meters';

/** GET /v1/meters: what is metered. */
export const meterRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context }) => {
  server.get(
    '/meters',
    { schema: { tags: ['Collection'], summary: 'Everything that is metered', response: { 200: MeterList } } },
    async () => ({ data: await listMeters(context) }),
  );
};
