import { noise, seedOf } from './noise';
import type { Gateway } from './organisation';
import { DAY, MINUTE } from './week';

/** Mean time between two restarts of a gateway (ms): what changes more is deployed more often. */
const RESTART_EVERY: Record<Gateway, number> = { dev: 3 * DAY, stage: 5 * DAY, prod: 8 * DAY };

/** How long a gateway is down before it is back (ms). */
const RESTART_TAKES = 40_000;

const SEED: Record<Gateway, number> = {
  dev: seedOf('restart/dev'),
  stage: seedOf('restart/stage'),
  prod: seedOf('restart/prod'),
};

/** The restart of period `k`: on a whole minute, somewhere in the first 60 % of its period. */
function restartOf(gateway: Gateway, k: number): number {
  const every = RESTART_EVERY[gateway];
  const at = (k + 0.6 * noise(SEED[gateway], k)) * every;
  return Math.floor(at / MINUTE) * MINUTE;
}

/** The process of a gateway at an instant: when it started and the next one starts (ms, on whole minutes), and whether it answers. */
export interface Process {
  startedAt: number;
  replacedAt: number;
  up: boolean;
}

/** Which process of `gateway` runs at the instant `at` (ms). Counters fall to zero from one process to the next. */
export function processAt(gateway: Gateway, at: number): Process {
  const k = Math.floor(at / RESTART_EVERY[gateway]);
  const restarts = [restartOf(gateway, k - 1), restartOf(gateway, k), restartOf(gateway, k + 1)];
  const replacedAt = restarts.find((restart) => restart > at) ?? restartOf(gateway, k + 2);
  const startedAt = restarts.filter((restart) => restart <= at).at(-1) ?? restartOf(gateway, k - 2);
  return { startedAt, replacedAt, up: !restarts.some((restart) => at >= restart - RESTART_TAKES && at < restart) };
}
