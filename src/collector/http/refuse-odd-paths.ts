import type { FastifyRequest } from 'fastify';
import { ChargebackError } from '../errors';

/**
 * Refuses paths that a proxy in front may have understood in another way than we do: dot segments, encoded slashes and
 * dots, backslashes, doubled slashes, characters that need no such place. Ids that people choose travel in the query or
 * the body, so no honest path needs any of these.
 */
export async function refuseOddPaths(request: FastifyRequest): Promise<void> {
  const path = (request.raw.url ?? '').split(/[?#]/, 1)[0] ?? '';
  if (!/^(\/[A-Za-z0-9_~@:+-][A-Za-z0-9._~@:+-]*)*\/?$/.test(path)) {
    throw new ChargebackError(
      'INVALID_REQUEST',
      'The path must be plain: no dot segments, no encoded or doubled slashes, no backslashes.',
    );
  }
}
