import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context';
import { ChargebackError } from '../errors';
import { repeat } from '../repeat';
import {
  claimKey,
  freeKey,
  keepAnswer,
  keyUse,
  LEASE,
  renewKey,
  sweepKeys,
  type Claim,
  type KeptAnswer,
} from './idempotency-store';
import { askerOf } from './rate-limits';
import { invalidRequest } from './validate';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * On a route that makes something: with an Idempotency-Key the same request makes it once. `replay`: sent again, it
     * gets the same answer; `secret`: it is only told that it was done, because the answer must not be kept.
     */
    idempotent?: 'replay' | 'secret';
  }
  interface FastifyRequest {
    /** The idempotency key that this request holds while it runs. */
    heldKey: HeldKey | null;
  }
}

interface HeldKey {
  id: Buffer;
  holder: string;
  renewal: NodeJS.Timeout;
}

/** Headers of an answer that belong to it; all others are made anew. */
const KEPT_HEADERS = ['content-type', 'location', 'etag'];

const SWEEP_EVERY = 3_600_000;

/**
 * Makes `Idempotency-Key` work on the routes that are marked `idempotent`. An answer 2xx is kept for a day; one that
 * refused or failed made nothing, so its key is free again. Register it after what authenticates.
 */
export function keepIdempotent(server: FastifyInstance, { pool, now, log }: Context): void {
  server.decorateRequest('heldKey', null);
  server.addHook('preHandler', async (request, reply) => {
    const kind = request.routeOptions.config.idempotent;
    const key = kind && keyOf(request);
    if (key === undefined) {
      return;
    }
    const { method, routeOptions, body } = request;
    const use = keyUse(holderOf(request), `${method} ${routeOptions.url ?? ''}`, key, body);
    const claim = await claimKey(pool, use, now());
    if (claim.state !== 'ours') {
      return answerAgain(reply, claim);
    }
    const { holder } = claim;
    const renewal = setInterval(() => {
      renewKey(pool, use.id, holder, now()).catch((error: Error) =>
        log.warn({ error: error.message }, 'cannot say that the request of an idempotency key is still running'),
      );
    }, LEASE / 3).unref();
    request.heldKey = { id: use.id, holder, renewal };
  });

  server.addHook('onSend', async (request, reply, payload) => {
    const held = request.heldKey;
    if (!held) {
      return;
    }
    request.heldKey = null;
    clearInterval(held.renewal);
    try {
      if (reply.statusCode < 300) {
        await keepAnswer(pool, held.id, held.holder, {
          status: reply.statusCode,
          headers: keptHeaders(reply),
          body: request.routeOptions.config.idempotent === 'replay' ? String(payload) : null,
        });
      } else {
        await freeKey(pool, held.id, held.holder);
      }
    } catch (error) {
      // The request itself is done; its key is free when the lease is over.
      log.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'cannot keep the answer of an idempotency key',
      );
    }
  });

  const closing = new AbortController();
  let sweeping: Promise<void> | undefined;
  server.addHook('onListen', (done) => {
    sweeping = repeat({ log }, closing.signal, {
      every: SWEEP_EVERY,
      failing: 'cannot forget old idempotency keys',
      work: () => sweepKeys(pool, now()),
    });
    done();
  });
  server.addHook('onClose', async () => {
    closing.abort();
    await sweeping;
  });
}

/**
 * Whose a key is: of one asker with the same rights as then. When they were taken away (or the name now belongs to another
 * token) what was answered is not told again; the request is judged anew.
 */
const holderOf = (request: FastifyRequest) =>
  JSON.stringify([askerOf(request), request.identity.role, [...request.identity.granted].sort()]);

/** The key of a request, undefined when there is none; throws INVALID_REQUEST. */
function keyOf({ raw }: FastifyRequest): string | undefined {
  const given = raw.headersDistinct['idempotency-key'];
  if (given === undefined) {
    return undefined;
  }
  const [key = ''] = given;
  if (given.length > 1 || !/^[\x20-\x7e]{1,200}$/.test(key)) {
    throw invalidRequest([
      {
        path: 'Idempotency-Key',
        message: 'must come once, with 1 to 200 printable ASCII characters; a random UUID is a good one',
      },
    ]);
  }
  return key;
}

function keptHeaders(reply: FastifyReply): KeptAnswer['headers'] {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

/** Answers a request whose key was used before, or throws why that cannot be. */
function answerAgain(reply: FastifyReply, claim: Exclude<Claim, { state: 'ours' }>): FastifyReply {
  switch (claim.state) {
    case 'of another request':
      throw new ChargebackError(
        'IDEMPOTENCY_KEY_REUSED',
        'This Idempotency-Key came with another body within the last day. Use a new key for each thing that is made, and the same one only to send the same request again.',
      );
    case 'running':
      throw new ChargebackError(
        'IDEMPOTENCY_KEY_IN_USE',
        'The first request with this Idempotency-Key is still running. Send it again a little later to get its answer.',
        [],
        { retryAfter: Math.min(claim.seconds, 5) },
      );
    case 'answered': {
      const { status, headers, body } = claim.answer;
      if (body === null) {
        throw new ChargebackError(
          'IDEMPOTENCY_KEY_SPENT',
          `An earlier request with this Idempotency-Key made ${headers.location ?? 'it'}; what it answered is secret and was shown once. If that answer was lost, revoke it and make another one with a new key.`,
        );
      }
      // Sent as the text that it was: a schema of the route's answers must not reshape it.
      return reply
        .code(status)
        .headers({ ...headers, 'idempotency-replayed': 'true' })
        .serializer((text: unknown) => String(text))
        .send(body);
    }
  }
}
