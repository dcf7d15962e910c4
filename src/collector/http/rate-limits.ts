import { createHash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ChargebackError } from '../errors';

/** Different wrong secrets that an address may try in a minute. */
const WRONG_SECRETS = 30;

/** How many secrets that were right are remembered; the oldest is forgotten first. */
const RIGHT_SECRETS = 10_000;

/**
 * Tells one who asks from all others: a user of Grafana, or a token. Never an address, because all users of Grafana come
 * from that of its proxy.
 */
export function askerOf({ headers, identity }: FastifyRequest): string {
  return `${headers.authorization ? 'token' : 'grafana'} ${identity.login}`;
}

type Count = (
  request: FastifyRequest,
  options?: { increment: boolean },
) => Promise<{ limit: number; left: number; seconds: number; exceeded: boolean }>;

/**
 * How much one may ask in a minute, and how many wrong secrets may come from an address; each process counts for itself.
 * A wrong secret that comes again and again (a Grafana with an old key) is no guess and holds up nobody but itself, and
 * a secret that was right before is let through to be checked whatever else comes from its address.
 */
export class RateLimits {
  readonly #right = new Set<string>();
  readonly #asked: Count;
  readonly #openlyAsked: Count;
  readonly #guessed: Count;
  readonly #refused: Count;

  private constructor(server: FastifyInstance, max: number) {
    const counter = (most: number, keyGenerator?: (request: FastifyRequest) => string): Count => {
      const count = server.createRateLimit({ max: most, timeWindow: 60_000, ...(keyGenerator && { keyGenerator }) });
      return async (request, options) => {
        const counted = await count(request, options);
        return counted.isAllowed
          ? { limit: most, left: most, seconds: 0, exceeded: false }
          : {
              limit: most,
              left: counted.remaining,
              seconds: Math.max(1, counted.ttlInSeconds),
              exceeded: counted.isExceeded,
            };
      };
    };
    this.#asked = counter(max, askerOf);
    this.#openlyAsked = counter(max);
    this.#guessed = counter(WRONG_SECRETS);
    this.#refused = counter(max, (request) => `${request.ip} ${secretOf(request)}`);
  }

  /** The limits of a server, `max` requests a minute; null when that is 0. */
  static async of(server: FastifyInstance, max: number): Promise<RateLimits | null> {
    if (max === 0) {
      return null;
    }
    await server.register(rateLimit, { global: false });
    return new RateLimits(server, max);
  }

  /** Counts a request of `request.identity`, and tells in the headers how many are left. Throws TOO_MANY_REQUESTS. */
  async ask(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.#count(this.#asked, request, reply);
  }

  /** Counts a request to what is open to everybody, by the address that it comes from. Throws TOO_MANY_REQUESTS. */
  async askOpenly(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.#count(this.#openlyAsked, request, reply);
  }

  async #count(counter: Count, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { limit, left, seconds, exceeded } = await counter(request);
    reply.header('ratelimit-limit', limit).header('ratelimit-remaining', left).header('ratelimit-reset', seconds);
    if (exceeded) {
      throw tooMany(
        `More than ${limit} requests came from you within a minute. Wait ${seconds} s; ask for more at once (limit=5000), or for a file (/v1/costs.ndjson).`,
        seconds,
      );
    }
  }

  /**
   * Lets `check` look at the secret that the request carries; UNAUTHENTICATED counts as a wrong one unless `isRight` says
   * that the secret is not what was wrong. Throws TOO_MANY_REQUESTS, without looking, where too many were wrong.
   */
  async guard<T>(request: FastifyRequest, check: () => Promise<T>, isRight: () => boolean): Promise<T> {
    const secret = secretOf(request);
    if (secret === undefined) {
      return check();
    }
    if (!this.#right.has(secret)) {
      const looking = { increment: false };
      const [guessed, refused] = [await this.#guessed(request, looking), await this.#refused(request, looking)];
      const full = [guessed, refused].find(({ left }) => left === 0);
      if (full) {
        throw tooMany(
          `Too many wrong tokens or keys came from your address. Wait ${full.seconds} s, and check which one is sent.`,
          full.seconds,
        );
      }
    }
    try {
      const found = await check();
      this.#remember(secret);
      return found;
    } catch (error) {
      if (error instanceof ChargebackError && error.code === 'UNAUTHENTICATED' && !isRight()) {
        this.#right.delete(secret);
        const { limit, left } = await this.#refused(request);
        if (left === limit - 1) {
          await this.#guessed(request);
        }
      }
      throw error;
    }
  }

  #remember(secret: string): void {
    this.#right.add(secret);
    if (this.#right.size > RIGHT_SECRETS) {
      this.#right.delete(this.#right.values().next().value ?? '');
    }
  }
}

/** What a request would be let in for, as a digest: the secrets themselves are kept nowhere. An empty Authorization is none. */
function secretOf({ headers }: FastifyRequest): string | undefined {
  const secret = [headers.authorization, headers['x-chargeback-key']].find((one) => one !== undefined && one !== '');
  return secret === undefined ? undefined : createHash('sha256').update(String(secret)).digest('base64');
}

const tooMany = (detail: string, retryAfter: number) =>
  new ChargebackError('TOO_MANY_REQUESTS', detail, [], { retryAfter });
