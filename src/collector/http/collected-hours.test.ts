import type { CollectedHours } from '../../api/collections';
import type { Problem } from '../../api/common';
import { HOUR, isoHour } from '../../domain/hours';
import { startApi, type ApiServer } from '../../testing/api-server';
import { hourlyCounter } from '../../testing/hourly-counter';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { testContext } from '../../testing/test-context';
import { recordFailure } from '../metering/collection-record';
import { storedMeters } from '../metering/stored-meters';

const START = Date.parse('2026-03-10T00:00:00Z');
/** Three minutes into the eighth hour, of which the seventh settles at 07:05. */
const NOW = START + 7 * HOUR + 3 * 60_000;

let prometheus: LocalServer;
let ledger: TestLedger;
let api: ApiServer;
beforeAll(async () => {
  prometheus = await startPrometheus([
    hourlyCounter({ __name__: 'bytes_total', topic: 'a' }, START, [1, 2, 3, 4, 5, 6, 7]),
  ]);
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    timezone: 'Europe/Berlin',
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } }],
  });
  await ledger.collect(START + HOUR, START + 3 * HOUR);
  await ledger.collect(START + 4 * HOUR, START + 5 * HOUR);
  const context = testContext(ledger.environment, () => NOW);
  const [meter] = await storedMeters(context.pool);
  if (meter) {
    await recordFailure(context, meter, [START + 2 * HOUR, START + 3 * HOUR], 'Prometheus said no', false);
  }
  await context.pool.end();
  api = await startApi(ledger.database.url, { CHARGEBACK_TIMEZONE: 'Europe/Berlin' }, () => NOW);
});
afterAll(async () => {
  await api?.close();
  await ledger?.drop();
  await prometheus?.stop();
});

const range = (from: number, to: number) => `from=${isoHour(from)}&to=${isoHour(to)}`;

test('every hour of the range has its state', async () => {
  const answer = (await api.asAdmin(`/v1/collections/hours?meter=bytes&${range(START, START + 9 * HOUR)}`))
    .json as CollectedHours;
  expect([answer.meter, answer.timezone]).toEqual(['bytes', 'Europe/Berlin']);
  expect(
    answer.hours.map(({ hour, state, series, attempts }) => [hour.slice(11, 13), state, series, attempts]),
  ).toEqual([
    ['00', 'missing', 0, 0],
    ['01', 'collected', 1, 1],
    // Collected, and its last attempt failed.
    ['02', 'failed', 1, 2],
    ['03', 'failed', 0, 1],
    ['04', 'collected', 1, 1],
    ['05', 'missing', 0, 0],
    ['06', 'due', 0, 0],
    ['07', 'future', 0, 0],
    ['08', 'future', 0, 0],
  ]);
  expect(answer.hours[1]).toMatchObject({
    samples: 1,
    coverage: 0.0167,
    collected_at: expect.any(String),
    error: null,
  });
  expect(answer.hours[3]).toMatchObject({ collected_at: null, coverage: null, error: 'Prometheus said no' });
});

test('one who may see a single workspace sees the states too, as those of /v1/collections', async () => {
  const headers = await api.token('viewer', 'payments');
  const { status } = await api.ask(`/v1/collections/hours?meter=bytes&${range(START, START + HOUR)}`, { headers });
  expect(status).toBe(200);
});

test('a hundred days are told at once, and no more', async () => {
  const from = START - 100 * 24 * HOUR;
  const most = (await api.asAdmin(`/v1/collections/hours?meter=bytes&${range(from, START)}`)).json as CollectedHours;
  expect(most.hours).toHaveLength(2400);
  expect(new Set(most.hours.map(({ state }) => state))).toEqual(new Set(['missing']));
  expect((await api.asAdmin(`/v1/collections/hours?meter=bytes&${range(from - HOUR, START)}`)).status).toBe(400);
});

test('everything wrong with a question is told at once', async () => {
  const { status, json } = await api.asAdmin(
    '/v1/collections/hours?meter=bites&from=2026-03-10T00:30:00Z&to=2026-03-01T00:00:00.001Z',
  );
  expect(status).toBe(400);
  expect((json as Problem).errors).toEqual([
    { path: 'meter', message: 'there is no meter "bites"; known are bytes' },
    { path: 'from', message: expect.stringContaining('is not on the hour') },
    { path: 'to', message: expect.stringContaining('is not on the hour') },
    { path: 'to', message: expect.stringContaining('must be later') },
  ]);
});

test('why hours failed names series of any workspace, so a member of one is not told', async () => {
  const { rows } = await ledger.database.pool.query<{ id: string }>(
    `insert into chargeback_data.job (from_hour, to_hour, meters, total, created_by, state, error)
     values ($1, $2, '["bytes"]', 1, 'ann', 'failed', 'Prometheus said no') returning id`,
    [new Date(START), new Date(START + HOUR)],
  );
  const [all, member] = [await api.token('viewer'), await api.token('viewer', 'payments')];
  const paths = [
    `/v1/collections/hours?meter=bytes&${range(START, START + 9 * HOUR)}`,
    '/v1/collections',
    `/v1/jobs/${rows[0]?.id}`,
  ];
  for (const path of paths) {
    const told = await api.ask(path, { headers: all });
    const untold = await api.ask(path, { headers: member });
    expect([path, told.status, untold.status]).toEqual([path, 200, 200]);
    expect(told.text).toContain('Prometheus said no');
    expect(untold.text).not.toContain('Prometheus said no');
    expect(untold.text).toContain('The reason is told to those who may see all workspaces.');
  }
});

test('how many series and samples there were tells of the usage of others, so a member is told only how far a meter is', async () => {
  const member = await api.token('viewer', 'payments');
  const question = `/v1/collections/hours?meter=bytes&${range(START + HOUR, START + 2 * HOUR)}`;
  const [told, untold] = [await api.asAdmin(question), await api.ask(question, { headers: member })];
  expect(told.json).toMatchObject({ hours: [{ state: 'collected', series: 1, samples: expect.any(Number) }] });
  expect(untold.json).toMatchObject({ hours: [{ state: 'collected', series: null, samples: null, coverage: null }] });
  const { json } = await api.ask('/v1/collections', { headers: member });
  expect(json).toMatchObject({
    meters: [{ not_counted: null, collected_hours: expect.any(Number), last_run: { series: null, samples: null } }],
  });
});
