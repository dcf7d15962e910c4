import type { Growth } from './counters';
import { noise, seedOf } from './noise';
import { FLOWS, type Flow } from './organisation';
import { DAY, MINUTE, weightAt } from './week';

const { floor } = Math;

/** Messages that one request of a client carries, on average. */
const MESSAGES_PER_PRODUCE = 40;
const MESSAGES_PER_FETCH = 90;
const FETCHES_PER_COMMIT = 12;

/** Requests of one operation on one virtual cluster. */
export interface Requests {
  labels: { virtual_cluster: string; operation: string };
  growth: Growth;
}

/** The mean number of messages a minute of `flows` together. Flows of equal shape are added first: this runs for every minute. */
function meanOf(flows: Flow[], start: number): (minute: number) => number {
  const shapes = new Map<string, { flow: Flow; perMinute: number }>();
  for (const flow of flows) {
    const key = [flow.profile, flow.from, flow.until, flow.doublesAt].join();
    const shape = shapes.get(key) ?? { flow, perMinute: 0 };
    shape.perMinute += flow.messagesPerSecond * 60;
    shapes.set(key, shape);
  }
  const parts = [...shapes.values()].map(({ flow, perMinute }) => ({
    profile: flow.profile,
    perMinute,
    from: (start + flow.from * DAY) / MINUTE,
    until: (start + flow.until * DAY) / MINUTE,
    doubles: (start + flow.doublesAt * DAY) / MINUTE,
  }));
  return (minute) => {
    let sum = 0;
    for (const part of parts) {
      if (minute >= part.from && minute < part.until) {
        sum += part.perMinute * weightAt(part.profile, minute) * (minute >= part.doubles ? 2 : 1);
      }
    }
    return sum;
  };
}

/**
 * The requests on `cluster`, by operation: Produce and Fetch follow the messages of its flows, clients ask for metadata
 * at an even pace and commit what they fetched. `start` is the instant (ms) from which the organisation's days count.
 */
export function requestsOf(cluster: string, start: number): Requests[] {
  const flows = FLOWS.filter((flow) => flow.cluster === cluster);
  const produced = meanOf(
    flows.filter((flow) => flow.direction === 'produce'),
    start,
  );
  const consumed = meanOf(
    flows.filter((flow) => flow.direction === 'consume'),
    start,
  );
  const operations: Record<string, (minute: number) => number> = {
    Produce: (minute) => produced(minute) / MESSAGES_PER_PRODUCE,
    Fetch: (minute) => consumed(minute) / MESSAGES_PER_FETCH,
    Metadata: () => flows.length * 2,
    OffsetCommit: (minute) => consumed(minute) / (MESSAGES_PER_FETCH * FETCHES_PER_COMMIT),
  };
  return Object.entries(operations).map(([operation, mean]) => {
    const seed = seedOf(`requests/${cluster}/${operation}`);
    const growth: Growth = (minute) => {
      const unrest = 0.85 + 0.3 * noise(seed, minute);
      return floor(mean(minute) * unrest + noise(seed + 1, minute));
    };
    return { labels: { virtual_cluster: cluster, operation }, growth };
  });
}
