import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { SEE_AS_HEADER } from '../../api/see-as-header';
import { GrantsInForce } from '../access/access-store';
import { GrafanaTeams } from '../access/grafana-teams';
import type { Context } from '../context';
import { createPool, ownPool } from '../db/pool';
import { createRestrictedPool } from '../db/shown-workspaces';
import { Metrics } from '../export/metrics';
import { changingFrom } from '../ledger/change-origin';
import { answerBrokenRequest } from './answer-broken-request';
import { authenticate, wayOf, type AccessRules } from './authentication';
import { answerConditionally } from './conditional-get';
import { Draining } from './draining';
import { GrafanaSignature } from './grafana-signature';
import { keepIdempotent } from './idempotency';
import type { Identity } from './identity';
import { describeApi } from './openapi';
import { answerError, answerNotFound } from './problems';
import { RateLimits } from './rate-limits';
import { refuseOddRequests } from './refuse-odd-requests';
import { requireRight, rightOf } from './rights';
import { accessRoutes } from './routes/access';
import { budgetRoutes } from './routes/budgets';
import { chargebackRoutes } from './routes/chargeback';
import { collectionRoutes } from './routes/collections';
import { costRoutes } from './routes/costs';
import { dimensionRoutes } from './routes/dimensions';
import { directoryRoutes } from './routes/directory';
import { docsRoutes } from './routes/docs';
import { explanationRoutes } from './routes/explanations';
import { healthRoutes } from './routes/health';
import { historyRoutes } from './routes/history';
import { meRoutes } from './routes/me';
import { meterRoutes } from './routes/meters';
import { metricsRoutes } from './routes/metrics';
import { rateCardRoutes } from './routes/rate-cards';
import { tokenRoutes } from './routes/tokens';
import { seeAs } from './see-as';
import { seenBy } from './seen-by';
import { StreamedFiles } from './streamed-files';
import { validatorCompiler } from './validate';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set on every request below /v1. */
    identity: Identity;
    /** The collector's context, with a ledger that holds what `identity` may see; for everything that reads. */
    seen: Context;
  }
}

/** Bytes of a request's body, where a route does not say otherwise. */
const BODY_LIMIT = 1_048_576;

/**
 * The HTTP server, complete but not listening. Everything below /v1 needs an identity; what is open is listed here.
 */
export async function createServer(
  context: Context,
  metrics = new Metrics(),
  draining = new Draining(),
): Promise<FastifyInstance> {
  const { grafanaUrl, grafanaToken, rateLimit, databaseUrl, statementTimeoutSeconds } = context.config;
  const { now, log } = context;
  // What reads has connections of its own: it cannot take those of collections and writes, which may take longer.
  const connections = (max: number) =>
    createPool(databaseUrl, {
      max,
      statementSeconds: statementTimeoutSeconds,
      onIdleError: (error) => log.warn({ error: error.message }, 'a connection to PostgreSQL broke'),
    });
  const reading: Context = { ...context, pool: connections(ownPool(context.pool).options.max) };
  // Who somebody is can be told while others keep every connection busy that reads costs.
  const identifying: Context = { ...context, pool: connections(3) };
  const restricted = createRestrictedPool(context);
  const logger: FastifyBaseLogger = context.log;
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    // What came in before the server closed is answered as ever.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: answerBrokenRequest,
    // Refused before any route is found, for example for a broken percent encoding.
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  });
  // Only JSON: text is what a form of another page could send without asking.
  server.removeContentTypeParser('text/plain');
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.setErrorHandler(answerError);
  server.setNotFoundHandler(answerNotFound);
  // Of an expectation that nobody knows Node would say 417 and nothing else; it may be left unanswered.
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response));
  server.addHook('onRequest', refuseOddRequests);
  draining.watch(server);
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
  });
  server.addHook('onResponse', async (request, reply) => {
    metrics.countRequest(
      request.method,
      request.routeOptions.url ?? '(none)',
      reply.statusCode,
      reply.elapsedTime / 1000,
    );
    request.log.debug(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
  server.addHook(
    'onClose',
    async () => void (await Promise.all([reading, identifying].map(({ pool }) => pool.end()).concat(restricted.end()))),
  );
  await describeApi(server);
  const access: AccessRules = {
    grants: new GrantsInForce(identifying.pool),
    signature: grafanaUrl === undefined ? null : new GrafanaSignature(grafanaUrl, now),
    teams: grafanaUrl && grafanaToken ? new GrafanaTeams(grafanaUrl, grafanaToken, now, log) : null,
    limits: await RateLimits.of(server, rateLimit),
  };

  await server.register(docsRoutes);
  await server.register(healthRoutes, { context: reading, draining });
  await server.register(metricsRoutes, { context: reading, access, metrics });
  await server.register(
    async (v1) => {
      v1.decorateRequest('identity');
      v1.decorateRequest('seen');
      v1.decorate('files', new StreamedFiles());
      // A route that nobody has said who may use stops the start, not a request.
      v1.addHook('onRoute', ({ method, url }) => void [method].flat().map((one) => rightOf(one, url)));
      v1.addHook('onRequest', async (request, reply) => {
        reply.header('cache-control', 'no-store');
        // What is kept of an answer is no answer for somebody else.
        reply.header('vary', SEE_AS_HEADER);
        request.identity = await authenticate(request, identifying, access);
        await access.limits?.ask(request, reply);
        request.identity = await seeAs(request, request.identity, reading);
        request.seen = seenBy(reading, restricted, request.identity);
        requireRight(request.identity, rightOf(request.method, request.routeOptions.url ?? ''));
      });
      keepIdempotent(v1, context);
      answerConditionally(v1);
      v1.addHook('preHandler', (request, _reply, done) =>
        changingFrom({ via: wayOf(request), address: request.ip }, done),
      );
      for (const routes of [
        meRoutes,
        costRoutes,
        dimensionRoutes,
        chargebackRoutes,
        rateCardRoutes,
        budgetRoutes,
        directoryRoutes,
        meterRoutes,
        collectionRoutes,
        explanationRoutes,
        historyRoutes,
        tokenRoutes,
        accessRoutes,
      ]) {
        await v1.register(routes, { context, reading });
      }
    },
    { prefix: '/v1' },
  );
  return server;
}
