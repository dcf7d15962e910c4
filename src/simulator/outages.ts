import { noise, seedOf } from './noise';
import type { Gateway } from './organisation';
import { DAY, MINUTE } from './week';

/** A time (ms, half-open) in which Prometheus has no samples of a gateway. */
export interface Outage {
  from: number;
  to: number;
  /** `network`: the scrape failed and `up` says 0. `prometheus`: Prometheus itself was away and nothing was recorded. */
  cause: 'network' | 'prometheus';
}

/** Lengths in minutes; the longest leaves whole hours without a sample. */
const LENGTHS = [6, 12, 25, 55, 150];

/** How often each kind happens (ms). */
const NETWORK_EVERY = 6 * DAY;
const PROMETHEUS_EVERY = 11 * DAY;

function outagesOf(cause: Outage['cause'], name: string, every: number, from: number, to: number): Outage[] {
  const seed = seedOf(`outage/${cause}/${name}`);
  const outages: Outage[] = [];
  for (let k = Math.floor(from / every) - 1; k <= Math.floor(to / every); k++) {
    const start = Math.floor(((k + 0.8 * noise(seed, k)) * every) / MINUTE) * MINUTE;
    const minutes = LENGTHS[Math.floor(noise(seed + 1, k) * LENGTHS.length)] ?? 0;
    outages.push({ from: start, to: start + minutes * MINUTE, cause });
  }
  return outages.filter((outage) => outage.to > from && outage.from < to);
}

/** When scrapes of `gateway` are missing between `from` and `to` (ms). */
export function outagesBetween(gateway: Gateway, from: number, to: number): Outage[] {
  return [
    ...outagesOf('network', gateway, NETWORK_EVERY, from, to),
    ...outagesOf('prometheus', 'all', PROMETHEUS_EVERY, from, to),
  ];
}
