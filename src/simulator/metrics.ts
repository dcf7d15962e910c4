import { Counter, type Growth } from './counters';
import type { Family, Series } from './family';
import { latencyFamily } from './latency';
import { processAt } from './lifetimes';
import { noise, seedOf } from './noise';
import { clustersOf, FLOWS, type Flow, type Gateway } from './organisation';
import { requestsOf } from './requests';
import { trafficOf } from './traffic';
import { DAY, MINUTE, weightAt } from './week';

/** A counter appears with its first unit, as client libraries make a labelled counter when it is first used. */
function counterSeries(gateway: Gateway, labels: Record<string, string>, growth: Growth): Series {
  const counter = new Counter(gateway, growth);
  return {
    suffix: '_total',
    labels,
    at: (at) => {
      const value = counter.at(at);
      return value > 0 ? String(value) : null;
    },
  };
}

function flowSeries(flow: Flow, start: number, what: 'messages' | 'bytes'): Series {
  const traffic = trafficOf(flow, start);
  const labels = {
    virtual_cluster: flow.cluster,
    topic: flow.topic,
    service_account: flow.serviceAccount,
    direction: flow.direction,
  };
  return counterSeries(flow.gateway, labels, (minute) => traffic(minute)[what]);
}

function connectionSeries(gateway: Gateway, cluster: string): Series {
  const seed = seedOf(`connections/${cluster}`);
  const clients = FLOWS.filter((flow) => flow.cluster === cluster).length;
  const pool = gateway === 'prod' ? 6 : 2;
  return {
    suffix: '',
    labels: { virtual_cluster: cluster },
    at: (at) => {
      const minute = Math.floor(at / MINUTE);
      // Clients come back one by one after a restart.
      const back = Math.min(1, (at - processAt(gateway, at).startedAt) / (3 * MINUTE));
      const open = clients * pool * (0.5 + 0.5 * weightAt('office', minute)) * (0.9 + 0.2 * noise(seed, minute));
      return String(Math.round(open * back));
    },
  };
}

/**
 * What `gateway` exposes. `start` is the instant (ms) from which the organisation's days count. The series keep a
 * place in time: read them at ascending instants.
 */
export function familiesOf(gateway: Gateway, start: number): Family[] {
  const flows = FLOWS.filter((flow) => flow.gateway === gateway);
  const clusters = clustersOf(gateway);
  const requests = clusters.flatMap((cluster) => requestsOf(cluster, start));
  return [
    {
      name: 'bifrost_bytes',
      type: 'counter',
      help: 'Bytes through the gateway.',
      series: flows.map((flow) => flowSeries(flow, start, 'bytes')),
    },
    {
      name: 'bifrost_messages',
      type: 'counter',
      help: 'Messages through the gateway.',
      series: flows.map((flow) => flowSeries(flow, start, 'messages')),
    },
    {
      name: 'bifrost_requests',
      type: 'counter',
      help: 'Kafka requests by operation.',
      series: requests.map(({ labels, growth }) => counterSeries(gateway, labels, growth)),
    },
    { ...latencyFamily(gateway, requests), backfill: 2 * DAY },
    {
      name: 'bifrost_active_connections',
      type: 'gauge',
      help: 'Open client connections.',
      series: clusters.map((cluster) => connectionSeries(gateway, cluster)),
    },
    {
      name: 'process_start_time_seconds',
      type: 'gauge',
      help: 'Start of the process, in seconds since the epoch.',
      series: [{ suffix: '', labels: {}, at: (at) => String(processAt(gateway, at).startedAt / 1000) }],
    },
  ];
}
