import type { Chargeback } from '../../api/chargeback';
import type { Job } from '../../api/collections';
import type { Meter } from '../../api/meters';
import { HOUR, isoHour } from '../../domain/hours';
import { setTimeout as sleep } from 'node:timers/promises';
import { hourlyCounter } from '../../testing/hourly-counter';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { runChargeback } from '../../testing/run-chargeback';
import type { Sample } from '../../testing/sample-set';
import { startApi, type TestApi } from '../../testing/test-api';

const START = Date.parse('2026-03-10T08:00:00Z');
const END = START + 4 * HOUR;
const rates = (price: string) => ({
  rate_cards: [{ name: 'file', valid_from: '2026-01-01', prices: { bytes: { unit_price: price } } }],
});

let prometheus: LocalServer;
let ledger: TestLedger;

beforeAll(async () => {
  const connections: Sample[] = [];
  for (let at = START + 20_000; at <= END; at += 30_000) {
    // One scrape in ten is missing; the rest say 6 connections.
    if (Math.floor((at - START) / 30_000) % 10 !== 7) {
      connections.push([at, '6']);
    }
  }
  prometheus = await startPrometheus([
    hourlyCounter({ __name__: 'bytes_total', topic: 'orders' }, START, [10, 20, 30, 40]),
    { labels: { __name__: 'connections', cluster: 'c' }, samples: connections },
  ]);
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [
      { slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } },
      { slug: 'connections', unit: 'hour', gauge: 'connections', dimensions: { cluster: 'cluster' } },
    ],
  });
});
afterAll(async () => {
  await ledger?.drop();
  await prometheus?.stop();
});

const total = async () =>
  (JSON.parse(await ledger.run('billing', '--period', '2026-03', '--json')) as Chargeback).totals.total_cost;

test('the files of the configuration folder are applied by themselves to an empty database', async () => {
  await ledger.write('rates.yaml', rates('2'));
  await ledger.write('directory.yaml', { rules: [{ match: { topic: 'orders' }, set: { workspace: 'shop' } }] });
  await ledger.run('collect', '--from', isoHour(START), '--to', isoHour(END));
  expect(await total()).toBe('200');
  const { rows } = await ledger.database.pool.query<{ workspace: string }>(
    `select distinct workspace from chargeback.hourly_cost_facts where topic = 'orders'`,
  );
  expect(rows).toEqual([{ workspace: 'shop' }]);
});

test('and later only by apply', async () => {
  const path = await ledger.write('rates.yaml', rates('3'));
  await ledger.run('collect', '--from', isoHour(START), '--to', isoHour(START + HOUR));
  expect(await total()).toBe('200');
  await ledger.run('rates', 'apply', path);
  expect(await total()).toBe('300');
});

test('the interval of a gauge is learned from its samples, and told', async () => {
  const api: TestApi = await startApi(ledger);
  const { data } = (await api.get('/v1/meters')).json<{ data: Meter[] }>();
  await api.stop();
  expect(data.find(({ slug }) => slug === 'connections')).toMatchObject({
    interval_seconds: 30,
    interval_learned: true,
  });
  const { rows } = await ledger.database.pool.query<{ hour: Date; quantity: string; coverage: string }>(
    `select hour, trim_scale(quantity)::text as quantity, trim_scale(coverage)::text as coverage from chargeback.hourly_usage where meter = 'connections' order by hour`,
  );
  // 108 of 120 scrapes x 6 connections x 30 s.
  expect(rows.map(({ quantity, coverage }) => [quantity, coverage])).toEqual(
    Array.from({ length: 4 }, () => ['5.4', '0.9']),
  );
});

test('a collection can be asked for over HTTP and followed to its end', async () => {
  const serving = await startApi(ledger, { PROMETHEUS_URL: prometheus.url });
  try {
    const asked = await serving.send('POST', '/v1/collect/usage', {
      from: isoHour(START),
      to: isoHour(END),
      meters: ['bytes'],
    });
    expect(asked.status).toBe(202);
    const { job } = asked.json<{ job: string }>();
    let state: Job | undefined;
    for (let attempt = 0; attempt < 300 && state?.state !== 'done' && state?.state !== 'failed'; attempt += 1) {
      await sleep(200);
      state = (await serving.get(`/v1/jobs/${job}`)).json<Job>();
    }
    expect(state).toMatchObject({ state: 'done', done: 4, total: 4, meters: ['bytes'] });
  } finally {
    await serving.stop();
  }
  expect(await total()).toBe('300');
});

test('verify finds nothing wrong, and finds what was tampered with', async () => {
  const sound = await runChargeback(['verify', '--period', '2026-03'], ledger.environment);
  expect([sound.code, sound.stderr]).toEqual([0, expect.any(String)]);
  await ledger.database.pool.query(
    `update chargeback_data.fact set cost = cost + 0.000000000001 where hour = $1 and cost is not null`,
    [new Date(START + HOUR)],
  );
  const tampered = await runChargeback(['verify', '--period', '2026-03'], ledger.environment);
  expect(tampered.code).toBe(1);
  expect(tampered.stdout + tampered.stderr).toMatch(/bytes/);
});
