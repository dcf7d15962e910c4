import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  Directory,
  DirectoryFile,
  DirectoryMatches,
  DirectoryMatchesQuery,
  DirectoryPreview,
  DirectoryResult,
  RuleCounts,
  Unmatched,
  UnmatchedQuery,
} from '../../../api/directory';
import type { Context } from '../../context';
import { applyDirectory, getDirectory } from '../../directory/directory';
import { readDirectoryMatches, tryDirectory } from '../../directory/directory-matches';
import { previewDirectory } from '../../directory/preview-directory';
import { readUnmatched } from '../../directory/unmatched';
import { expectedVersions, IfMatch, tagged } from '../etag';
import { oneAtATime } from '../one-at-a-time';

/** Bytes of a directory: ten thousand rules are a few megabytes. */
const DIRECTORY_LIMIT = 16_777_216;

/** /v1/directory: who owns what. It names every workspace, so it is for those who see them all. */
export const directoryRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context }) => {
  const tags = ['Owners'];
  const inTurn = oneAtATime();
  server.get(
    '/directory',
    {
      schema: { tags, summary: 'The rules in force', response: { 200: Directory } },
    },
    async (_request, reply) => tagged(reply, await getDirectory(context.pool)),
  );
  server.put(
    '/directory',
    {
      bodyLimit: DIRECTORY_LIMIT,
      schema: {
        tags,
        summary: 'Replace the rules; open hours are rated again before this answers',
        headers: IfMatch,
        body: DirectoryFile,
        response: { 200: DirectoryResult },
      },
    },
    async ({ headers, body, identity }, reply) =>
      tagged(reply, await applyDirectory(context, body.rules, identity.login, expectedVersions(headers))),
  );
  server.get(
    '/directory/matches',
    {
      schema: {
        tags,
        summary: 'What every rule in force matches and decides, and what no rule gives a workspace',
        querystring: DirectoryMatchesQuery,
        response: { 200: DirectoryMatches },
      },
    },
    async ({ query }) => readDirectoryMatches(context, query.period),
  );
  server.post(
    '/directory/matches',
    {
      bodyLimit: DIRECTORY_LIMIT,
      schema: {
        tags,
        summary: 'What each of these rules would match and decide; writes nothing',
        querystring: DirectoryMatchesQuery,
        body: DirectoryFile,
        response: { 200: RuleCounts },
      },
    },
    async ({ body, query }) => tryDirectory(context, body.rules, query.period),
  );
  server.get(
    '/directory/unmatched',
    {
      schema: {
        tags,
        summary: 'Resources without a workspace that were used in a month, the greatest cost first',
        querystring: UnmatchedQuery,
        response: { 200: Unmatched },
      },
    },
    async ({ query }) => readUnmatched(context, query),
  );
  server.post(
    '/directory/preview',
    {
      bodyLimit: DIRECTORY_LIMIT,
      schema: {
        tags,
        summary: 'A dry run: what would belong to whom with these rules; writes nothing',
        querystring: DirectoryMatchesQuery,
        body: DirectoryFile,
        response: { 200: DirectoryPreview },
      },
    },
    // A rule that is being typed is tried again and again, and each preview may take long: all at once, they would take
    // every connection to the database.
    async ({ body, query, socket }, reply) =>
      (await inTurn(
        () => previewDirectory(context, body.rules, query.period),
        () => !socket.destroyed,
      )) ?? reply.hijack(),
  );
};
