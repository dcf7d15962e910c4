import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Dimensions, DIMENSION_TYPES, DimensionsQuery } from '../../../api/costs';
import type { Context } from '../../context';
import { readDimension } from '../../ledger/dimensions';
import { visibleWorkspaces } from '../identity';

/** GET /v1/dimensions: which organizations, workspaces, topics … there are. */
export const dimensionRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context: { config } }) => {
  server.get(
    '/dimensions',
    {
      schema: {
        tags: ['Costs'],
        summary: 'The values of a dimension; the empty one is what is unallocated',
        querystring: DimensionsQuery,
        response: { 200: Dimensions },
      },
    },
    async ({ query, identity, seen }) => ({
      data: await readDimension(
        seen.pool,
        DIMENSION_TYPES[query.dimension_type],
        config.timezone,
        visibleWorkspaces(identity, undefined),
      ),
    }),
  );
};
