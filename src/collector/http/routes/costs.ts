import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { COST_DIMENSIONS, Costs, CostsQuery } from '../../../api/costs';
import type { Context } from '../../context';
import { inSnapshot } from '../../db/snapshot';
import { readCosts, type CostQuestion } from '../../ledger/costs';
import { currentWatermark } from '../../ledger/watermark';
import { readCursor, writeCursor } from '../cost-cursor';
import { rangeFindings } from '../cost-range';
import { visibleWorkspaces, type Identity } from '../identity';
import { invalidRequest } from '../validate';

/** GET /v1/costs: sums of costs, page by page. */
export const costRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context: { config } }) => {
  server.get(
    '/costs',
    {
      schema: {
        tags: ['Costs'],
        summary: 'Costs by hour, day, month or in total, grouped and filtered by any dimension',
        querystring: CostsQuery,
        response: { 200: Costs },
      },
    },
    async ({ query, identity, seen }) => {
      const question = costQuestion(query, identity, config.timezone);
      const { limit: _limit, ...same } = question;
      const after =
        query.cursor === undefined
          ? undefined
          : readCursor(query.cursor, same, {
              length: question.groupBy.length + (question.granularity === 'total' ? 1 : 2),
              bucketed: question.granularity !== 'total',
            });
      return inSnapshot(seen.pool, async (db) => {
        const { rows, next } = await readCosts(db, { ...question, after });
        return {
          data: rows,
          next_cursor: next && writeCursor(next, same),
          watermark: (await currentWatermark(db))?.toISOString() ?? null,
        };
      });
    },
  );
};

function costQuestion(query: CostsQuery, identity: Identity, timezone: string): CostQuestion {
  const { from_ts, to_ts, granularity, group_by, currency, limit } = query;
  const [from, to] = [new Date(from_ts), new Date(to_ts)];
  const findings = rangeFindings(from, to, timezone);
  if (findings.length > 0) {
    throw invalidRequest(findings);
  }
  const filters: CostQuestion['filters'] = {};
  for (const dimension of COST_DIMENSIONS) {
    const wanted = query[dimension];
    const values = wanted === undefined ? undefined : [wanted].flat();
    const visible = dimension === 'workspace' ? visibleWorkspaces(identity, values) : values;
    if (visible) {
      filters[dimension] = visible;
    }
  }
  return { from, to, timezone, granularity, groupBy: [...new Set(group_by)], filters, currency, limit };
}
