import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { History, HistoryQuery } from '../../../api/history';
import type { Context } from '../../context';
import { readHistory } from '../../ledger/history';
import { requireRole } from '../identity';

/** GET /v1/history: who changed what. It names every workspace; what concerns tokens and grants is for administrators. */
export const historyRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server) => {
  server.get(
    '/history',
    {
      schema: {
        tags: ['Service'],
        summary: 'Who changed prices, owners, budgets, periods and access, and who asked for collections, newest first',
        querystring: HistoryQuery,
        response: { 200: History },
      },
    },
    async ({ query, identity, seen }) => {
      if (query.object === 'token' || query.object === 'access') {
        requireRole(identity, 'admin');
      }
      return readHistory(seen.pool, query, identity.role === 'admin');
    },
  );
};
