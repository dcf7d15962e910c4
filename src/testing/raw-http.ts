import { connect, type Socket } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  /** The lines of the head behind the first, as they came. */
  head: string;
  body: string;
}

/** A connection on which a test writes bytes as they are. */
export interface RawConnection {
  /** Writes `bytes` (latin1) and returns the next answer; null when the other side ended without one. */
  ask(bytes: string): Promise<RawAnswer | null>;
  /** Everything that came so far and was not taken as an answer. */
  rest(): string;
  close(): void;
}

/** How long an answer is waited for: one that does not come is a failed test, not a slow one. */
const PATIENCE = 10_000;

/** Opens a connection to the server at `url`. */
export function connectRaw(url: string): RawConnection {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port) });
  let [received, ended] = ['', false];
  const waiting: Array<() => void> = [];
  const wake = () => waiting.splice(0).forEach((go) => go());
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    received += String(chunk);
    wake();
  });
  // Resets are among what the tests provoke; what was received before them counts.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    ended = true;
    wake();
  });
  const take = (isHead: boolean): RawAnswer | null => {
    const found = takeAnswer(received, isHead, ended);
    received = found?.rest ?? received;
    return found?.answer ?? null;
  };
  return {
    async ask(bytes) {
      socket.write(bytes, 'latin1');
      const deadline = Date.now() + PATIENCE;
      for (;;) {
        const answer = take(bytes.startsWith('HEAD '));
        if (answer || ended) {
          return answer;
        }
        if (Date.now() > deadline) {
          socket.destroy();
          throw new Error(`no answer to ${JSON.stringify(bytes.slice(0, 200))}; received ${JSON.stringify(received)}`);
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 1000);
          waiting.push(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
    },
    rest: () => received,
    close: () => socket.destroy(),
  };
}

/** Asks once, on a connection of its own. */
export async function askRaw(url: string, bytes: string): Promise<RawAnswer | null> {
  const connection = connectRaw(url);
  try {
    return await connection.ask(bytes);
  } finally {
    connection.close();
  }
}

function takeAnswer(text: string, isHead: boolean, ended: boolean): { answer: RawAnswer; rest: string } | undefined {
  const end = text.indexOf('\r\n\r\n');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
  if (end < 0 || status === undefined) {
    return undefined;
  }
  const head = text.slice(text.indexOf('\r\n') + 2, end);
  const behind = text.slice(end + 4);
  const done = (length: number, body = behind.slice(0, length)) => ({
    answer: { status: Number(status), head, body },
    rest: behind.slice(length),
  });
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (isHead || status === '204' || status === '304' || status.startsWith('1')) {
    return done(0);
  }
  if (length !== undefined) {
    return behind.length >= Number(length) ? done(Number(length)) : undefined;
  }
  if (/^transfer-encoding: chunked/im.test(head)) {
    const last = behind.indexOf('0\r\n\r\n');
    return last < 0 ? undefined : done(last + 5, withoutChunkSizes(behind.slice(0, last)));
  }
  return ended ? done(behind.length) : undefined;
}

function withoutChunkSizes(text: string): string {
  let [body, at] = ['', 0];
  for (;;) {
    const line = text.indexOf('\r\n', at);
    const size = line < 0 ? 0 : Number.parseInt(text.slice(at, line), 16);
    if (!size) {
      return body;
    }
    body += text.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
}
