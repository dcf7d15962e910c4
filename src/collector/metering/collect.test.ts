import pino from 'pino';
import { HOUR } from '../../domain/hours';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { startPrometheus } from '../../testing/prometheus-server';
import type { LocalServer } from '../../testing/local-server';
import type { Context } from '../context';
import { loadConfig } from '../config';
import { collect } from './collect';
import { PrometheusClient } from './prometheus/client';
import { loadStoredMeters } from './stored-meters';

const MIDNIGHT = Date.parse('2026-01-10T00:00:00Z');
const labels = {
  __name__: 'bifrost_bytes_total',
  virtual_cluster: 'vc-1',
  topic: 't',
  service_account: 'sa',
  direction: 'produce',
  job: 'gateway',
  instance: 'a:1',
};

let database: TestDatabase;
let prometheus: LocalServer;
let context: Context;

beforeAll(async () => {
  // Every 15 minutes, 100 a quarter; a restart in hour 2; hours 4 and 5 without samples.
  const samples: Array<[number, string]> = [];
  let value = 1000;
  for (let at = MIDNIGHT; at <= MIDNIGHT + 8 * HOUR; at += HOUR / 4) {
    const hours = (at - MIDNIGHT) / HOUR;
    value = hours === 2.5 ? 40 : value + 100;
    if (hours <= 4 || hours > 6) {
      samples.push([at, String(value)]);
    }
  }
  prometheus = await startPrometheus([{ labels, samples }]);
  database = await createDatabase();
  context = {
    config: loadConfig({ DATABASE_URL: database.url, PROMETHEUS_URL: prometheus.url }),
    pool: database.pool,
    prometheus: new PrometheusClient(prometheus.url),
    now: () => MIDNIGHT + 30 * 24 * HOUR,
    log: pino({ level: 'silent' }),
  };
  await loadStoredMeters(database.pool, undefined);
});
afterAll(async () => {
  await database?.drop();
  await prometheus?.stop();
});

const usage = async () =>
  (
    await database.pool.query<{ hour: Date; quantity: string; coverage: string; estimated: boolean }>(
      `select hour, quantity::text, coverage::text, estimated from chargeback.hourly_usage where meter = 'kafka_ingress_bytes' order by hour`,
    )
  ).rows.map(({ hour, quantity, coverage, estimated }) => [
    (hour.getTime() - MIDNIGHT) / HOUR,
    quantity,
    coverage,
    estimated,
  ]);

const EXPECTED = [
  [0, '400', '1.0000', false],
  [1, '400', '1.0000', false],
  [2, '340', '1.0000', false],
  [3, '400', '1.0000', false],
  [4, '300.000000000000', '0.0000', true],
  [5, '300.000000000000', '0.0000', true],
  [6, '600.000000000000', '1.0000', true],
  [7, '400', '1.0000', false],
];

test('usage of an hour is the growth up to its last sample; absent hours share their growth', async () => {
  await collect(context, { from: MIDNIGHT, to: MIDNIGHT + 8 * HOUR });
  expect(await usage()).toEqual(EXPECTED);
});

test('collecting again changes nothing', async () => {
  const outcome = await collect(context, { from: MIDNIGHT, to: MIDNIGHT + 8 * HOUR });
  expect(outcome.meters.map(({ changed, errors }) => [changed, errors])).toEqual(
    Array.from({ length: 6 }, () => [0, []]),
  );
  expect(await usage()).toEqual(EXPECTED);
});
