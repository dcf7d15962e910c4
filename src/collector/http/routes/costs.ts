import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { COST_DIMENSIONS, Costs, CostsFileQuery, CostsQuery } from '../../../api/costs';
import type { Context } from '../../context';
import { inSnapshot } from '../../db/snapshot';
import { costFileName } from '../../export/cost-file-name';
import { costsCsv } from '../../export/costs-csv';
import { ndjson } from '../../export/ndjson';
import { readAllCosts, readCosts, type CostQuestion } from '../../ledger/costs';
import { currentWatermark } from '../../ledger/watermark';
import { readCursor, writeCursor } from '../cost-cursor';
import { rangeFindings } from '../cost-range';
import { visibleWorkspaces, type Identity } from '../identity';
import { invalidRequest } from '../validate';

type WholeQuestion = Omit<CostQuestion, 'limit' | 'after'>;

/** A stream, described as the text it carries. */
const File = z.custom<Readable>().meta({ type: 'string' });

/** GET /v1/costs: sums of costs, page by page or all in a file. */
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
      const question = { ...costQuestion(query, identity, config.timezone), limit: query.limit };
      // Not the workspaces that one sees: a new one of them must not end the reading of the others.
      const { limit: _limit, cursor: _cursor, ...asked } = query;
      const same = { asked, granted: identity.granted };
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

  const fileName = ({ from, to, timezone, filters }: WholeQuestion) =>
    costFileName('costs', { from, to, timezone }, filters.workspace);
  server.get(
    '/costs.csv',
    {
      schema: {
        tags: ['Costs'],
        summary: 'The same rows as a CSV file, all of them',
        querystring: CostsFileQuery,
        response: { 200: { description: 'The file', content: { 'text/csv': { schema: File } } } },
      },
    },
    async (request, reply) => {
      const { query, identity } = request;
      const question = costQuestion(query, identity, config.timezone);
      const file = await server.files.open(request, (db) => costsCsv(readAllCosts(db, question), question));
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${fileName(question)}.csv"`)
        .send(file);
    },
  );
  server.get(
    '/costs.ndjson',
    {
      schema: {
        tags: ['Costs'],
        summary: 'The same rows as newline-delimited JSON, all of them',
        querystring: CostsFileQuery,
        response: { 200: { description: 'The file', content: { 'application/x-ndjson': { schema: File } } } },
      },
    },
    async (request, reply) => {
      const { query, identity } = request;
      const question = costQuestion(query, identity, config.timezone);
      const file = await server.files.open(request, (db) => ndjson(readAllCosts(db, question)));
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('content-disposition', `attachment; filename="${fileName(question)}.ndjson"`)
        .send(file);
    },
  );
};

function costQuestion(query: CostsFileQuery, identity: Identity, timezone: string): WholeQuestion {
  const { from_ts, to_ts, granularity, group_by, currency } = query;
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
  return { from, to, timezone, granularity, groupBy: [...new Set(group_by)], filters, currency };
}
