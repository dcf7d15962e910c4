import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Access, AccessFile, EffectiveAccess, EffectiveAccessQuery } from '../../../api/access';
import { applyAccess, getAccess } from '../../access/access-store';
import { effectiveAccess } from '../../access/effective-access';
import type { Context } from '../../context';
import { expectedVersions, IfMatch, tagged } from '../etag';

/** A list of all grants that the schema allows, with room for names. */
const BODY_LIMIT = 8 * 1_048_576;

/** /v1/access: who may see which workspaces, for administrators. */
export const accessRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context }) => {
  const { pool, config } = context;
  const tags = ['Access'];
  const default_access = config.defaultAccess;

  server.get(
    '/access',
    { schema: { tags, summary: 'Who may see which workspaces', response: { 200: Access } } },
    async (_request, reply) => tagged(reply, { ...(await getAccess(pool)), default_access }),
  );

  server.put(
    '/access',
    {
      bodyLimit: BODY_LIMIT,
      schema: {
        tags,
        summary: 'Replace who may see which workspaces; it holds for the next request',
        headers: IfMatch,
        body: AccessFile,
        response: { 200: Access },
      },
    },
    async ({ headers, body, identity }, reply) =>
      tagged(reply, {
        ...(await applyAccess(pool, body.grants, identity.login, expectedVersions(headers))),
        default_access,
      }),
  );

  server.get(
    '/access/effective',
    {
      schema: {
        tags,
        summary: 'What somebody sees who is no administrator, and by which grants',
        querystring: EffectiveAccessQuery,
        response: { 200: EffectiveAccess },
      },
    },
    async ({ query }) => effectiveAccess(context, query),
  );
};
