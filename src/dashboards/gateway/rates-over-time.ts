import { EMPTY } from '../panels/empty-texts';
import { promqlLines } from '../panels/promql-lines';
import { promqlQuery } from '../promql-query';
import { CHOSEN, CLUSTERS, orZero, perSecond } from './series';

const WINDOW =
  'A rate over the time between two points of the chart, at least four scrapes; a counter that was reset counts from zero.';
const NO_TRAFFIC = { direction: 'no traffic' };

/** Bytes a second. */
export const bytesPerSecond = (id: number) =>
  promqlLines({
    id,
    title: 'Bytes a second',
    description: `Bytes through the gateways: produced by clients, and consumed by them. ${WINDOW}`,
    queries: [
      promqlQuery({
        expr: orZero(
          `sum by (direction) (${perSecond('bifrost_bytes_total', CHOSEN)})`,
          `bifrost_bytes_total{${CHOSEN}}`,
          NO_TRAFFIC,
        ),
        legend: '{{direction}}',
      }),
    ],
    unit: 'binBps',
    noValue: EMPTY.noSeries,
  });

/** Messages a second. */
export const messagesPerSecond = (id: number) =>
  promqlLines({
    id,
    title: 'Messages a second',
    description: `Messages through the gateways: produced by clients, and consumed by them. ${WINDOW}`,
    queries: [
      promqlQuery({
        expr: orZero(
          `sum by (direction) (${perSecond('bifrost_messages_total', CHOSEN)})`,
          `bifrost_messages_total{${CHOSEN}}`,
          NO_TRAFFIC,
        ),
        legend: '{{direction}}',
      }),
    ],
    unit: 'mps',
    noValue: EMPTY.noSeries,
  });

/** Requests a second. */
export const requestsPerSecond = (id: number) =>
  promqlLines({
    id,
    title: 'Requests a second',
    description: `Kafka requests that the gateways answered. Requests name no service account: all of the chosen clusters. ${WINDOW}`,
    queries: [
      promqlQuery({
        expr: orZero(
          `sum by (operation) (${perSecond('bifrost_requests_total', CLUSTERS)})`,
          `bifrost_requests_total{${CLUSTERS}}`,
          {
            operation: 'no requests',
          },
        ),
        legend: '{{operation}}',
      }),
    ],
    unit: 'reqps',
    noValue: EMPTY.noSeries,
  });

const quantile = (share: number, refId: string) =>
  promqlQuery({
    refId,
    expr: `histogram_quantile(${share}, sum by (le) (${perSecond('bifrost_request_latency_seconds_bucket', CLUSTERS)}))`,
    legend: `p${share * 100}`,
  });

/** How long requests take. */
export const latency = (id: number) =>
  promqlLines({
    id,
    title: 'Latency: p50, p95, p99',
    description:
      'The time within which half, 95 % and 99 % of the requests to the chosen clusters were answered, straight lines between the bounds of the histogram. Without requests there is no latency.',
    queries: [quantile(0.5, 'A'), quantile(0.95, 'B'), quantile(0.99, 'C')],
    unit: 's',
    noValue: EMPTY.noSeries,
  });

/** Who is connected. */
export const activeConnections = (id: number) =>
  promqlLines({
    id,
    title: 'Active connections',
    description: 'Open client connections at each point of the chart.',
    queries: [
      promqlQuery({
        expr: `sum by (virtual_cluster) (bifrost_active_connections{${CLUSTERS}})`,
        legend: '{{virtual_cluster}}',
      }),
    ],
    unit: 'short',
    decimals: 0,
    noValue: EMPTY.noSeries,
  });

/** How large messages are. */
export const meanMessageSize = (id: number) =>
  promqlLines({
    id,
    title: 'Mean message size',
    description: 'Bytes over messages in the time between two points of the chart. Without messages there is no size.',
    queries: [
      promqlQuery({
        expr: `sum by (direction) (${perSecond('bifrost_bytes_total', CHOSEN)}) / (sum by (direction) (${perSecond('bifrost_messages_total', CHOSEN)}) > 0)`,
        legend: '{{direction}}',
      }),
    ],
    unit: 'bytes',
    noValue: EMPTY.noSeries,
  });

const hourly = (direction: string, price: string) =>
  `sum(${perSecond('bifrost_bytes_total', `direction="${direction}", ${CHOSEN}`)}) * 3600 * \${${price}:raw}`;

/** What the bytes of now will come to. */
export const estimatedCost = (id: number) =>
  promqlLines({
    id,
    title: 'Estimated cost an hour, ${currency} (bytes only)',
    description:
      'An estimate, not what is rated: bytes a second × 3600 × the general price that is in force now. Prices of single workspaces are not regarded, of a price in tiers only the first, and messages, requests and connections are not in it. Nothing is drawn without a price in the chosen currency.',
    queries: [
      promqlQuery({ expr: hourly('produce', 'ingress_price'), legend: 'produce, estimated' }),
      promqlQuery({ refId: 'B', expr: hourly('consume', 'egress_price'), legend: 'consume, estimated' }),
    ],
    unit: 'locale',
    decimals: 4,
    noValue: EMPTY.noSeries,
  });
