import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it arrived. */
export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A real HTTP server on loopback that keeps what it receives and answers what it is told to. */
export interface WebhookReceiver {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  requests: ReceivedRequest[];
  stop(): Promise<void>;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
}

/** Starts one on `port`, or a free one. `answer` is 204 when absent. */
export async function startWebhookReceiver({
  port = 0,
  answer = async () => ({ status: 204 }),
}: { port?: number; answer?: (request: ReceivedRequest) => Promise<Answer> } = {}): Promise<WebhookReceiver> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const received = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      requests.push(received);
      const { status, headers } = await answer(received);
      response.writeHead(status, headers).end();
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    port: own,
    requests,
    async stop() {
      if (server.listening) {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await closed;
      }
    },
  };
}
