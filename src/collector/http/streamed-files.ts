import type { Readable } from 'node:stream';
import type { Client, Pool } from '../db/pool';
import { streamSnapshot } from '../db/stream-snapshot';
import { ChargebackError } from '../errors';

declare module 'fastify' {
  interface FastifyInstance {
    /** Files of any size that routes below /v1 send. */
    files: StreamedFiles;
  }
}

/** Files that are sent at the same time: each keeps a connection to PostgreSQL until its reader has read it all. */
const AT_ONCE = 3;
/** Milliseconds after which a reader who takes nothing more has lost the file. */
const PATIENCE = 60_000;

/** Sends files of any size, each from one snapshot of the ledger. What ends as it should is whole: a file that cannot be read to its end breaks off with its connection. */
export class StreamedFiles {
  readonly #patience: number;
  #open = 0;

  constructor(patience = PATIENCE) {
    this.#patience = patience;
  }

  /** Resolves when the first part is there, so that what fails before is an error as any. Throws TOO_BUSY. */
  async open(pool: Pool, read: (db: Client) => AsyncIterable<string>): Promise<Readable> {
    if (this.#open >= AT_ONCE) {
      throw new ChargebackError('TOO_BUSY', `${AT_ONCE} files are being read already. Ask again when one has ended.`);
    }
    this.#open += 1;
    return streamSnapshot(pool, read, { patience: this.#patience, onEnd: () => (this.#open -= 1) });
  }
}
