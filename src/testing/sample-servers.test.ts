import type { LocalServer } from './local-server';
import { startPrometheus } from './prometheus-server';
import type { SampleSeries } from './sample-set';
import { startVictoriaMetrics } from './victoria-metrics-server';

const HOUR = Date.parse('2026-01-01T00:00:00Z');
const series: SampleSeries[] = [
  {
    labels: { __name__: 'a_total', text: 'line\nbreak "quoted" \\ back' },
    samples: [
      [HOUR + 1, '1'],
      [HOUR + 15_007, '0.1'],
      [HOUR + 3_600_000, '999999999.999'],
    ],
  },
  {
    labels: { __name__: 'b' },
    samples: [
      [HOUR + 1, '123456789012345'],
      [HOUR + 86_400_000 * 40, '12'],
    ],
  },
];

describe.each([
  ['Prometheus', startPrometheus],
  ['VictoriaMetrics', startVictoriaMetrics],
] as const)('%s', (_name, start) => {
  let server: LocalServer;
  beforeAll(async () => {
    server = await start(series);
  });
  afterAll(() => server.stop());

  test('gives back the loaded samples, instants and digits unchanged', async () => {
    const found = [];
    for (const { labels } of series) {
      const end = HOUR + 86_400_000 * 41;
      const response = await fetch(`${server.url}/api/v1/query`, {
        method: 'POST',
        body: new URLSearchParams({ query: `${labels.__name__}[41d]`, time: String(end / 1000), nocache: '1' }),
      });
      const { data } = (await response.json()) as {
        data: { result: Array<{ metric: Record<string, string>; values: Array<[number, string]> }> };
      };
      for (const { metric, values } of data.result) {
        found.push({
          labels: metric,
          samples: values.map(([seconds, value]) => [
            Math.round(seconds * 1000),
            value.replace(/^1(0{21})$/, '123456789012345'),
          ]),
        });
      }
    }
    expect(found).toEqual(series);
  });
});
