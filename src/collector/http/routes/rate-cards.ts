import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Preview, PreviewRequest, RateCard, RateCardInput, RateCardList } from '../../../api/rate-cards';
import type { Context } from '../../context';
import { ChargebackError } from '../../errors';
import { closedUntil } from '../../ledger/restate';
import {
  createRateCard,
  deleteRateCard,
  getRateCard,
  listRateCards,
  previewRateCard,
  updateRateCard,
} from '../../rating/rate-cards';
import { expectedVersions, IfMatch, tagged } from '../etag';
import { maySeeWorkspace, type Identity } from '../identity';
import { pathId } from '../path-id';

const Id = pathId('a rate card');

/** General cards concern everybody; an agreement with one workspace concerns that workspace. */
const maySee = (identity: Identity, card: RateCard) =>
  card.workspace === '' || maySeeWorkspace(identity, card.workspace);

/** /v1/rate-cards: prices. A write answers when everything that depends on it is rated again. */
export const rateCardRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context }) => {
  const tags = ['Prices'];

  server.get(
    '/rate-cards',
    { schema: { tags, summary: 'All rate cards, newest first', response: { 200: RateCardList } } },
    async ({ identity, seen: { pool } }) => {
      const [cards, closed] = await Promise.all([listRateCards(pool), closedUntil(pool)]);
      return {
        data: cards.filter((card) => maySee(identity, card)),
        closed_until: Number.isFinite(closed) ? new Date(closed).toISOString() : null,
      };
    },
  );

  server.get(
    '/rate-cards/:id',
    { schema: { tags, summary: 'One rate card', params: Id, response: { 200: RateCard } } },
    async ({ params, identity, seen }, reply) => {
      const card = await getRateCard(seen.pool, params.id);
      if (!maySee(identity, card)) {
        throw new ChargebackError('NOT_FOUND', `there is no rate card ${params.id}`);
      }
      return tagged(reply, card);
    },
  );

  server.post(
    '/rate-cards',
    {
      config: { idempotent: 'replay' },
      schema: { tags, summary: 'Add a rate card', body: RateCardInput, response: { 201: RateCard } },
    },
    async ({ body, identity }, reply) => {
      const card = await createRateCard(context, body, identity.login);
      return reply.code(201).header('location', `/v1/rate-cards/${card.id}`).send(tagged(reply, card));
    },
  );

  server.put(
    '/rate-cards/:id',
    {
      schema: {
        tags,
        summary: 'Replace a rate card',
        params: Id,
        headers: IfMatch,
        body: RateCardInput,
        response: { 200: RateCard },
      },
    },
    async ({ params, headers, body, identity }, reply) =>
      tagged(reply, await updateRateCard(context, params.id, body, identity.login, expectedVersions(headers))),
  );

  server.delete(
    '/rate-cards/:id',
    {
      schema: {
        tags,
        summary: 'Delete a rate card',
        params: Id,
        headers: IfMatch,
        response: { 204: z.undefined().describe('It is gone') },
      },
    },
    async ({ params, headers, identity }, reply) => {
      await deleteRateCard(context, params.id, identity.login, expectedVersions(headers));
      return reply.code(204).send();
    },
  );

  server.post(
    '/rate-cards/preview',
    {
      schema: {
        tags,
        summary: 'A dry run: who would pay what if the card were saved; writes nothing',
        body: PreviewRequest,
        response: { 200: Preview },
      },
    },
    async ({ body }) => previewRateCard(context, body),
  );
};
