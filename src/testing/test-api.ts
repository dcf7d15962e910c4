import { join } from 'node:path';
import type { TestLedger } from './ledger';
import { startServer } from './local-server';
import { programEnvironment } from './run-chargeback';

export interface ApiAnswer {
  status: number;
  text: string;
  type: string;
  /** The answer as JSON; it is for the test to say what it expects there. */
  json<T>(): T;
}

/** `chargeback serve` of a ledger, on a port of loopback. */
export interface TestApi {
  url: string;
  get(path: string, token?: string | null): Promise<ApiAnswer>;
  /** With `ifMatch` a PUT or DELETE is of that version only. */
  send(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    token?: string | null,
    ifMatch?: string,
  ): Promise<ApiAnswer>;
  log(): string;
  stop(): Promise<void>;
}

export const ADMIN_TOKEN = 'the-token-of-the-administrator';

/**
 * Starts the API of a ledger. Without a `token` a request is the administrator's; `null` sends none; a `body` that is
 * text is sent as it is. It does not know Prometheus, so that it collects nothing behind the test's back, unless
 * `environment` says where Prometheus is.
 */
export async function startApi(ledger: TestLedger, environment: Record<string, string> = {}): Promise<TestApi> {
  const server = await startServer({
    command: process.execPath,
    args: [join(process.cwd(), 'bin/chargeback.mjs'), 'serve'],
    environment: programEnvironment({
      ...ledger.environment,
      PROMETHEUS_URL: '',
      CHARGEBACK_LISTEN: '127.0.0.1:0',
      CHARGEBACK_ADMIN_TOKEN: ADMIN_TOKEN,
      CHARGEBACK_RATE_LIMIT: '0',
      ...environment,
    }),
    url: (log) => /"url":"(http:\/\/127\.0\.0\.1:\d+)"/.exec(log)?.[1],
    ready: '/healthz',
  });
  const ask = async (
    method: string,
    path: string,
    token: string | null,
    body?: unknown,
    ifMatch = '*',
  ): Promise<ApiAnswer> => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...((method === 'PUT' || method === 'DELETE') && { 'if-match': ifMatch }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      text,
      type: answer.headers.get('content-type') ?? '',
      json: <T>() => JSON.parse(text) as T,
    };
  };
  return {
    url: server.url,
    get: (path, token = ADMIN_TOKEN) => ask('GET', path, token),
    send: (method, path, body, token = ADMIN_TOKEN, ifMatch) => ask(method, path, token, body, ifMatch),
    log: server.log,
    stop: server.stop,
  };
}
