import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';

import type { Context } from '../../context';
import { inSnapshot } from '../../db/snapshot';
import { collectionMetrics, costMetrics } from '../../export/ledger-metrics';
import type { Metrics } from '../../export/metrics';
import { currentWatermark } from '../../ledger/watermark';
import { identify, type AccessRules } from '../authentication';

/**
 * GET /metrics: process and collection for everybody; costs only for one who may see everything. While the database is
 * away the process is still heard.
 */
export const metricsRoutes: FastifyPluginAsyncZod<{ context: Context; access: AccessRules; metrics: Metrics }> = async (
  server,
  { context, access, metrics },
) => {
  server.get(
    '/metrics',
    {
      schema: {
        tags: ['Service'],
        summary: "Prometheus' text format; costs only with a token that may see everything",
        security: [{}, { token: [] }],
        response: { 200: { description: 'Samples', content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      await access.limits?.askOpenly(request, reply);
      const identity = await identify(request, context, access);
      const own = await metrics.text();
      const ledger = await ledgerText(context, identity?.workspaces === null);
      return reply.type(metrics.contentType).send(`${own}${ledger}`);
    },
  );
};

async function ledgerText({ pool, config, log }: Context, withCosts: boolean): Promise<string> {
  const up =
    '# HELP chargeback_database_up Whether the database answers.\n# TYPE chargeback_database_up gauge\nchargeback_database_up';
  try {
    const text = await inSnapshot(pool, async (db) => {
      const collection = await collectionMetrics(db);
      return withCosts
        ? `${collection}${await costMetrics(db, await currentWatermark(db), config.metricSeries)}`
        : collection;
    });
    return `${text}${up} 1\n`;
  } catch (error) {
    log.warn(
      { error: error instanceof Error ? error.message : String(error) },
      'metrics without the ledger: the database does not answer',
    );
    return `${up} 0\n`;
  }
}
