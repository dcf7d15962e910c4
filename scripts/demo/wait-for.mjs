import { setTimeout as sleep } from 'node:timers/promises';
import { lastWords } from './processes.mjs';

/**
 * Asks `ready()` until it is true. Throws with the last words of `server` when that ends first, or after `limit` ms.
 */
export async function waitFor(what, server, ready, limit = 60_000) {
  const deadline = Date.now() + limit;
  for (;;) {
    if (await ready().catch(() => false)) {
      return;
    }
    if (!server.isRunning()) {
      throw new Error(`${what} did not start; the end of ${server.log}:\n${lastWords(server.log)}`);
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${what} was not ready after ${limit / 1000} s; the end of ${server.log}:\n${lastWords(server.log)}`,
      );
    }
    await sleep(100);
  }
}

/** Whether `url` answers with a status below 300. */
export async function answers(url, options = {}) {
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(5000) });
  await response.arrayBuffer();
  return response.ok;
}
