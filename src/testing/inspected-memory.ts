import { WebSocket } from 'undici';

/** Bytes of a Node process. */
export interface Memory {
  rss: number;
  heapUsed: number;
  external: number;
}

/**
 * The memory of a Node process that was started with `--inspect=127.0.0.1:0`, after its garbage is collected; `log` is
 * what it has written, in which Node tells the address of the debugger.
 */
export async function inspectedMemory(log: string): Promise<Memory> {
  const address = /^Debugger listening on (ws:\/\/127\.0\.0\.1:\d+\/\S+)$/m.exec(log)?.[1];
  if (!address) {
    throw new Error('the process was not started with --inspect=127.0.0.1:0');
  }
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  const call = async (id: number, method: string, params: object = {}) => {
    socket.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const message = await new Promise<string>((resolve, reject) => {
        socket.addEventListener('message', ({ data }) => resolve(String(data)), { once: true });
        socket.addEventListener('close', () => reject(new Error('the process ended')), { once: true });
      });
      const answer = JSON.parse(message) as { id?: number; result?: { result?: { value?: Memory } } };
      if (answer.id === id) {
        return answer.result?.result?.value;
      }
    }
  };
  try {
    await call(1, 'HeapProfiler.collectGarbage');
    const memory = await call(2, 'Runtime.evaluate', {
      expression: '(({ rss, heapUsed, external }) => ({ rss, heapUsed, external }))(process.memoryUsage())',
      returnByValue: true,
    });
    if (!memory) {
      throw new Error('the process does not tell its memory');
    }
    return memory;
  } finally {
    socket.close();
  }
}
