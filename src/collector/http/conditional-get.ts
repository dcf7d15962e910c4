import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** Answers that are large, asked again and again, and the same until something is collected or priced. */
const COSTS = /^\/v1\/(costs|chargeback|dimensions|explanations)(\/|$)/;

/** Whether the answers of a GET of this route have an ETag and are answered 304 to whoever has them. */
export const isConditional = (path: string): boolean => COSTS.test(path);

/** By what an answer is told from one for somebody else. */
const WHO = ['Authorization', 'X-Chargeback-Key', 'X-Grafana-Context', 'X-Grafana-User', 'X-Grafana-Id'];

/**
 * Gives answers about costs an ETag, made of their content, and answers 304 without a body to whoever has it already.
 * A copy may be kept by the one who asked and nobody else, and is asked about each time before it is used: what one may
 * see can change at any moment. Everything else is for no store at all.
 */
export function answerConditionally(server: FastifyInstance): void {
  server.addHook('onSend', async ({ method, headers, routeOptions }, reply, payload) => {
    const reads = method === 'GET' || method === 'HEAD';
    if (!reads || reply.statusCode !== 200 || typeof payload !== 'string' || !isConditional(routeOptions.url ?? '')) {
      return payload;
    }
    const tag = createHash('sha256').update(payload, 'utf8').digest('base64url').slice(0, 27);
    reply
      .header('etag', `"${tag}"`)
      .header('cache-control', 'private, no-cache')
      .header('vary', [...[reply.getHeader('vary') ?? []].flat(), ...WHO].join(', '));
    if (!isAmong(tag, headers['if-none-match'])) {
      return payload;
    }
    reply.code(304).removeHeader('content-type').removeHeader('content-length');
    return null;
  });
}

/** Whether an If-None-Match names the tag: by the weak comparison (RFC 9110, 13.1.2), since a proxy that packs an answer weakens its tag. */
function isAmong(tag: string, header: string | undefined): boolean {
  return header?.trim() === '*' || [...(header ?? '').matchAll(/"([^"]*)"/g)].some(([, known]) => known === tag);
}
