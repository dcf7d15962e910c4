import type { FastifyRequest } from 'fastify';
import { ChargebackError } from '../errors';

/**
 * Refuses requests that a proxy in front may have understood in another way than we do: paths with dot segments, encoded
 * slashes and dots, backslashes, doubled slashes, fragments, characters that need no such place; several hosts; versions
 * of HTTP that nobody speaks. Ids that people choose travel in the query or the body, so no honest path needs any of these.
 */
export async function refuseOddRequests({ raw }: FastifyRequest): Promise<void> {
  const path = (raw.url ?? '').split('?', 1)[0] ?? '';
  if (!/^(\/[A-Za-z0-9_~@:+-][A-Za-z0-9._~@:+-]*)*\/?$/.test(path)) {
    throw new ChargebackError(
      'INVALID_REQUEST',
      'The path must be plain: no dot segments, no encoded or doubled slashes, no backslashes.',
    );
  }
  if (!/^1\.[01]$/.test(raw.httpVersion) || (raw.headersDistinct.host?.length ?? 0) > 1) {
    throw new ChargebackError('INVALID_REQUEST', 'This is not a request of HTTP/1.1 with one Host.');
  }
}
