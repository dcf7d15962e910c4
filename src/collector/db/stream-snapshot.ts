import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client, Pool } from './pool';
import { inSnapshot } from './snapshot';

/**
 * What `read` finds in one snapshot of the ledger, as a stream that is read as fast as it is taken: memory does not grow
 * with it. Resolves when the first part is there, so that what fails before rejects; what fails later breaks the stream
 * off. The transaction ends with the stream, also when nobody takes anything for `patience` milliseconds.
 */
export function streamSnapshot(
  pool: Pool,
  read: (db: Client) => AsyncIterable<string>,
  { patience = Infinity, onEnd = () => undefined }: { patience?: number; onEnd?: () => void } = {},
): Promise<Readable> {
  return new Promise((resolve, reject) => {
    const stream = new PassThrough();
    // Whoever takes the stream listens too; between here and there nobody would.
    stream.on('error', () => undefined);
    inSnapshot(pool, async (db) => {
      const parts = read(db)[Symbol.asyncIterator]();
      const first = await parts.next();
      resolve(stream);
      await pipeline(inTime(first, parts, stream, patience), stream);
    })
      .catch((error: unknown) => {
        const failure = error instanceof Error ? error : new Error(String(error));
        reject(failure);
        stream.destroy(failure);
      })
      .finally(onEnd);
  });
}

/** The parts; the stream is given up when the next one is not asked for in time. */
async function* inTime(
  first: IteratorResult<string>,
  rest: AsyncIterator<string>,
  stream: Readable,
  patience: number,
): AsyncGenerator<string, void> {
  try {
    for (let part = first; !part.done; part = await rest.next()) {
      const giveUp = () => stream.destroy(new Error('nobody read on in the stream; it was given up'));
      const timer = patience < Infinity ? setTimeout(giveUp, patience) : undefined;
      try {
        yield part.value;
      } finally {
        clearTimeout(timer);
      }
    }
  } finally {
    await rest.return?.();
  }
}
