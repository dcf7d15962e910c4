import type { ExplainedDays, ExplainedHours, ExplainedReadings } from '../../api/explanations';
import type { Problem } from '../../api/common';
import { HOUR } from '../../domain/hours';
import { startApi, type ApiServer } from '../../testing/api-server';
import { hourlyCounter } from '../../testing/hourly-counter';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';

const DAY = Date.parse('2026-03-10T00:00:00Z');

let prometheus: LocalServer;
let ledger: TestLedger;
let api: ApiServer;
beforeAll(async () => {
  const counter = (topic: string, growths: Array<number | null>) =>
    hourlyCounter({ __name__: 'bytes_total', topic }, DAY, growths);
  prometheus = await startPrometheus([
    counter('orders', [10, 20, null, null, 30, 40]),
    counter('refunds', [1, 2, 3, 4, 5, 6]),
    counter('nobody', [100, 100, 100, 100, 100, 100]),
  ]);
  const dimensions = { topic: 'topic' };
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [
      { slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions },
      { slug: 'other', unit: 'byte', counter: 'other_total', dimensions },
    ],
    directory: {
      rules: [
        { match: { topic: 'orders' }, set: { workspace: 'payments' } },
        { match: { topic: 'refunds' }, set: { workspace: 'returns' } },
      ],
    },
    rates: {
      rate_cards: [
        { name: 'all', valid_from: '2026-03-10T02:00:00Z', prices: { bytes: { unit_price: '1' } } },
        { name: 'secret', workspace: 'returns', valid_from: '2026-03-10', prices: { bytes: { unit_price: '7' } } },
      ],
    },
  });
  await ledger.collect(DAY, DAY + 6 * HOUR);
  api = await startApi(ledger.database.url);
});
afterAll(async () => {
  await api?.close();
  await ledger?.drop();
  await prometheus?.stop();
});

const get = async <T>(path: string, headers?: Record<string, string>) =>
  (headers ? await api.ask(path, { headers }) : await api.asAdmin(path)).json as T;
const DAYS = '/v1/explanations/days?charge_type=bytes&period=2026-03';
const HOURS = '/v1/explanations/hours?charge_type=bytes&day=2026-03-10';
const READINGS = '/v1/explanations/readings?charge_type=bytes&hour=2026-03-10T03:00:00Z';

test('usage before any price is shown as what it is: unrated', async () => {
  const days = await get<ExplainedDays>(`${DAYS}&workspace=payments`);
  expect(days).toMatchObject({
    total: { quantity: '70', cost: '70' },
    prices: [{ rate_card: 'all', quantity: '70', cost: '70' }],
  });
  expect(days.days).toEqual([
    { day: '2026-03-10', price_id: days.prices[0]?.price_id, quantity: '70', cost: '70', facts: 4, estimated_facts: 3 },
    { day: '2026-03-10', price_id: null, quantity: '30', cost: null, facts: 2, estimated_facts: 0 },
  ]);
  const { hours } = await get<ExplainedHours>(`${HOURS}&workspace=payments`);
  expect(hours).toHaveLength(24);
  expect(hours[1]).toMatchObject({
    price_id: null,
    quantity: '20',
    cost: null,
    estimated: false,
    month_to_date: { before: '10', after: '30' },
  });
  expect(hours[2]).toMatchObject({ quantity: '10', cost: '10', estimated: true, coverage: 0 });
  expect(hours[23]).toEqual({
    hour: '2026-03-10T23:00:00.000Z',
    price_id: null,
    quantity: '0',
    cost: null,
    estimated: false,
    coverage: 0,
    resources: 0,
    month_to_date: null,
  });
});

test('the month to date is told where a row is of one workspace, and not where it is of several', async () => {
  const { hours } = await get<ExplainedHours>(HOURS);
  const third = hours.filter(({ hour }) => hour === '2026-03-10T02:00:00.000Z');
  // Refunds have their own price; orders and what is unallocated share the general one.
  expect(third.map(({ quantity, resources, month_to_date }) => [quantity, resources, month_to_date])).toEqual([
    ['110', 2, null],
    ['3', 1, { before: '3', after: '6' }],
  ]);
});

