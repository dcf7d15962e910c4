import { mismatch } from './client-error';
import { clientOver, type AskingOptions, type CheckAnswer, type Client } from './client-over';
import type { Operation } from './operation';
import { OPERATIONS } from './operations';
import { fetchTransport, type Transport } from './transport';

export { ClientError } from './client-error';
export type { Answer, CallOptions, Client, PagedId } from './client-over';
export type { NamedFile } from './operation';
export { OPERATIONS, type OperationId } from './operations';
export type { ClientAnswer, ClientRequest, Transport } from './transport';

/** Where the collector is and who asks, or a `transport` of one's own. */
export type ClientOptions = AskingOptions &
  ({ baseUrl: string; token?: string; fetch?: typeof fetch } | { transport: Transport });

/** A client of a collector. It asks nothing by itself. An answer of another shape than is described is an error. */
export function createClient(options: ClientOptions): Client {
  const transport =
    'transport' in options
      ? options.transport
      : fetchTransport(options.baseUrl, options.token, options.fetch ?? ((...args) => globalThis.fetch(...args)));
  return clientOver(transport, parsed, options);
}

const parsed: CheckAnswer = (id, { status, body }, request) => {
  const operation: Operation = OPERATIONS[id];
  const found = operation.answer?.safeParse(body);
  if (found?.success === false) {
    throw mismatch({ status, body, error: found.error, request });
  }
  return found?.data;
};
