import { ClientError } from './client-error';
import { stopIfAborted } from './retry-after';

/** A request as it goes out. */
export interface ClientRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the collector's root on, with a leading slash, without parameters. */
  path: string;
  /** A name may come several times. */
  query: Array<[name: string, value: string]>;
  headers: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** What the body of a success is read as. */
  as: 'json' | 'file';
  signal?: AbortSignal;
}

/** An answer as it came in, whatever its status. */
export interface ClientAnswer {
  status: number;
  headers: { get(name: string): string | null };
  /** What JSON says, text that is none, a Blob for a file; undefined for nothing. */
  body: unknown;
}

/** Sends a request. It rejects only when there is no answer, or with the reason of an aborted signal. */
export type Transport = (request: ClientRequest) => Promise<ClientAnswer>;

/** Sends by `fetch` of Node or of a browser, with a bearer token. */
export function fetchTransport(baseUrl: string, token: string | undefined, send: typeof fetch): Transport {
  const root = baseUrl.replace(/\/+$/, '');
  return async ({ method, path, query, headers, body, as, signal }) => {
    const parameters = query.length > 0 ? `?${new URLSearchParams(query).toString()}` : '';
    let answer: Response;
    try {
      answer = await send(`${root}${path}${parameters}`, {
        method,
        headers: {
          ...headers,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (error) {
      stopIfAborted(signal);
      throw noAnswer(`${method} ${root}${path}`, error);
    }
    const { status } = answer;
    return {
      status,
      headers: answer.headers,
      body: as === 'file' && answer.ok ? await answer.blob() : parsed(await answer.text()),
    };
  };
}

function noAnswer(request: string, error: unknown): ClientError {
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new ClientError(
    {
      status: 0,
      code: 'NO_ANSWER',
      title: 'No answer',
      detail: `${request}: nothing answers (${reason instanceof Error ? reason.message : String(reason)}).`,
    },
    undefined,
    { cause: error },
  );
}

function parsed(text: string): unknown {
  if (text === '') {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
