import { refusal } from './client-error';
import type { InputOf, NamedFile, OutputOf, Route } from './operation';
import type { OPERATIONS } from './operations';
import { pause, retryAfter, stopIfAborted } from './retry-after';
import { ROUTES, type OperationId } from './routes';
import type { ClientAnswer, ClientRequest, Transport } from './transport';

/** How a client asks. */
export interface AskingOptions {
  /** How often a GET is asked again when the answer is 429 or 503 with Retry-After; 2 when absent. */
  retries?: number;
  /** The longest that is waited before asking again, in seconds (30): an answer that asks for more is an error. */
  longestWait?: number;
}

/** The answer of an operation as it is described, or throws a ClientError; `request` is what was asked, in words. */
export type CheckAnswer = (id: OperationId, answer: ClientAnswer, request: string) => unknown;

/** What goes with one request. */
export interface CallOptions {
  signal?: AbortSignal;
  /** The ETag with which the thing was read: a write is refused (412) when it was changed since. */
  ifMatch?: string;
  /** Of a POST; made for each call when absent. Give one of your own to repeat a call without doing it twice. */
  idempotencyKey?: string;
}

/** An answer with what its headers say. */
export interface Answer<T> {
  data: T;
  status: number;
  etag: string | null;
}

type OperationOf<Id extends OperationId> = (typeof OPERATIONS)[Id];
export type Input<Id extends OperationId> = InputOf<OperationOf<Id>>;
export type Output<Id extends OperationId> = OutputOf<OperationOf<Id>>;
export type Arguments<Id extends OperationId> =
  Record<never, never> extends Input<Id>
    ? [input?: Input<Id>, options?: CallOptions]
    : [input: Input<Id>, options?: CallOptions];

/** Operations that answer page by page. */
export type PagedId = { [Id in OperationId]: OperationOf<Id> extends { pages: object } ? Id : never }[OperationId];
type Row<Id extends PagedId> =
  OperationOf<Id> extends { pages: { rows: infer Key } }
    ? Key extends keyof Output<Id>
      ? Output<Id>[Key] extends Array<infer One>
        ? One
        : never
      : never
    : never;

/** A method for every operation, and what holds for several. Money and quantities stay decimal text. Errors are ClientErrors. */
export type Client = {
  [Id in OperationId]: (...args: Arguments<Id>) => Promise<Output<Id>>;
} & {
  /** Like the method of that name, with the answer's ETag. */
  ask<Id extends OperationId>(id: Id, ...args: Arguments<Id>): Promise<Answer<Output<Id>>>;
  /** The rows of all pages, one after the other; a page is asked for when it is needed. */
  each<Id extends PagedId>(id: Id, ...args: Arguments<Id>): AsyncGenerator<Row<Id>, void, undefined>;
};

/** Rows of a page that `each` asks for, unless the input has a limit. */
const PAGE = 500;

/** A client whose requests go over a transport; the bodies of answers are what `check` makes of them. */
export function clientOver(
  transport: Transport,
  check: CheckAnswer,
  { retries = 2, longestWait = 30 }: AskingOptions = {},
): Client {
  const send = async (request: ClientRequest): Promise<ClientAnswer> => {
    for (let attempt = 0; ; attempt++) {
      stopIfAborted(request.signal);
      const answer = await transport(request);
      const wait =
        request.method === 'GET' && (answer.status === 429 || answer.status === 503) && attempt < retries
          ? retryAfter(answer.headers.get('retry-after'), Date.now())
          : null;
      if (wait === null || wait > longestWait * 1000) {
        return answer;
      }
      await pause(wait, request.signal);
    }
  };

  const ask = async (id: OperationId, input: object = {}, call: CallOptions = {}): Promise<Answer<unknown>> => {
    const route: Route = ROUTES[id];
    const request = requestOf(route, input, call);
    const answer = await send(request);
    const { status, headers, body } = answer;
    const what = `${route.method} ${request.path}`;
    if ((status < 200 || status > 299) && status !== route.also) {
      throw refusal(status, body, what);
    }
    const etag = headers.get('etag');
    if (route.file === undefined) {
      return { data: status === 204 ? undefined : check(id, answer, what), status, etag };
    }
    return { data: fileOf(route, answer), status, etag };
  };

  async function* each(id: PagedId, input: object = {}, call: CallOptions = {}): AsyncGenerator<unknown> {
    const { by, rows: key } = ROUTES[id].pages;
    const limit = 'limit' in input ? Number(input.limit) : PAGE;
    let page: object = { offset: 0, ...input, limit };
    if (by === 'cursor') {
      page = { ...input, limit };
    }
    for (;;) {
      const answer = (await ask(id, page, call)).data as Record<string, unknown>;
      const rows = answer[key] as unknown[];
      yield* rows;
      const more = by === 'cursor' ? answer.next_cursor !== null : rows.length === limit;
      if (!more) {
        return;
      }
      page =
        by === 'cursor'
          ? { ...page, cursor: answer.next_cursor }
          : { ...page, offset: Number((page as { offset: number }).offset) + rows.length };
    }
  }

  const methods = Object.fromEntries(
    (Object.keys(ROUTES) as OperationId[]).map((id) => [
      id,
      async (input?: object, call?: CallOptions) => (await ask(id, input, call)).data,
    ]),
  );
  return { ...methods, ask, each } as unknown as Client;
}

/** What stands in a path or behind its `?`. */
type Parameter = string | number | undefined | Array<string | number>;

/** The file that an answer is, with the name that the collector gives it. */
export function fileOf(route: Route, { headers, body }: Pick<ClientAnswer, 'headers' | 'body'>): NamedFile {
  const name = /filename="?([^";]+)"?/.exec(headers.get('content-disposition') ?? '')?.[1];
  return { name: name ?? route.path.split('/').at(-1) ?? '', content: body as Blob };
}

/** The request of an operation with this input. */
export function requestOf(route: Route, input: object, call: CallOptions): ClientRequest {
  const { body, ...rest } = input as { body?: unknown };
  const parameters = rest as Record<string, Parameter>;
  const inPath = new Set<string>();
  const path = route.path.replace(/:(\w+)/g, (_part, name: string) => {
    inPath.add(name);
    const text = [parameters[name] ?? ''].flat().join();
    if (/^\.{0,2}$/.test(text)) {
      throw new TypeError(`${route.path}: "${text}" cannot be its ${name}`);
    }
    return encodeURIComponent(text);
  });
  const query = Object.entries(parameters).flatMap(([name, value]): Array<[string, string]> =>
    inPath.has(name) || value === undefined ? [] : [value].flat().map((one) => [name, String(one)]),
  );
  return {
    method: route.method,
    path,
    query,
    headers: {
      accept: route.file ?? 'application/json',
      ...(call.ifMatch !== undefined && { 'If-Match': call.ifMatch }),
      ...(route.method === 'POST' && { 'Idempotency-Key': call.idempotencyKey ?? newKey() }),
    },
    ...(body !== undefined && { body }),
    as: route.file === undefined ? 'json' : 'file',
    ...(call.signal && { signal: call.signal }),
  };
}

/** 128 random bits. Not randomUUID, which browsers have on https only. */
function newKey(): string {
  return [...globalThis.crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
