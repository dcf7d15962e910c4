import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  CollectAccepted,
  CollectedHours,
  CollectedHoursQuery,
  Collections,
  CollectRequest,
  Job,
} from '../../../api/collections';
import type { Context } from '../../context';
import { ChargebackError } from '../../errors';
import { collectedHours } from '../../jobs/collected-hours';
import { collections } from '../../jobs/collections';
import { getJob, requestCollection } from '../../jobs/jobs';
import { collectedHoursOf } from '../collected-hours-question';
import { visibleHour, visibleJob, visibleMeter } from '../visible-collection';

/** /v1/collections, /v1/collections/hours, /v1/collect/usage and /v1/jobs/:id: what was collected, and asking for more. */
export const collectionRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context }) => {
  const tags = ['Collection'];
  server.get(
    '/collections',
    { schema: { tags, summary: 'What was collected, is missing, or failed', response: { 200: Collections } } },
    async ({ identity, seen }) => {
      const { meters, jobs, ...answer } = await collections(seen);
      return {
        ...answer,
        meters: meters.map((meter) => visibleMeter(identity, meter)),
        jobs: jobs.map((job) => visibleJob(identity, job)),
      };
    },
  );

  server.get(
    '/collections/hours',
    {
      schema: {
        tags,
        summary: 'Every hour of a range of a meter: collected, failed, missing, due or to come',
        querystring: CollectedHoursQuery,
        response: { 200: CollectedHours },
      },
    },
    async ({ query, identity, seen }) => {
      const { hours, ...answer } = await collectedHours(seen, await collectedHoursOf(seen.pool, query));
      return {
        ...answer,
        hours: hours.map((hour) => visibleHour(identity, hour)),
      };
    },
  );

  server.post(
    '/collect/usage',
    {
      config: { idempotent: 'replay' },
      schema: {
        tags,
        summary: 'Read the hours [from, to) from Prometheus, again if they were read before',
        body: CollectRequest,
        response: { 202: CollectAccepted },
      },
    },
    async ({ body: { from, to, meters }, identity }, reply) => {
      const job = await requestCollection(
        context,
        { from: Date.parse(from), to: Date.parse(to), meters },
        identity.login,
      );
      return reply.code(202).header('location', `/v1/jobs/${job}`).send({ job });
    },
  );

  server.get(
    '/jobs/:id',
    {
      schema: {
        tags,
        summary: 'How far a collection that was asked for is',
        params: z.object({ id: z.string() }),
        response: { 200: Job },
      },
    },
    async ({ params, identity, seen }) => {
      const job = await getJob(seen, params.id);
      if (!job) {
        throw new ChargebackError('NOT_FOUND', 'there is no such job');
      }
      return visibleJob(identity, job);
    },
  );
};
