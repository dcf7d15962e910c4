import { request } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createToken } from '../collector/access/tokens';
import { createServer } from '../collector/http/server';
import type { Role } from '../api/common';
import { testContext } from './test-context';

export interface ApiAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The body as JSON; undefined when it is none. */
  json: unknown;
}

export interface ApiRequest {
  method?: string;
  headers?: Record<string, string | string[]>;
  /** Sent as JSON, a string as it is. */
  body?: unknown;
}

/** The collector's HTTP server on a free port of loopback. */
export interface ApiServer {
  url: string;
  /** Sends exactly this path: nothing is cleaned or encoded on the way. */
  ask(path: string, options?: ApiRequest): Promise<ApiAnswer>;
  /** Like ask, as the administrator, who writes over whatever is there unless the headers say otherwise. */
  asAdmin(path: string, options?: ApiRequest): Promise<ApiAnswer>;
  /** Headers of a new token. */
  token(role: Role, workspace?: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

export const ADMIN_TOKEN = 'the-admin-token-of-the-tests';
export const GRAFANA_KEY = 'the-shared-key-of-the-tests';

/** Starts a server on a test's database; `environment` adds to the configuration, replaces, or (undefined) leaves out. */
export async function startApi(
  databaseUrl: string,
  environment: Record<string, string | undefined> = {},
  now: () => number = Date.now,
): Promise<ApiServer> {
  const all = {
    DATABASE_URL: databaseUrl,
    CHARGEBACK_ADMIN_TOKEN: ADMIN_TOKEN,
    CHARGEBACK_GRAFANA_KEY: GRAFANA_KEY,
    // Tests ask as fast as they can; those of the limit set one.
    CHARGEBACK_RATE_LIMIT: '0',
    ...environment,
  };
  const context = testContext(
    Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    now,
  );
  const server = await createServer(context);
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const ask = (path: string, options: ApiRequest = {}) => send(port, path, options);
  return {
    url: `http://127.0.0.1:${port}`,
    ask,
    asAdmin: (path, options = {}) =>
      ask(path, {
        ...options,
        headers: {
          authorization: `Bearer ${ADMIN_TOKEN}`,
          ...((options.method === 'PUT' || options.method === 'DELETE') && { 'if-match': '*' }),
          ...options.headers,
        },
      }),
    async token(role, workspace) {
      const workspaces = workspace === undefined ? null : [workspace];
      const { token } = await createToken(
        context.pool,
        { role, workspaces, expires_at: null },
        { actor: 'test', now: now() },
      );
      return { authorization: `Bearer ${token}` };
    },
    async close() {
      await server.close();
      await context.pool.end();
    },
  };
}

async function send(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: ApiRequest,
): Promise<ApiAnswer> {
  const content = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const sent = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: {
      ...(content === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(content)) }),
      ...headers,
    },
    agent: false,
  });
  sent.end(content);
  const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: answer.statusCode ?? 0, headers: answer.headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
