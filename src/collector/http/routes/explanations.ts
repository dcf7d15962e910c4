import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  ExplainedDays,
  ExplainedDaysQuery,
  ExplainedHours,
  ExplainedHoursQuery,
  ExplainedReadings,
  ExplainedReadingsQuery,
} from '../../../api/explanations';
import type { Context } from '../../context';
import { inSnapshot } from '../../db/snapshot';
import { readExplainedDays } from '../../ledger/explanations/explained-days';
import { readExplainedHours } from '../../ledger/explanations/explained-hours';
import { readExplainedReadings } from '../../ledger/explanations/explained-readings';
import { daysQuestion, hoursQuestion, readingsQuestion } from '../explained-question';

/**
 * /v1/explanations: why an amount is what it is, from price versions and days down to the readings of an hour. `reading` has
 * the whole ledger.
 */
export const explanationRoutes: FastifyPluginAsyncZod<{ reading: Context }> = async (server, { reading }) => {
  const tags = ['Explanations'];
  server.get(
    '/explanations/days',
    {
      schema: {
        tags,
        summary: "A meter's cost by day and price version",
        querystring: ExplainedDaysQuery,
        response: { 200: ExplainedDays },
      },
    },
    async ({ query, identity, seen }) => {
      const { question, range } = await daysQuestion(seen, query, identity);
      return inSnapshot(seen.pool, (db) => readExplainedDays(db, question, range));
    },
  );

  server.get(
    '/explanations/hours',
    {
      schema: {
        tags,
        summary: "A meter's cost in the hours of a day, with the month to date by which tiers are counted",
        querystring: ExplainedHoursQuery,
        response: { 200: ExplainedHours },
      },
    },
    async ({ query, identity, seen }) => {
      const question = await hoursQuestion(seen, query, identity);
      return inSnapshot(seen.pool, (db) => readExplainedHours(db, question, query.day));
    },
  );

  server.get(
    '/explanations/readings',
    {
      schema: {
        tags,
        summary: 'The readings of Prometheus series of which the usage of an hour was made',
        querystring: ExplainedReadingsQuery,
        response: { 200: ExplainedReadings },
      },
    },
    async ({ query, identity, seen }) => {
      const { question, ...page } = await readingsQuestion(seen, query, identity);
      return inSnapshot(seen.pool, (db) =>
        // Who sees everything has the whole ledger in hand: a second connection from where the first one is of could be waited for in vain.
        readExplainedReadings(db, identity.workspaces === null ? db : reading.pool, question, page),
      );
    },
  );
};
