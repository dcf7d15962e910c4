import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Stringifier } from 'csv-stringify';
import { z } from 'zod';
import { History, HistoryFilter, HistoryQuery } from '../../../api/history';
import type { Context } from '../../context';
import { historyCsv } from '../../export/history-csv';
import { allHistory, readHistory, type HistoryView } from '../../ledger/history';
import {
  hasRole,
  maySeeWorkspace,
  requireAllWorkspaces,
  requireRole,
  visibleWorkspaces,
  type Identity,
} from '../identity';

/** A stream, described as the text it carries. */
const CsvFile = z.custom<Stringifier>().meta({ type: 'string' });

/**
 * What of the history `identity` may read: who sees everything all of it, but what concerns tokens, grants and logins of
 * readers, which is for administrators; others what concerns just one workspace that they may see. Throws FORBIDDEN when
 * asked for more by name.
 */
function viewOf(identity: Identity, { object, workspace }: HistoryFilter): HistoryView {
  if (object === 'token' || object === 'access' || object === 'reader') {
    requireRole(identity, 'admin');
    requireAllWorkspaces(identity);
  }
  if (workspace !== undefined) {
    visibleWorkspaces(identity, [workspace]);
  }
  const everything = identity.workspaces === null;
  const administrator = everything && hasRole(identity, 'admin');
  return {
    maySee: everything ? null : (name) => maySeeWorkspace(identity, name),
    access: administrator,
    addresses: administrator,
  };
}

/** GET /v1/history and /v1/history.csv: who changed what. */
export const historyRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server) => {
  const tags = ['Service'];
  server.get(
    '/history',
    {
      schema: {
        tags,
        summary: 'Who changed prices, owners, budgets, periods and access, and who asked for collections, newest first',
        querystring: HistoryQuery,
        response: { 200: History },
      },
    },
    async ({ query, identity, seen }) => readHistory(seen.pool, query, viewOf(identity, query)),
  );
  server.get(
    '/history.csv',
    {
      schema: {
        tags,
        summary: 'The same as a CSV file, all of it',
        querystring: HistoryFilter,
        response: { 200: { description: 'The file', content: { 'text/csv': { schema: CsvFile } } } },
      },
    },
    async ({ query, identity, seen }, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="chargeback-history.csv"')
        .send(historyCsv(allHistory(seen.pool, query, viewOf(identity, query)))),
  );
};
