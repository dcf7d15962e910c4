/** Milliseconds that a Retry-After says (seconds or a date), from `now` on; null when it says nothing. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') {
    return null;
  }
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
}

/** Throws the reason of a signal that was aborted. (`throwIfAborted` is younger than some browsers and jsdom.) */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw signal.reason as Error;
  }
}

/** Resolves after `milliseconds`; rejects with the reason as soon as `signal` is aborted. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    stopIfAborted(signal);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
