import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type LocalServer } from '../testing/local-server';
import { backfill, pacesBetween } from './backfill';
import { serveGateways } from './gateway-server';
import { OrganisationHistory } from './organisation-history';
import { DAY } from './week';

// Days in which a gateway restarts, one cannot be reached for a while, and Prometheus is away for 55 minutes.
const START = Date.parse('2026-03-10T00:00:00Z');
const END = Date.parse('2026-03-12T19:20:34Z');
const STOP = Date.parse('2026-03-12T05:11:18Z');

let folder: string;
let prometheus: LocalServer;

/** The samples of every series of `metric` between START and END, as `labels → [seconds, value][]`. */
async function stored(metric: string): Promise<Map<string, Array<[number, string]>>> {
  const query = new URLSearchParams({ query: `${metric}[10d]`, time: String(END / 1000) });
  const response = await fetch(`${prometheus.url}/api/v1/query?${query}`);
  const body = (await response.json()) as {
    data: { result: Array<{ metric: Record<string, string>; values: Array<[number, string]> }> };
  };
  return new Map(body.data.result.map(({ metric: { __name__: _, ...labels }, values }) => [key(labels), values]));
}

const key = (labels: Record<string, string>): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chargeback-simulator-'));
  const data = join(folder, 'data');
  const part = { start: START, data, promtool: 'promtool', onProgress: () => undefined };
  // Two runs, as when the demo is stopped and started again.
  await backfill({ ...part, from: START, to: STOP });
  await backfill({ ...part, from: STOP, to: END });
  await writeFile(join(folder, 'prometheus.yml'), 'global: {}\n');
  prometheus = await startServer({
    command: 'prometheus',
    args: [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      '--web.listen-address=127.0.0.1:0',
    ],
    url: (log) => /msg="Listening on" address=(127\.0\.0\.1:\d+)/.exec(log)?.[1]?.replace(/^/, 'http://'),
    ready: '/-/ready',
  });
});

afterAll(async () => {
  await prometheus.stop();
  await rm(folder, { recursive: true });
});

test('Prometheus holds exactly the samples that were made', async () => {
  const history = new OrganisationHistory(START);
  const truth = new Map<string, Map<string, Array<[number, string]>>>();
  for (const [from, to] of [
    [START, STOP],
    [STOP, END],
  ] as const) {
    for (const family of history.between(from, to, pacesBetween(from, to))) {
      for (const { name, labels, samples } of family.series) {
        const metric = truth.get(name) ?? new Map<string, Array<[number, string]>>();
        const own = metric.get(key(labels)) ?? [];
        metric.set(key(labels), [...own, ...samples.map(({ at, value }): [number, string] => [at / 1000, value])]);
        truth.set(name, metric);
      }
    }
  }
  for (const [name, series] of truth) {
    const made = new Map([...series].filter(([, samples]) => samples.length > 0));
    const held = await stored(name);
    expect([...held.keys()].sort()).toEqual([...made.keys()].sort());
    // Prometheus writes a float its shortest way: 12.5 for 12.500000.
    const text = (samples: Array<[number, string]>): string =>
      JSON.stringify(name.endsWith('_sum') ? samples.map(([at, value]) => [at, Number(value)]) : samples);
    for (const [labels, samples] of made) {
      expect(text(held.get(labels) ?? []) === text(samples) ? labels : `not the same samples: ${labels}`).toBe(labels);
    }
  }
});

test('the history has restarts, failed scrapes and missing scrapes', async () => {
  const starts = [...(await stored('process_start_time_seconds')).values()].map(
    (samples) => new Set(samples.map(([, value]) => value)).size,
  );
  expect(Math.max(...starts)).toBeGreaterThan(1);
  const up = [...(await stored('up')).values()];
  expect(up.flat().some(([, value]) => value === '0')).toBe(true);
  const longest = Math.max(
    ...up.flatMap((samples) => samples.slice(1).map(([at], index) => at - (samples[index]?.[0] ?? at))),
  );
  expect(longest).toBeGreaterThan(50 * 60);
});

test('the live gateways go on where the backfill ended', async () => {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const before = new Map<string, bigint>();
  for (const family of new OrganisationHistory(now - DAY).between(now - 60_000, now, [{ to: now, seconds: 15 }])) {
    for (const { name, labels, samples } of family.series) {
      const last = samples.at(-1);
      if (name === 'bifrost_bytes_total' && last && labels.instance === 'gateway-prod:9093') {
        before.set(
          key({
            virtual_cluster: labels.virtual_cluster ?? '',
            topic: labels.topic ?? '',
            service_account: labels.service_account ?? '',
            direction: labels.direction ?? '',
          }),
          BigInt(last.value),
        );
      }
    }
  }
  const servers = await serveGateways(now - DAY, '127.0.0.1', { dev: 0, stage: 0, prod: 0 });
  try {
    const prod = servers.find(({ gateway }) => gateway === 'prod');
    const response = await fetch(prod?.url ?? '');
    if (response.status === 503) {
      return; // The gateway restarts at this very moment.
    }
    const text = await response.text();
    const lines = [...text.matchAll(/^bifrost_bytes_total\{(.*)\} (\d+)$/gm)];
    expect(lines.length).toBeGreaterThan(60);
    const restarted = Number(/^process_start_time_seconds (\d+)$/m.exec(text)?.[1]) * 1000 > now - 60_000;
    for (const [, labels = '', value = ''] of lines) {
      const pairs = Object.fromEntries(
        [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, content]) => [name, content]),
      );
      expect(restarted || BigInt(value) >= (before.get(key(pairs)) ?? 0n)).toBe(true);
      expect(restarted || BigInt(value) - (before.get(key(pairs)) ?? 0n) < 10_000_000_000n).toBe(true);
    }
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
});
