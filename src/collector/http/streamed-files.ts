import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { Client } from '../db/pool';
import { streamSnapshot } from '../db/stream-snapshot';
import { ChargebackError } from '../errors';
import { askerOf } from './rate-limits';

declare module 'fastify' {
  interface FastifyInstance {
    /** Files of any size that routes below /v1 send. */
    files: StreamedFiles;
  }
}

/** Files that are sent at the same time: each keeps a connection to PostgreSQL until its reader has read it all. */
const AT_ONCE = 3;
/** Of those as many as one asker may have, so that nobody keeps files from all others. */
const OF_ONE = 2;
/** Milliseconds after which a reader who takes nothing more has lost the file. */
const PATIENCE = 60_000;

/** Sends files of any size, each from one snapshot of the ledger. What ends as it should is whole: a file that cannot be read to its end breaks off with its connection. */
export class StreamedFiles {
  readonly #patience: number;
  readonly #open: string[] = [];

  constructor(patience = PATIENCE) {
    this.#patience = patience;
  }

  /** A file of what the request may see. Resolves when the first part is there, so that what fails before is an error as any. Throws TOO_BUSY. */
  async open(request: FastifyRequest, read: (db: Client) => AsyncIterable<string>): Promise<Readable> {
    const asker = askerOf(request);
    if (this.#open.length >= AT_ONCE) {
      throw new ChargebackError('TOO_BUSY', `${AT_ONCE} files are being read already. Ask again when one has ended.`);
    }
    if (this.#open.filter((one) => one === asker).length >= OF_ONE) {
      throw new ChargebackError('TOO_BUSY', `You read ${OF_ONE} files already. Ask again when one has ended.`);
    }
    this.#open.push(asker);
    return streamSnapshot(request.seen.pool, read, {
      patience: this.#patience,
      onEnd: () => void this.#open.splice(this.#open.indexOf(asker), 1),
    });
  }
}
