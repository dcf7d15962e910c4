import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import { DEFAULTS, run } from '../../testing/dashboard-panels';
import type { TestDatabase } from '../../testing/database';
import type { Chosen } from '../../testing/grafana-sql';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { answerOf, promqlOf } from '../../testing/promql-answer';
import type { Sample, SampleSeries } from '../../testing/sample-set';
import { PRINCIPAL_PANELS, principalDashboard } from './principal-dashboard';

/*
 * Choices that are made among facts of the ledger decide which series of Prometheus are drawn: on a real Prometheus whose
 * counters grow by the same amount at every scrape.
 */
const dashboard = principalDashboard();
const TO = Date.parse('2026-03-30T06:20:00Z');
const everything = { all: "'__all__'" };
const ALL: Record<string, Chosen> = { ...DEFAULTS, topic: everything, principal: everything };

/** Cluster, principal, its workspace in the ledger, and bytes of 15 seconds. */
const USERS: Array<[cluster: string, principal: string, workspace: string, bytes: number]> = [
  ['c.1', 'sa.1', 'a', 15],
  ['c.1', 'sax1', 'b', 150],
  ['c.1', 'sa|(2)\\', "o'brien", 1500],
  ['c-2', 'sa.1', 'c', 15_000],
];
const FACTS = USERS.map(([cluster, principal, workspace]): PlainFact => ({
  hour: new Date('2026-03-30T05:00:00Z'),
  meter: 'kafka_ingress_bytes',
  resource: { cluster, principal, workspace, topic: 't' },
  quantity: '1',
  cost: '1',
  currency: 'USD',
  estimated: false,
}));
const growing = (by: number): Sample[] =>
  Array.from({ length: 80 }, (_, index) => [TO - (79 - index) * 15_000, String(by * index)]);
const SERIES: SampleSeries[] = [
  ...USERS.map(([cluster, principal, , bytes]) => ({
    labels: {
      __name__: 'bifrost_bytes_total',
      virtual_cluster: cluster,
      service_account: principal,
      topic: 't',
      direction: 'produce',
    },
    samples: growing(bytes),
  })),
  ...(['c.1', 'c-2'] as const).flatMap((cluster, index) =>
    (['0.1', '1', '+Inf'] as const).map((le) => ({
      labels: { __name__: 'bifrost_request_latency_seconds_bucket', virtual_cluster: cluster, le },
      samples: growing(le === '0.1' && index === 1 ? 0 : 100),
    })),
  ),
];

let prometheus: LocalServer;
let ledger: TestDatabase;
beforeAll(async () => {
  prometheus = await startPrometheus(SERIES);
  ledger = await createDashboardLedger('UTC', FACTS);
});
afterAll(() => Promise.all([prometheus.stop(), ledger.drop()]));

/** Bytes a second and the latency's 95th percentile at the end, with what is chosen in the variables. */
async function drawn(
  chosen: Record<string, Chosen>,
): Promise<[bytes: number | undefined, latency: number | undefined]> {
  const request = { from: new Date(TO - 600_000), to: new Date(TO), variables: { ...ALL, ...chosen } };
  const patterns: Record<string, Chosen> = {};
  for (const name of ['cluster_pattern', 'principal_pattern']) {
    const { query } = dashboard.templating.list?.find((variable) => variable.name === name) ?? {};
    const [row] = await run(ledger, String(query), request);
    patterns[name] = [String(row?.['__value'])];
  }
  const ask = async (refId: string) => {
    const query = promqlOf(dashboard, PRINCIPAL_PANELS.traffic, refId);
    const [series] = await answerOf(prometheus.url, query, { ...request, variables: patterns });
    return series?.values.at(-1)?.[1];
  };
  return [await ask('A'), await ask('B')];
}

test.each([
  ['all', {}, 1111, 0.91],
  ['a principal with a dot, which is no wildcard, wherever it is', { principal: ['sa.1'] }, 1001, 0.91],
  ['one with all that a regular expression reads otherwise', { principal: ['sa|(2)\\'] }, 100, 0.91],
  ['those of a workspace with a quote in its name, on its clusters', { workspace: ["o'brien"] }, 100, 0.095],
  ['those of several workspaces on a cluster', { workspace: ['a', 'b', 'c'], cluster: ['c.1'] }, 11, 0.095],
  ['a cluster', { cluster: ['c-2'] }, 1000, 0.955],
  ['none that exists', { workspace: ['no such'] }, undefined, undefined],
] as Array<[string, Record<string, Chosen>, number | undefined, number | undefined]>)(
  'traffic of %s',
  async (_, chosen, bytes, latency) => {
    const [foundBytes, foundLatency] = await drawn(chosen);
    expect(foundBytes).toEqual(bytes === undefined ? undefined : expect.closeTo(bytes, 6));
    expect(foundLatency).toEqual(latency === undefined ? undefined : expect.closeTo(latency, 6));
  },
);
