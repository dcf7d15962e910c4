import { processAt } from './lifetimes';
import type { Gateway } from './organisation';
import { outagesBetween } from './outages';

/** How often Prometheus scrapes (seconds) in a stretch of time that ends at `to` (ms). */
export interface Pace {
  to: number;
  seconds: number;
}

/** A scrape of a gateway at the instant `at` (ms, a whole second) and whether it succeeded. */
export interface Scrape {
  at: number;
  up: boolean;
}

/** Seconds by which the scrapes of a gateway lie behind a multiple of the interval, as Prometheus spreads its targets. */
const OFFSET: Record<Gateway, number> = { dev: 2, stage: 7, prod: 11 };

/** No outage reaches into the last hours (ms) of a range: what is looked at first should be whole. */
const QUIET_END = 4 * 3_600_000;

/**
 * The scrapes of `gateway` in (from, to] (ms), ascending; `paces` in order of time, the last one reaching `to`. Scrapes
 * are missing while Prometheus was away and failed while the gateway could not be reached; `until` is the end of the
 * whole history, of which (from, to] may be a part.
 */
export function scrapesBetween(gateway: Gateway, from: number, to: number, paces: Pace[], until = to): Scrape[] {
  const outages = outagesBetween(gateway, from, to).filter((outage) => outage.to <= until - QUIET_END);
  const away = outages.filter((outage) => outage.cause === 'prometheus');
  const unreachable = outages.filter((outage) => outage.cause === 'network');
  const scrapes: Scrape[] = [];
  let last = from;
  for (const pace of paces) {
    const step = pace.seconds * 1000;
    const offset = (OFFSET[gateway] * 1000) % step;
    const first = (Math.floor((last - offset) / step) + 1) * step + offset;
    for (let at = first; at <= Math.min(pace.to, to); at += step) {
      last = at;
      if (away.some((outage) => at >= outage.from && at < outage.to)) {
        continue;
      }
      const reached = !unreachable.some((outage) => at >= outage.from && at < outage.to);
      scrapes.push({ at, up: reached && processAt(gateway, at).up });
    }
    if (pace.to >= to) {
      break;
    }
  }
  return scrapes;
}
