import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import {
  Chargeback,
  ChargebackDays,
  ChargebackDaysQuery,
  ChargebackLines,
  ChargebackLinesQuery,
  ChargebackQuery,
  ChargebackSummary,
  ChargebackSummaryQuery,
} from '../../../api/chargeback';
import type { Context } from '../../context';
import type { Queryable } from '../../db/pool';
import { chargebackCsv } from '../../export/chargeback-csv';
import { costFileName } from '../../export/cost-file-name';
import { ndjson } from '../../export/ndjson';
import { readChargeback, readWholeChargeback, type ChargebackQuestion } from '../../ledger/chargeback';
import { LONGEST_DAYS, readChargebackDays } from '../../ledger/chargeback-days';
import { readChargebackLines } from '../../ledger/chargeback-lines';
import { readChargebackSummary } from '../../ledger/chargeback-summary';
import { chargebackScope, lineSort, sortFindings } from '../chargeback-scope';
import type { Identity } from '../identity';

/** A stream, described as the text it carries. */
const File = z.custom<Readable>().meta({ type: 'string' });

/** GET /v1/chargeback, the same as a CSV file, and the parts of it that pages show. */
export const chargebackRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context }) => {
  const { timezone } = context.config;
  const tags = ['Costs'];
  const whole = (query: ChargebackQuery, identity: Identity): ChargebackQuestion => ({
    ...chargebackScope(query, identity, timezone, { further: sortFindings(query.sort, 'application') }),
    search: query.search,
    sort: lineSort(query.sort),
  });
  const fileName = (question: ChargebackQuestion) =>
    costFileName('chargeback', { ...question, timezone }, question.workspaces);
  server.get(
    '/chargeback',
    {
      schema: {
        tags,
        querystring: ChargebackQuery,
        summary: 'Who owes what for a month or a range of hours',
        response: { 200: Chargeback },
      },
    },
    async ({ query, identity, seen }) => readChargeback(seen, whole(query, identity)),
  );
  server.get(
    '/chargeback.csv',
    {
      schema: {
        tags,
        querystring: ChargebackQuery,
        summary: 'The same as a CSV file with a TOTAL row',
        response: { 200: { description: 'The file', content: { 'text/csv': { schema: File } } } },
      },
    },
    async (request, reply) => {
      const { query, identity, seen } = request;
      const question = whole(query, identity);
      const file = await server.files.open(request, (db) =>
        chargebackCsv(readWholeChargeback(db, seen, question), question.currency ?? seen.config.currency),
      );
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${fileName(question)}.csv"`)
        .send(file);
    },
  );
  server.get(
    '/chargeback.ndjson',
    {
      schema: {
        tags,
        querystring: ChargebackQuery,
        summary: 'The same lines as newline-delimited JSON, each with its currency',
        response: { 200: { description: 'The file', content: { 'application/x-ndjson': { schema: File } } } },
      },
    },
    async (request, reply) => {
      const { query, identity, seen } = request;
      const question = whole(query, identity);
      const currency = question.currency ?? seen.config.currency;
      const lines = async function* (db: Queryable) {
        for await (const some of readWholeChargeback(db, seen, question)) {
          yield some.map((line) => ({ ...line, currency }));
        }
      };
      const file = await server.files.open(request, (db) => ndjson(lines(db)));
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('content-disposition', `attachment; filename="${fileName(question)}.ndjson"`)
        .send(file);
    },
  );
  server.get(
    '/chargeback/lines',
    {
      schema: {
        tags,
        querystring: ChargebackLinesQuery,
        summary: 'A page of lines by application, topic or principal, with the sums over all of them',
        response: { 200: ChargebackLines },
      },
    },
    async ({ query, identity, seen }) => {
      const { by, search, sort, limit, offset } = query;
      const scope = chargebackScope(query, identity, timezone, { further: sortFindings(sort, by) });
      return readChargebackLines(seen, { ...scope, by, search, sort: lineSort(sort), limit, offset });
    },
  );
  server.get(
    '/chargeback/summary',
    {
      schema: {
        tags,
        querystring: ChargebackSummaryQuery,
        summary: 'Totals beside those of the month before, by environment, unallocated and unrated usage, prices',
        response: { 200: ChargebackSummary },
      },
    },
    async ({ query, identity, seen }) => readChargebackSummary(seen, chargebackScope(query, identity, timezone)),
  );
  server.get(
    '/chargeback/days',
    {
      schema: {
        tags,
        querystring: ChargebackDaysQuery,
        summary: 'Cost by day of the billing time zone: the greatest values of a dimension, and the rest',
        response: { 200: ChargebackDays },
      },
    },
    async ({ query, identity, seen }) => {
      const scope = chargebackScope(query, identity, timezone, { longestDays: LONGEST_DAYS });
      return readChargebackDays(seen, { ...scope, by: query.by, top: query.top });
    },
  );
};
