import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Stringifier } from 'csv-stringify';
import { z } from 'zod';
import { Chargeback, ChargebackQuery } from '../../../api/chargeback';
import type { Context } from '../../context';
import { chargebackCsv, chargebackFileName } from '../../export/chargeback-csv';
import { readChargeback } from '../../ledger/chargeback';
import { chargebackScope } from '../chargeback-scope';

/** A stream, described as the text it carries. */
const CsvFile = z.custom<Stringifier>().meta({ type: 'string' });

/** GET /v1/chargeback and the same as a CSV file. */
export const chargebackRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context }) => {
  const asked = { tags: ['Costs'], querystring: ChargebackQuery };
  server.get(
    '/chargeback',
    { schema: { ...asked, summary: 'Who owes what for a month or a range of hours', response: { 200: Chargeback } } },
    async ({ query, identity }) => readChargeback(context, chargebackScope(query, identity, context.config.timezone)),
  );
  server.get(
    '/chargeback.csv',
    {
      schema: {
        ...asked,
        summary: 'The same as a CSV file with a TOTAL row',
        response: { 200: { description: 'The file', content: { 'text/csv': { schema: CsvFile } } } },
      },
    },
    async ({ query, identity }, reply) => {
      const scope = chargebackScope(query, identity, context.config.timezone);
      const chargeback = await readChargeback(context, scope);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${chargebackFileName(chargeback, scope.workspaces)}"`)
        .send(chargebackCsv(chargeback));
    },
  );
};
