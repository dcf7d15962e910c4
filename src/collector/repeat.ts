import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './context';

interface Repetition {
  /** Milliseconds between two times. */
  every: number;
  /** The same after it failed; `every` when absent. */
  afterFailure?: number;
  /** What fails, for the log: `cannot plan collections`. */
  failing: string;
  work: () => Promise<void>;
}

/**
 * Does `work` again and again until `signal` is aborted, and waits for what runs then. That it fails is told once, until it
 * works again: an outage is one line in the log.
 */
export async function repeat(
  { log }: Pick<Context, 'log'>,
  signal: AbortSignal,
  { every, afterFailure = every, failing, work }: Repetition,
): Promise<void> {
  let told = false;
  while (!signal.aborted) {
    try {
      await work();
      if (told) {
        log.info(`works again, after: ${failing}`);
      }
      told = false;
    } catch (error) {
      if (!told) {
        log.error({ error: error instanceof Error ? error.message : String(error) }, `${failing}; trying again`);
      }
      told = true;
    }
    await sleep(told ? afterFailure : every, undefined, { signal }).catch(() => undefined);
  }
}
