import type { RateCardList } from '../../api/rate-cards';
import { HOUR, isoHour } from '../../domain/hours';
import { costLines } from '../../testing/cost-lines';
import { hourlyCounter } from '../../testing/hourly-counter';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { runChargeback } from '../../testing/run-chargeback';
import { startApi, type TestApi } from '../../testing/test-api';

/** The last day of February and the first of March. */
const START = Date.parse('2026-02-28T00:00:00Z');
const MARCH = START + 24 * HOUR;
const END = MARCH + 24 * HOUR;
const directory = { rules: [{ match: { topic: '*' }, set: { workspace: 'shop' } }] };
const card = {
  name: 'c',
  valid_from: '2026-01-01',
  prices: {
    bytes: {
      tiers: [
        { from: 0, unit_price: '1' },
        { from: 500, unit_price: '0.5' },
      ],
    },
  },
};

let prometheus: LocalServer;
let ledger: TestLedger;
let api: TestApi;
let february: string[];

const collectArguments = (from: number, to: number) => ['collect', '--from', isoHour(from), '--to', isoHour(to)];
const februaryLines = async () => (await costLines(ledger)).filter((line) => line.startsWith('2026-02'));

beforeAll(async () => {
  prometheus = await startPrometheus(
    ['orders', 'audit'].map((topic, index) =>
      hourlyCounter(
        { __name__: 'bytes_total', topic },
        START,
        Array.from({ length: 48 }, (_, hour) => 10 + index + hour),
      ),
    ),
  );
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } }],
    directory,
    rates: { rate_cards: [card] },
  });
  await ledger.collect(START, END);
  february = await februaryLines();
  // Closed while three collectors write the same hours.
  const collectors = Array.from({ length: 3 }, () => runChargeback(collectArguments(START, END), ledger.environment));
  await ledger.run('close', '--period', '2026-02');
  for (const { code, stderr } of await Promise.all(collectors)) {
    if (code !== 0) {
      expect(stderr).toContain('BILLING_PERIOD_LOCKED');
    }
  }
  api = await startApi(ledger);
});
afterAll(async () => {
  await api?.stop();
  await ledger?.drop();
  await prometheus?.stop();
});
afterEach(async () => {
  expect(february).toHaveLength(48);
  expect(await februaryLines()).toEqual(february);
});

test('closing under three collectors that write leaves the month as it was', async () => {
  const { rows } = await ledger.database.pool.query('select period, status from chargeback.periods');
  expect(rows).toContainEqual({ period: '2026-02', status: 'closed' });
});

test('collecting its hours again is refused, by name; the open hours after it are collected', async () => {
  const refused = await runChargeback(collectArguments(START, START + HOUR), ledger.environment);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('BILLING_PERIOD_LOCKED');
  const { code, stderr } = await runChargeback(collectArguments(MARCH, END), ledger.environment);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
});

test('closing it again is refused', async () => {
  const { code, stderr } = await runChargeback(['close', '--period', '2026-02'], ledger.environment);
  expect(code).toBe(1);
  expect(stderr).toContain('BILLING_PERIOD_LOCKED');
});

test('a rate that reaches into it is refused, from the command line and over HTTP', async () => {
  const late = {
    name: 'late',
    valid_from: '2026-02-28T12:00:00Z',
    currency: 'USD',
    prices: { bytes: { unit_price: '9' } },
  };
  const { code, stderr } = await runChargeback(
    ['rates', 'apply', await ledger.write('late.yaml', { rate_cards: [late] })],
    ledger.environment,
  );
  expect(code).toBe(1);
  expect(stderr).toContain('BILLING_PERIOD_LOCKED');
  const locked = { status: 409, code: 'BILLING_PERIOD_LOCKED' };
  const posted = await api.send('POST', '/v1/rate-cards', late);
  expect(posted.json()).toMatchObject(locked);
  const { data, closed_until: closedUntil } = (await api.get('/v1/rate-cards')).json<RateCardList>();
  expect(closedUntil).toBe('2026-03-01T00:00:00.000Z');
  expect(data.map(({ name }) => name)).toEqual(['c']);
  const id = data[0]?.id;
  expect((await api.send('DELETE', `/v1/rate-cards/${id}`)).json()).toMatchObject(locked);
  expect(
    (await api.send('PUT', `/v1/rate-cards/${id}`, { ...card, prices: { bytes: { unit_price: '2' } } })).json(),
  ).toMatchObject(locked);
  expect((await api.send('POST', '/v1/rate-cards/preview', { card: late })).json()).toMatchObject(locked);
});

test('a rate from the next month on is taken, and re-rates that month only', async () => {
  const next = { name: 'march', valid_from: '2026-03-01', currency: 'USD', prices: { bytes: { unit_price: '3' } } };
  expect((await api.send('POST', '/v1/rate-cards', next)).status).toBe(201);
  const march = (await costLines(ledger)).filter((line) => line.startsWith('2026-03'));
  expect(march).toHaveLength(48);
  expect(march.every((line) => line.endsWith('by march'))).toBe(true);
});

test('a new owner gets the open hours; the closed ones stay with the old owner', async () => {
  await ledger.applyDirectory({
    rules: [{ match: { topic: 'orders' }, set: { workspace: 'logistics' } }, ...directory.rules],
  });
  const orders = (await costLines(ledger)).filter((line) => line.includes(' orders:'));
  expect(orders.filter((line) => line.includes('logistics')).every((line) => line.startsWith('2026-03'))).toBe(true);
  expect(orders.filter((line) => line.includes('logistics'))).toHaveLength(24);
});

test.each([
  'update chargeback_data.fact set cost = 0, quantity = 0 where hour < $1',
  'delete from chargeback_data.fact where hour < $1',
  'delete from chargeback_data.daily_fact where day < ($1::timestamptz)::date',
  `insert into chargeback_data.fact (hour, meter_id, resource_id, quantity, coverage, estimated)
     select hour, meter_id, resource_id + 1000, quantity, coverage, estimated from chargeback_data.fact where hour < $1`,
  'delete from chargeback_data.period where $1::timestamptz is not null',
  'update chargeback_data.price_tier set unit_price = 0 where $1::timestamptz is not null',
  `update chargeback_data.resource set workspace = 'me' where $1::timestamptz is not null`,
])('the database refuses it to its own superuser: %s', async (statement) => {
  await expect(ledger.database.pool.query(statement, [new Date(MARCH)])).rejects.toThrow();
});
