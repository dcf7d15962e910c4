import type { FastifyInstance } from 'fastify';

/** Milliseconds: somebody who asked /readyz within these goes on asking. */
const ASKED_LATELY = 30_000;
/** Milliseconds for which it is waited that such a one hears that nothing more should be sent here. */
const PATIENCE = 5000;

/**
 * The end of a server's work. From `begin` on /readyz says 503 and every answer closes its connection; new connections are
 * taken until one who watches /readyz has heard of it, so that a load balancer sends nobody to a closed door.
 */
export class Draining {
  #begun = false;
  #askedAt = -Infinity;
  #heard: () => void = () => undefined;

  get begun(): boolean {
    return this.#begun;
  }

  /** Has the server keep to it: register before its routes. */
  watch(server: FastifyInstance): void {
    server.addHook('onSend', async (_request, reply) => {
      if (this.#begun) {
        reply.header('connection', 'close');
      }
    });
    server.addHook('onResponse', async ({ routeOptions }) => {
      if (routeOptions.url === '/readyz') {
        this.#askedAt = performance.now();
        if (this.#begun) {
          this.#heard();
        }
      }
      if (this.#begun) {
        // Those whose answer began before would be kept open for further requests.
        setImmediate(() => server.server.closeIdleConnections());
      }
    });
  }

  /** Begins, and resolves when it is time to close the server. */
  async begin(): Promise<void> {
    this.#begun = true;
    if (performance.now() - this.#askedAt < ASKED_LATELY) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
        setTimeout(resolve, PATIENCE).unref();
      });
    }
  }
}
