import type { DirectoryRule } from '../../api/directory';
import { formatDecimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { startApi, type ApiServer } from '../../testing/api-server';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import type { Sample } from '../../testing/sample-set';

const MARCH = Date.parse('2026-03-01T00:00:00Z');
const FEBRUARY_END = MARCH - 4 * HOUR;
/** Four hours of February, which is closed, and six of March. */
const HOURS = 10;
const TOPICS = { orders: 300, audit: 20 };
const counter = (topic: string, growth: number) => ({
  labels: { __name__: 'bytes_total', topic },
  samples: Array.from({ length: HOURS * 2 + 1 }, (_, half): Sample => [
    FEBRUARY_END + half * (HOUR / 2),
    String((growth * half) / 2),
  ]),
});
const CARD = { name: 'general', valid_from: '2026-01-01T00:00:00Z', currency: 'USD', workspace: '', notes: '' };

let prometheus: LocalServer;
let ledger: TestLedger;
let api: ApiServer;
beforeAll(async () => {
  prometheus = await startPrometheus(Object.entries(TOPICS).map(([topic, growth]) => counter(topic, growth)));
});
afterAll(() => prometheus?.stop());
beforeEach(async () => {
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } }],
    directory: { rules: [{ match: { topic: 'orders' }, set: { workspace: 'shop', cost_center: 'CC-1' } }] },
    rates: { rate_cards: [{ name: 'general', valid_from: '2026-01-01', prices: { bytes: { unit_price: '0.1' } } }] },
  });
  await ledger.collect(FEBRUARY_END, FEBRUARY_END + HOURS * HOUR);
  await ledger.run('close', '--period', '2026-02');
  api = await startApi(ledger.database.url, {}, () => MARCH + 12 * HOUR);
});
afterEach(async () => {
  await api?.close();
  await ledger?.drop();
});

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const { status, json, text } = await api.asAdmin(path, { method, body });
  expect([status, status < 300 ? '' : text]).toEqual([status < 300 ? status : 200, '']);
  return json as T;
}
async function restatements(): Promise<string[]> {
  const { rows } = await ledger.database.pool.query<Record<string, string>>(
    `select cause, subject, to_char(month, 'YYYY-MM') as month, workspace, cost_center, cost_before, cost_after, difference
     from chargeback.restatements order by at, workspace`,
  );
  return rows.map(({ cause, subject, month, workspace, cost_center, cost_before, cost_after, difference }) =>
    [
      cause,
      subject,
      month,
      workspace || '(none)',
      cost_center || '(none)',
      ...[cost_before, cost_after, difference].map((amount) => formatDecimal(amount ?? '')),
    ].join(' '),
  );
}

test('what is collected, once or again, is no restatement', async () => {
  await ledger.collect(MARCH, FEBRUARY_END + HOURS * HOUR);
  expect(await restatements()).toEqual([]);
});

test('a price from the middle of the open month restates it, and the closed one stays', async () => {
  const from = new Date(MARCH + 2 * HOUR).toISOString();
  const card = { ...CARD, name: 'dearer', valid_from: from, prices: { bytes: { per: '1', unit_price: '0.15' } } };
  await ask('POST', '/v1/rate-cards/preview', { card });
  expect(await restatements()).toEqual([]);

  const { id } = await ask<{ id: number }>('POST', '/v1/rate-cards', card);
  // 2 hours at 0.1 and 4 at 0.15 instead of 6 at 0.1.
  const once = ['prices dearer 2026-03 (none) (none) 12 16 4', 'prices dearer 2026-03 shop CC-1 180 240 60'];
  expect(await restatements()).toEqual(once);

  await ask('DELETE', `/v1/rate-cards/${id}`);
  expect(await restatements()).toEqual([
    ...once,
    'prices dearer 2026-03 (none) (none) 16 12 -4',
    'prices dearer 2026-03 shop CC-1 240 180 -60',
  ]);
});

test('a price for later restates nothing', async () => {
  const later = { ...CARD, name: 'later', valid_from: '2026-04-01T00:00:00Z' };
  await ask('POST', '/v1/rate-cards', { ...later, prices: { bytes: { per: '1', unit_price: '7' } } });
  expect(await restatements()).toEqual([]);
});

test('another owner takes over the cost of the open month, whole', async () => {
  const { version, rules } = await ask<{ version: number; rules: DirectoryRule[] }>('GET', '/v1/directory');
  const moved = [...rules, { match: { topic: 'audit' }, set: { workspace: 'audit', cost_center: 'CC-2' } }];
  await ask('PUT', '/v1/directory', { rules: moved });
  expect(await restatements()).toEqual([
    `owners version ${version + 1} 2026-03 (none) (none) 12 0 -12`,
    `owners version ${version + 1} 2026-03 audit CC-2 0 12 12`,
  ]);
  await expect(ledger.database.pool.query('delete from chargeback_data.restatement')).rejects.toThrow(/never changed/);
});