test('hours without samples say which gap their usage was taken from', async () => {
  const { data } = await get<ExplainedReadings>(`${READINGS}&topic=orders`);
  expect(data).toEqual([
    expect.objectContaining({
      labels: { topic: 'orders' },
      first: null,
      growth: null,
      samples: 0,
      previous: { hour: '2026-03-10T01:00:00.000Z', last: '1030' },
      link: null,
      spread: { from: '2026-03-10T02:00:00.000Z', to: '2026-03-10T05:00:00.000Z', amount: '30', part: '10' },
      usage: '10',
    }),
  ]);
});

test('readings come page by page, the greatest first', async () => {
  const pages = await Promise.all(
    [0, 1, 2, 3].map((offset) => get<ExplainedReadings>(`${READINGS}&limit=1&offset=${offset}`)),
  );
  expect(pages.map(({ found, offset, data }) => [found, offset, data[0]?.usage])).toEqual([
    [3, 0, '100'],
    [3, 1, '10'],
    [3, 2, '4'],
    [3, 3, undefined],
  ]);
});

test('an hour that was not collected, or of nobody, is explained by nothing', async () => {
  for (const hour of ['2026-03-10T06:00:00Z', '1999-01-01T00:00:00Z']) {
    expect(await get<ExplainedReadings>(`/v1/explanations/readings?charge_type=bytes&hour=${hour}`)).toMatchObject({
      found: 0,
      total: { quantity: '0', cost: null },
      unexplained: null,
      data: [],
    });
  }
  expect(await get<ExplainedDays>('/v1/explanations/days?charge_type=other&period=2026-03')).toMatchObject({
    total: { quantity: '0', cost: '0' },
    prices: [],
    days: [],
  });
});

describe('one who may see a workspace', () => {
  let headers: Record<string, string>;
  beforeAll(async () => {
    headers = await api.token('viewer', 'payments');
  });

  test('sees its costs, prices, resources and series, and of others nothing', async () => {
    for (const path of [DAYS, HOURS, READINGS]) {
      const own = await api.ask(path, { headers });
      expect(own.json).toEqual(await get(`${path}&workspace=payments`));
      expect(own.text).not.toMatch(/secret|refunds|returns|nobody/);
    }
  });

  test('is refused others, and what is unallocated', async () => {
    for (const path of [DAYS, HOURS, READINGS]) {
      for (const workspace of ['workspace=returns', 'workspace=', 'workspace=payments&workspace=returns']) {
        const { status, json } = await api.ask(`${path}&${workspace}`, { headers });
        expect([status, (json as Problem).code]).toEqual([403, 'FORBIDDEN']);
      }
    }
  });
});

test('everything wrong with a question is told at once', async () => {
  const wrong = async (path: string) => {
    const { status, json } = await api.asAdmin(path);
    expect([path, status]).toEqual([path, 400]);
    return Object.fromEntries((json as Problem).errors?.map((error) => [error.path, error.message]) ?? []);
  };
  expect(
    await wrong('/v1/explanations/days?charge_type=kafka&from_ts=2026-03-01T00:30:00Z&to_ts=2026-02-01T00:00:00Z'),
  ).toEqual({
    charge_type: 'there is no meter "kafka"; known are bytes, other',
    from_ts: expect.stringContaining('is not on the hour'),
    to_ts: expect.stringContaining('must be later'),
  });
  expect(Object.keys(await wrong('/v1/explanations/days?charge_type=kafka'))).toEqual(['period', 'charge_type']);
  expect(Object.keys(await wrong('/v1/explanations/days?color=red&currency=usd'))).toEqual([
    'charge_type',
    'currency',
    'color',
  ]);
  expect(Object.keys(await wrong('/v1/explanations/hours?day=2026-02-30&charge_type='))).toEqual([
    'day',
    'charge_type',
  ]);
  expect(await wrong('/v1/explanations/hours?day=2026-02-03&charge_type=x')).toEqual({
    charge_type: expect.stringContaining('known are'),
  });
  expect(await wrong('/v1/explanations/readings?charge_type=x&hour=2026-03-10T03:10:00Z')).toEqual({
    charge_type: expect.stringContaining('known are'),
    hour: '2026-03-10T03:10:00.000Z is not on the hour; the hour it lies in is 2026-03-10T03:00:00Z',
  });
  expect(Object.keys(await wrong('/v1/explanations/readings?charge_type=bytes&hour=now&limit=0&offset=-1'))).toEqual([
    'hour',
    'limit',
    'offset',
  ]);
});
