import { AxisPlacement } from '@grafana/grafana-foundation-sdk/common';
import { toDashboard } from '../links-to';
import { EMPTY } from '../panels/empty-texts';
import { promqlLines } from '../panels/promql-lines';
import { promqlQuery } from '../promql-query';
import { DASHBOARDS } from '../uids';

const CLUSTERS = 'virtual_cluster=~`${cluster_pattern:raw}`';
const PRINCIPALS = 'service_account=~`${principal_pattern:raw}`';

/** What the chosen principals move now, and how long their clusters take to answer. */
export const trafficAndLatency = (id: number) =>
  promqlLines({
    id,
    title: 'Traffic and latency, from Prometheus',
    description:
      'Bytes a second that the chosen principals produce and consume on the chosen clusters, all their topics together (left axis), and the time within which the gateways answer 95 % of the requests to those clusters, whoever sent them (right axis). Raw usage: it is not what is rated.',
    queries: [
      promqlQuery({
        expr: `sum by (direction) (rate(bifrost_bytes_total{${CLUSTERS}, ${PRINCIPALS}}[$__rate_interval]))`,
        legend: '{{direction}}',
      }),
      promqlQuery({
        refId: 'B',
        expr: `histogram_quantile(0.95, sum by (le) (rate(bifrost_request_latency_seconds_bucket{${CLUSTERS}}[$__rate_interval])))`,
        legend: 'latency, p95',
      }),
    ],
    unit: 'binBps',
    noValue: EMPTY.noSeries,
  })
    .overrideByName('latency, p95', [
      { id: 'unit', value: 's' },
      { id: 'custom.axisPlacement', value: AxisPlacement.Right },
      { id: 'custom.fillOpacity', value: 0 },
    ])
    .overrideByRegexp('/produce|consume/', [
      { id: 'links', value: [toDashboard('Raw usage of the gateways', DASHBOARDS.gateway)] },
    ]);
