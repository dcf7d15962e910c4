import { Counter, type Growth } from './counters';
import type { Family, Series } from './family';
import { noise, seedOf } from './noise';
import type { Gateway } from './organisation';
import type { Requests } from './requests';

const { floor, max } = Math;

/** Upper bounds of the buckets (seconds) and the share of a quiet minute's requests that stay below. */
const BUCKETS = [
  { le: '0.005', share: 0.42 },
  { le: '0.01', share: 0.68 },
  { le: '0.025', share: 0.87 },
  { le: '0.05', share: 0.95 },
  { le: '0.1', share: 0.985 },
  { le: '0.5', share: 0.998 },
];

/** Mean time of a request in a quiet minute (µs). */
const MEAN_MICROSECONDS = 14_000;

function histogram(gateway: Gateway, { labels, growth }: Requests): Series[] {
  const seed = seedOf(`latency/${labels.virtual_cluster}/${labels.operation}`);
  // One minute in forty is slow: the share that misses each bound triples.
  const slowness = (minute: number): number => (noise(seed, minute) < 0.025 ? 3 : 1);
  const below = (share: number): Growth => {
    return (minute) => floor(growth(minute) * max(0, 1 - (1 - share) * slowness(minute)));
  };
  const series = (
    suffix: string,
    extra: Record<string, string>,
    units: Growth,
    text: (units: number) => string = String,
  ): Series => {
    const counter = new Counter(gateway, units);
    return { suffix, labels: { ...labels, ...extra }, at: (at) => text(counter.at(at)) };
  };
  return [
    ...BUCKETS.map(({ le, share }) => series('_bucket', { le }, below(share))),
    series('_bucket', { le: '+Inf' }, growth),
    series('_count', {}, growth),
    series('_sum', {}, (minute) => growth(minute) * MEAN_MICROSECONDS * slowness(minute), seconds),
  ];
}

/** Whole microseconds as decimal seconds. */
function seconds(microseconds: number): string {
  const digits = String(microseconds).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** How long the requests took that `gateway` answered. */
export function latencyFamily(gateway: Gateway, requests: Requests[]): Family {
  return {
    name: 'bifrost_request_latency_seconds',
    type: 'histogram',
    help: 'Time to answer a request.',
    series: requests.flatMap((one) => histogram(gateway, one)),
  };
}
