import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  Budget,
  BudgetBackTest,
  BudgetCrossingQuery,
  BudgetCrossings,
  BudgetInput,
  BudgetList,
  type BudgetScope,
} from '../../../api/budgets';
import { backTest } from '../../budgets/back-test';
import {
  createBudget,
  decided,
  deleteBudget,
  getBudget,
  refuseScope,
  replaceBudget,
  type BudgetWriter,
} from '../../budgets/budgets';
import { listBudgets } from '../../budgets/list-budgets';
import { readCrossings } from '../../budgets/read-crossings';
import type { Context } from '../../context';
import { expectedVersions, IfMatch, tagged } from '../etag';
import { hasRole, maySeeWorkspace, type Identity } from '../identity';
import { pathId } from '../path-id';

const Id = pathId('a budget');

/** Without a workspace a budget covers what belongs to others, too. */
const maySee =
  (identity: Identity) =>
  ({ workspace }: BudgetScope) =>
    workspace === undefined ? identity.workspaces === null : maySeeWorkspace(identity, workspace);

const writer = (identity: Identity): BudgetWriter => ({ actor: identity.login, maySee: maySee(identity) });

/**
 * /v1/budgets. Who may see the workspace of a budget may read it, who sees all may read all; to write it one must be
 * editor, too. Of others nobody is told that they exist.
 */
export const budgetRoutes: FastifyPluginAsyncZod<{ context: Context }> = async (server, { context }) => {
  const tags = ['Budgets'];

  server.get(
    '/budgets',
    {
      schema: {
        tags,
        summary: 'The budgets that one may see and how they stand, by name',
        response: { 200: BudgetList },
      },
    },
    async ({ identity, seen }) => {
      const { budgets, watermark } = await listBudgets(seen.pool);
      return {
        data: budgets.filter(({ scope }) => maySee(identity)(scope)),
        watermark,
        may_create: hasRole(identity, 'editor') && identity.granted.length > 0,
      };
    },
  );

  server.get(
    '/budgets/crossings',
    {
      schema: {
        tags,
        summary: 'Thresholds that were crossed, newest first, and who was told; also of deleted budgets',
        querystring: BudgetCrossingQuery,
        response: { 200: BudgetCrossings },
      },
    },
    async ({ query, identity, seen }) => readCrossings(seen.pool, query, maySee(identity)),
  );

  server.get(
    '/budgets/:id',
    { schema: { tags, summary: 'One budget', params: Id, response: { 200: Budget } } },
    async ({ params, identity, seen }, reply) => tagged(reply, await getBudget(seen.pool, params.id, maySee(identity))),
  );

  server.post(
    '/budgets',
    {
      config: { idempotent: 'replay' },
      schema: { tags, summary: 'Add a budget', body: BudgetInput, response: { 201: Budget } },
    },
    async ({ body, identity }, reply) => {
      const budget = await createBudget(context, body, writer(identity));
      return reply.code(201).header('location', `/v1/budgets/${budget.id}`).send(tagged(reply, budget));
    },
  );

  server.put(
    '/budgets/:id',
    {
      schema: {
        tags,
        summary: 'Replace a budget',
        params: Id,
        headers: IfMatch,
        body: BudgetInput,
        response: { 200: Budget },
      },
    },
    async ({ params, headers, body, identity }, reply) =>
      tagged(reply, await replaceBudget(context, params.id, body, writer(identity), expectedVersions(headers))),
  );

  server.delete(
    '/budgets/:id',
    {
      schema: {
        tags,
        summary: 'Delete a budget; its crossings are kept',
        params: Id,
        headers: IfMatch,
        response: { 204: z.undefined().describe('It is gone') },
      },
    },
    async ({ params, headers, identity }, reply) => {
      await deleteBudget(context, params.id, writer(identity), expectedVersions(headers));
      return reply.code(204).send();
    },
  );

  server.post(
    '/budgets/preview',
    {
      schema: {
        tags,
        summary: 'How this budget would have done in the last 12 months; writes nothing',
        body: BudgetInput,
        response: { 200: BudgetBackTest },
      },
    },
    async ({ body, identity, seen }) => {
      refuseScope(body.scope, writer(identity));
      return backTest(seen.pool, decided(body, context));
    },
  );
};
