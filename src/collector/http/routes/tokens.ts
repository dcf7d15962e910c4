import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { AccessToken, NewToken, TokenInput, TokenList } from '../../../api/tokens';
import { createToken, listTokens, revokeToken } from '../../access/tokens';
import type { Context } from '../../context';
import { pathId } from '../path-id';

const Id = pathId('a token');

/** /v1/tokens: bearer tokens, for administrators. */
export const tokenRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context }) => {
  const { pool, now } = context;
  const tags = ['Access'];

  server.get(
    '/tokens',
    { schema: { tags, summary: 'All bearer tokens, without the tokens themselves', response: { 200: TokenList } } },
    async () => ({ data: await listTokens(pool, now()) }),
  );

  server.post(
    '/tokens',
    {
      config: { idempotent: 'secret' },
      schema: {
        tags,
        summary: 'Make a bearer token; it is shown this once',
        body: TokenInput,
        response: { 201: NewToken },
      },
    },
    async ({ body, identity }, reply) => {
      const made = await createToken(pool, body, { actor: identity.login, now: now() });
      return reply.code(201).header('location', `/v1/tokens/${made.id}`).send(made);
    },
  );

  server.delete(
    '/tokens/:id',
    {
      schema: { tags, summary: 'Revoke a bearer token, for ever', params: Id, response: { 200: AccessToken } },
    },
    async ({ params, identity }) => revokeToken(pool, params.id, { actor: identity.login, now: now() }),
  );
};
