import { setImmediate as turn } from 'node:timers/promises';

/** How long, in milliseconds, other requests may have to wait. */
const LONGEST = 20;

/**
 * Does `work` for each item, and lets other requests have their turn in between: thousands of rules compared with tens of
 * thousands of resources take seconds.
 */
export async function inPortions<T>(items: T[], work: (item: T) => void): Promise<void> {
  let begun = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - begun > LONGEST) {
      await turn();
      begun = performance.now();
    }
  }
}
