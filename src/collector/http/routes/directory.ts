import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  Directory,
  DirectoryMatches,
  DirectoryMatchesQuery,
  DirectoryPreview,
  DirectoryResult,
  ProposedRules,
  RuleCounts,
  Unmatched,
  UnmatchedQuery,
} from '../../../api/directory';
import type { Context } from '../../context';
import { changeDirectory, directoryFor, getDirectory } from '../../directory/directory';
import { readDirectoryMatches, tryDirectory } from '../../directory/directory-matches';
import type { DirectoryUser } from '../../directory/directory-user';
import { previewDirectory } from '../../directory/preview-directory';
import { readUnmatched } from '../../directory/unmatched';
import { expectedVersions, IfMatch, tagged } from '../etag';
import { hasRole, maySeeWorkspace, type Identity } from '../identity';
import { oneAtATime } from '../one-at-a-time';

/** Bytes of a directory: ten thousand rules are a few megabytes. */
const DIRECTORY_LIMIT = 16_777_216;

const userOf = (identity: Identity): DirectoryUser => ({
  login: identity.login,
  administers: identity.workspaces === null && hasRole(identity, 'admin'),
  edits: hasRole(identity, 'editor'),
  workspaces: identity.workspaces,
  maySee: (workspace) => workspace !== '' && maySeeWorkspace(identity, workspace),
});

/**
 * /v1/directory: who owns what. Who sees some workspaces reads the rules that name them; an editor changes what belongs to
 * what within them. Which rule decides cannot be known without all of them, so they are read by the collector's own eyes
 * here, and what is answered is cut to what the user may see. `reading` has the connections of what reads: those of
 * collections and writes are not for everybody to take.
 */
export const directoryRoutes: FastifyPluginAsyncZod<{ context: Context; reading: Context }> = async (
  server,
  { context, reading },
) => {
  const tags = ['Owners'];
  const [writing, trying] = [oneAtATime(), oneAtATime()];
  server.get(
    '/directory',
    {
      schema: { tags, summary: 'The rules in force, as far as one may see them', response: { 200: Directory } },
    },
    async ({ identity }, reply) => tagged(reply, directoryFor(await getDirectory(reading.pool), userOf(identity))),
  );
  server.put(
    '/directory',
    {
      bodyLimit: DIRECTORY_LIMIT,
      schema: {
        tags,
        summary: 'Replace the rules that one reads; open hours are rated again before this answers',
        headers: IfMatch,
        body: ProposedRules,
        response: { 200: DirectoryResult },
      },
    },
    // One can be written at a time: many that wait for it inside of PostgreSQL would take every connection of what writes.
    async ({ headers, body, identity, socket }, reply) => {
      const written = await writing(
        () => changeDirectory(context, body.rules, userOf(identity), expectedVersions(headers)),
        () => !socket.destroyed,
      );
      return written ? tagged(reply, written) : reply.hijack();
    },
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
    async ({ query, identity }) => readDirectoryMatches(reading, query.period, userOf(identity)),
  );
  server.post(
    '/directory/matches',
    {
      bodyLimit: DIRECTORY_LIMIT,
      schema: {
        tags,
        summary: 'What each of these rules would match and decide; writes nothing',
        querystring: DirectoryMatchesQuery,
        body: ProposedRules,
        response: { 200: RuleCounts },
      },
    },
    async ({ body, query, identity }) => tryDirectory(reading, body.rules, query.period, userOf(identity)),
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
        body: ProposedRules,
        response: { 200: DirectoryPreview },
      },
    },
    // A rule that is being typed is tried again and again, and each preview may take long: all at once, they would take
    // every connection to the database.
    async ({ body, query, identity, socket }, reply) =>
      (await trying(
        () => previewDirectory(context, body.rules, query.period, userOf(identity)),
        () => !socket.destroyed,
      )) ?? reply.hijack(),
  );
};
