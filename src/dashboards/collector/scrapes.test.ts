import { startPrometheus } from '../../testing/prometheus-server';
import { panelsOf } from '../../testing/dashboard-panels';
import type { LocalServer } from '../../testing/local-server';
import type { Sample, SampleSeries } from '../../testing/sample-set';
import type { PromqlQuery } from '../promql-query';
import { COLLECTOR_PANELS, collectorDashboard } from './collector-dashboard';

const START = Date.UTC(2026, 2, 10);
const MINUTE = 60_000;
const minutes = Array.from({ length: 121 }, (_, minute) => START + minute * MINUTE);

let prometheus: LocalServer;
beforeAll(async () => {
  const target = (job: string, instance: string, up: (minute: number) => 0 | 1, gateway: boolean): SampleSeries[] => [
    {
      labels: { __name__: 'up', job, instance },
      samples: minutes.map((at, minute): Sample => [at, String(up(minute))]),
    },
    ...(gateway
      ? [
          {
            labels: { __name__: 'bifrost_active_connections', job, instance, cluster: 'c1' },
            samples: minutes.flatMap((at, minute): Sample[] => (up(minute) ? [[at, '3']] : [])),
          },
        ]
      : []),
  ];
  prometheus = await startPrometheus([
    ...target('gateway', 'a', () => 1, true),
    ...target('gateway', 'b', (minute) => (minute < 30 ? 1 : 0), true),
    ...target('gateway', 'c', (minute) => (minute === 47 ? 0 : 1), true),
    ...target('other', 'd', () => 1, false),
  ]);
});
afterAll(() => prometheus.stop());

test('a gateway that is down is seen, also for one scrape, and stays in sight; other targets are left out', async () => {
  const panel = panelsOf(collectorDashboard()).find(({ id }) => id === COLLECTOR_PANELS.scrapes);
  const { expr } = panel?.targets?.[0] as unknown as PromqlQuery;
  const query = new URLSearchParams({
    query: expr.replaceAll('$__interval', '10m'),
    start: String((START + 10 * MINUTE) / 1000),
    end: String((START + 120 * MINUTE) / 1000),
    step: '600',
  });
  const answer = (await (await fetch(`${prometheus.url}/api/v1/query_range?${query.toString()}`)).json()) as {
    data: { result: Array<{ metric: Record<string, string>; values: Array<[number, string]> }> };
  };
  const states = Object.fromEntries(
    answer.data.result.map(({ metric, values }) => [metric['instance'], values.map(([, up]) => up).join('')]),
  );
  expect(states).toEqual({ a: '111111111111', b: '110000000000', c: '111101111111' });
});
