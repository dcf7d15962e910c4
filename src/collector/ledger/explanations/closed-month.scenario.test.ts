import type { ExplainedDays, ExplainedReadings } from '../../../api/explanations';
import { HOUR, isoHour } from '../../../domain/hours';
import { startApi, type ApiServer } from '../../../testing/api-server';
import { createLedger, type TestLedger } from '../../../testing/ledger';
import type { LocalServer } from '../../../testing/local-server';
import { startPrometheus } from '../../../testing/prometheus-server';
import type { Sample } from '../../../testing/sample-set';

/** Days begin at half past the hour there: March begins within the hour that February ends with. */
const ZONE = 'Asia/Kolkata';
/** The last hour of February, which begins at 23:30. */
const LAST = Date.parse('2026-02-28T18:00:00Z');
const steady = Array.from({ length: 60 }, (_, index): Sample => [LAST + (index - 30) * 900_000, String(index + 1)]);

let prometheus: LocalServer;
let ledger: TestLedger;
let api: ApiServer;
beforeAll(async () => {
  prometheus = await startPrometheus([
    // Without samples in the last two hours of February and the first two of March.
    {
      labels: { __name__: 'bytes_total', topic: 'silent' },
      samples: [
        [LAST - 2.5 * HOUR, '90'],
        [LAST - 1.5 * HOUR, '100'],
        [LAST + 3.5 * HOUR, '180'],
      ],
    },
    { labels: { __name__: 'bytes_total', topic: 'steady' }, samples: steady },
  ]);
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    timezone: ZONE,
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } }],
    rates: { rate_cards: [{ name: 'c', valid_from: '2026-01-01', prices: { bytes: { unit_price: '1' } } }] },
    directory: { rules: [{ match: { topic: '*' }, set: { workspace: 'before' } }] },
  });
  await ledger.collect(LAST - 4 * HOUR, LAST + HOUR);
  await ledger.run('close', '--period', '2026-02');
  await ledger.applyDirectory({ rules: [{ match: { topic: '*' }, set: { workspace: 'after' } }] });
  await ledger.collect(LAST + HOUR, LAST + 5 * HOUR);
  api = await startApi(ledger.database.url, { CHARGEBACK_TIMEZONE: ZONE });
});
afterAll(async () => {
  await api?.close();
  await ledger?.drop();
  await prometheus?.stop();
});

const at = (hour: number) => new Date(hour).toISOString();
const ask = async <T>(path: string) => (await api.asAdmin(path)).json as T;
const readings = (hour: number, workspace: string) =>
  ask<ExplainedReadings>(`/v1/explanations/readings?charge_type=bytes&hour=${isoHour(hour)}&workspace=${workspace}`);

test('a closed month is explained with the owners that it was closed with', async () => {
  const closed = await readings(LAST, 'before');
  expect(closed).toMatchObject({ found: 1, total: { quantity: '4', cost: '4' }, unexplained: null });
  expect(closed.data[0]).toMatchObject({ labels: { topic: 'steady' }, resource: { workspace: 'before' }, usage: '4' });
  expect(await readings(LAST, 'after')).toMatchObject({ found: 0, total: { quantity: '0', cost: null }, data: [] });
  const days = await ask<ExplainedDays>('/v1/explanations/days?charge_type=bytes&period=2026-02&workspace=before');
  expect(days).toMatchObject({
    total: { cost: '120' },
    days: [{ day: '2026-02-28', cost: '120', price_id: expect.any(Number) }],
  });
});

test('growth over its last hours is explained in the first open hour, where it is billed', async () => {
  const first = await readings(LAST + HOUR, 'after');
  expect(first).toMatchObject({ found: 2, total: { quantity: '52', cost: '52' }, unexplained: null });
  expect(first.data).toMatchObject([
    {
      labels: { topic: 'silent' },
      first: null,
      samples: 0,
      previous: { hour: at(LAST - 2 * HOUR), last: '100' },
      link: null,
      // Its own 16 and those of two closed hours.
      spread: { from: at(LAST - HOUR), to: at(LAST + 4 * HOUR), amount: '80', part: '48' },
      usage: '48',
    },
    { labels: { topic: 'steady' }, link: { amount: '1', from: 'previous' }, growth: '3', usage: '4' },
  ]);
  expect((await readings(LAST + 2 * HOUR, 'after')).data[0]).toMatchObject({ usage: '16', spread: { part: '16' } });
});

test('the ledger agrees', async () => {
  expect(await ledger.run('verify')).toEqual(expect.any(String));
});

test('when readings are gone, it is said, and the facts stand', async () => {
  await ledger.database.pool.query('delete from chargeback_data.reading where hour <= $1', [new Date(LAST)]);
  expect(await readings(LAST, 'before')).toMatchObject({
    found: 0,
    total: { quantity: '4', cost: '4' },
    unexplained: { quantity: '4', reason: expect.stringContaining('not in the ledger any more') },
    data: [],
  });
});
