import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Directory, DirectoryResult, DirectoryUpdate } from '../../../api/directory';
import type { Context } from '../../context';
import { applyDirectory, getDirectory } from '../../directory/directory';
import { requireAllWorkspaces, requireRole } from '../identity';

/** Bytes of a directory: ten thousand rules are a few megabytes. */
const DIRECTORY_LIMIT = 16_777_216;

/** /v1/directory: who owns what. It names every workspace, so one who may see a single one does not see it. */
export const directoryRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context }) => {
  const tags = ['Owners'];
  server.get(
    '/directory',
    {
      schema: { tags, summary: 'The rules in force', response: { 200: Directory } },
      onRequest: async ({ identity }) => requireAllWorkspaces(identity),
    },
    async () => getDirectory(context.pool),
  );
  server.put(
    '/directory',
    {
      bodyLimit: DIRECTORY_LIMIT,
      schema: {
        tags,
        summary: 'Replace the rules; open hours are rated again before this answers',
        body: DirectoryUpdate,
        response: { 200: DirectoryResult },
      },
      onRequest: async ({ identity }) => {
        requireRole(identity, 'admin');
        requireAllWorkspaces(identity);
      },
    },
    async ({ body, identity }) => applyDirectory(context, body.rules, identity.login, body.version),
  );
};
