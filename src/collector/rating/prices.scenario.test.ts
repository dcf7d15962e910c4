import type { z } from 'zod';
import type { Chargeback } from '../../api/chargeback';
import type { DirectoryFile } from '../../api/directory';
import type { Preview, RateCard, RateCardInput } from '../../api/rate-cards';
import { HOUR } from '../../domain/hours';
import { costLines, unratedLines } from '../../testing/cost-lines';
import { hourlyCounter } from '../../testing/hourly-counter';
import { createLedger, type TestLedger } from '../../testing/ledger';
import { ledgerFacts } from '../../testing/ledger-facts';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import { ADMIN_TOKEN, startApi, type ApiAnswer, type TestApi } from '../../testing/test-api';

type Card = z.input<typeof RateCardInput>;

/** 15 March 2026, 22:00 UTC: two hours before the middle of the month. */
const START = Date.parse('2026-03-15T22:00:00Z');
const END = START + 4 * HOUR;
const directory: z.input<typeof DirectoryFile> = {
  rules: [
    { match: { topic: 'orders' }, set: { workspace: 'shop' } },
    { match: { topic: 'audit' }, set: { workspace: 'bank' } },
  ],
};
const flat = (name: string, validFrom: string, price: string, workspace?: string): Card => ({
  name,
  valid_from: validFrom,
  ...(workspace !== undefined && { workspace }),
  prices: { bytes: { unit_price: price } },
});

let prometheus: LocalServer;
let ledger: TestLedger;
let api: TestApi | undefined;

beforeAll(async () => {
  prometheus = await startPrometheus([
    hourlyCounter({ __name__: 'bytes_total', topic: 'orders' }, START, [10, 20, 30, 40]),
    hourlyCounter({ __name__: 'bytes_total', topic: 'audit' }, START, [1, 2, 3, 4]),
  ]);
});
afterAll(() => prometheus?.stop());

async function ledgerWith(...cards: Card[]): Promise<void> {
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } }],
    directory,
    ...(cards.length > 0 && { rates: { rate_cards: cards } }),
  });
  await ledger.collect(START, END);
}
afterEach(async () => {
  await api?.stop();
  api = undefined;
  await ledger?.drop();
});

const hour = (text: string) => `2026-03-1${text}:00:00Z`;

test('a rate change in mid-month applies from its day on and leaves the days before as they were', async () => {
  await ledgerWith(flat('winter', '2026-01-01', '2'), flat('spring', '2026-03-16', '3'));
  expect(await costLines(ledger)).toEqual([
    `${hour('5T22')} bank audit: 1 -> 2 by winter`,
    `${hour('5T22')} shop orders: 10 -> 20 by winter`,
    `${hour('5T23')} bank audit: 2 -> 4 by winter`,
    `${hour('5T23')} shop orders: 20 -> 40 by winter`,
    `${hour('6T00')} bank audit: 3 -> 9 by spring`,
    `${hour('6T00')} shop orders: 30 -> 90 by spring`,
    `${hour('6T01')} bank audit: 4 -> 12 by spring`,
    `${hour('6T01')} shop orders: 40 -> 120 by spring`,
  ]);
});

test('a backdated rate re-rates from its moment on, and nothing before it', async () => {
  await ledgerWith(flat('winter', '2026-01-01', '2'));
  await ledger.applyRates({ rate_cards: [flat('agreed late', '2026-03-15T23:00:00Z', '1')] });
  expect((await costLines(ledger)).filter((line) => line.includes('orders'))).toEqual([
    `${hour('5T22')} shop orders: 10 -> 20 by winter`,
    `${hour('5T23')} shop orders: 20 -> 20 by agreed late`,
    `${hour('6T00')} shop orders: 30 -> 30 by agreed late`,
    `${hour('6T01')} shop orders: 40 -> 40 by agreed late`,
  ]);
});

test("a workspace's own price wins over the general one, however old it is", async () => {
  await ledgerWith(flat('general', '2026-03-01', '5'), flat('shop deal', '2025-06-01', '0.5', 'shop'));
  expect(await costLines(ledger)).toEqual([
    `${hour('5T22')} bank audit: 1 -> 5 by general`,
    `${hour('5T22')} shop orders: 10 -> 5 by shop deal`,
    `${hour('5T23')} bank audit: 2 -> 10 by general`,
    `${hour('5T23')} shop orders: 20 -> 10 by shop deal`,
    `${hour('6T00')} bank audit: 3 -> 15 by general`,
    `${hour('6T00')} shop orders: 30 -> 15 by shop deal`,
    `${hour('6T01')} bank audit: 4 -> 20 by general`,
    `${hour('6T01')} shop orders: 40 -> 20 by shop deal`,
  ]);
});

test('a later card that does not name a meter leaves its older price in force', async () => {
  await ledgerWith(flat('old', '2026-01-01', '2'));
  await ledger.write('meters.yaml', {
    meters: [
      { slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } },
      { slug: 'other', unit: 'byte', counter: 'other_total' },
    ],
  });
  await ledger.applyRates({
    rate_cards: [{ name: 'new', valid_from: '2026-03-01', prices: { other: { unit_price: '9' } } }],
  });
  expect((await costLines(ledger)).every((line) => line.endsWith('by old'))).toBe(true);
});

test('a tier crossed in the middle of an hour splits that hour', async () => {
  const tiers = [
    { from: 0, unit_price: '1' },
    { from: 25, unit_price: '0.1' },
    { from: 60, unit_price: '0' },
  ];
  await ledgerWith({ name: 'tiers', valid_from: '2026-01-01', prices: { bytes: { tiers } } });
  expect((await costLines(ledger)).filter((line) => line.includes('orders'))).toEqual([
    `${hour('5T22')} shop orders: 10 -> 10 by tiers`,
    // 15 to the end of the first tier, 5 in the second.
    `${hour('5T23')} shop orders: 20 -> 15.5 by tiers`,
    `${hour('6T00')} shop orders: 30 -> 3 by tiers`,
    `${hour('6T01')} shop orders: 40 -> 0 by tiers`,
  ]);
});

test('usage from before the price counts towards its tiers', async () => {
  const tiers = [
    { from: 0, unit_price: '1' },
    { from: 25, unit_price: '0.1' },
  ];
  await ledgerWith({ name: 'tiers', valid_from: '2026-03-16', prices: { bytes: { tiers } } });
  expect((await costLines(ledger)).filter((line) => line.includes('orders'))).toEqual([
    `${hour('6T00')} shop orders: 30 -> 3 by tiers`,
    `${hour('6T01')} shop orders: 40 -> 4 by tiers`,
  ]);
  expect(await unratedLines(ledger)).toEqual([
    `${hour('5T22')} bank audit: 1`,
    `${hour('5T22')} shop orders: 10`,
    `${hour('5T23')} bank audit: 2`,
    `${hour('5T23')} shop orders: 20`,
  ]);
});

test('a price of 0 costs 0; without a price there is no cost at all', async () => {
  await ledgerWith(flat('free', '2026-03-16', '0'));
  expect((await costLines(ledger)).filter((line) => line.includes('audit'))).toEqual([
    `${hour('6T00')} bank audit: 3 -> 0 by free`,
    `${hour('6T01')} bank audit: 4 -> 0 by free`,
  ]);
});

test('a topic that changes owner is charged to the new one from that hour on', async () => {
  await ledgerWith(flat('card', '2026-01-01', '1'));
  const moved = { match: { topic: 'orders' }, set: { workspace: 'logistics' }, valid_from: '2026-03-16' };
  await ledger.applyDirectory({ rules: [moved, ...directory.rules] });
  const lines = (await costLines(ledger)).filter((line) => line.includes('orders'));
  expect(lines).toEqual([
    `${hour('5T22')} shop orders: 10 -> 10 by card`,
    `${hour('5T23')} shop orders: 20 -> 20 by card`,
    `${hour('6T00')} logistics orders: 30 -> 30 by card`,
    `${hour('6T01')} logistics orders: 40 -> 40 by card`,
  ]);
  // Collected again, it stays with its owners.
  await ledger.collect(START, END);
  expect((await costLines(ledger)).filter((line) => line.includes('orders'))).toEqual(lines);
});

test('a topic that nobody owns any more falls back to no workspace, and its tiers are counted apart', async () => {
  const tiers = [
    { from: 0, unit_price: '1' },
    { from: 6, unit_price: '0.5' },
  ];
  await ledgerWith({ name: 'tiers', valid_from: '2026-01-01', prices: { bytes: { tiers } } });
  await ledger.applyDirectory({ rules: [directory.rules[0] ?? { match: {}, set: {} }] });
  expect((await costLines(ledger)).filter((line) => line.includes('audit'))).toEqual([
    `${hour('5T22')} - audit: 1 -> 1 by tiers`,
    `${hour('5T23')} - audit: 2 -> 2 by tiers`,
    `${hour('6T00')} - audit: 3 -> 3 by tiers`,
    `${hour('6T01')} - audit: 4 -> 2 by tiers`,
  ]);
});

test('applying the same file twice changes nothing', async () => {
  const cards = [flat('a', '2026-01-01', '2'), flat('b', '2026-03-16', '3', 'shop')];
  await ledgerWith(...cards);
  const stamped = 'select hour, recorded_at, cost from chargeback.hourly_cost_facts order by 1, 2, 3';
  const before = (await ledger.database.pool.query(stamped)).rows;
  await ledger.applyRates({ rate_cards: cards });
  expect((await ledger.database.pool.query(stamped)).rows).toEqual(before);
});

test('no rate at all is an error that says so, not a zero; the usage shows as unrated', async () => {
  await ledgerWith();
  api = await startApi(ledger);
  const answer = await api.get('/v1/chargeback?period=2026-03');
  expect(answer.status).toBe(409);
  expect(answer.type).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ code: 'NO_RATE_FOR_PERIOD', status: 409 });
  expect((await api.get('/v1/chargeback.csv?period=2026-03')).status).toBe(409);
  expect(await costLines(ledger)).toEqual([]);
  expect(await unratedLines(ledger)).toHaveLength(8);
  // Of the last complete hour: 40 + 4.
  expect((await api.get('/metrics')).text).toMatch(/^chargeback_unrated_usage\{meter="bytes"\} 44$/m);
});

test('a card made, previewed, changed and deleted over HTTP re-rates before it answers', async () => {
  await ledgerWith(flat('base', '2026-01-01', '1'));
  api = await startApi(ledger);
  const before = await ledgerFacts(ledger.database.pool);
  const card = flat('deal', '2026-03-16', '0.25', 'shop');

  const preview = await api.send('POST', '/v1/rate-cards/preview', { card });
  expect(preview.json<Preview>().rows).toEqual([
    { workspace: 'shop', charge_type: 'bytes', currency: 'USD', before: '70', after: '17.5', difference: '-52.5' },
  ]);
  expect(await ledgerFacts(ledger.database.pool)).toEqual(before);

  const created = await api.send('POST', '/v1/rate-cards', card);
  expect(created.status).toBe(201);
  const { id, version } = created.json<RateCard>();
  const total = async () => (await api?.get('/v1/chargeback?period=2026-03'))?.json<Chargeback>().totals.total_cost;
  expect(await total()).toBe('57.5');

  const changed = await api.send('PUT', `/v1/rate-cards/${id}`, {
    ...card,
    prices: { bytes: { unit_price: '0.5' } },
  });
  expect(changed.status).toBe(200);
  expect(await total()).toBe('75');
  const stale = await api.send('PUT', `/v1/rate-cards/${id}`, card, ADMIN_TOKEN, `"${version}"`);
  expect([stale.status, stale.json<{ code: string }>().code]).toEqual([412, 'PRECONDITION_FAILED']);

  expect((await api.send('DELETE', `/v1/rate-cards/${id}`)).status).toBeLessThan(300);
  expect(await ledgerFacts(ledger.database.pool)).toEqual(before);
});

test('the bills of a preview are whole: with the hours before the change, and what it does not touch', async () => {
  await ledgerWith(flat('base', '2026-01-01', '1'));
  api = await startApi(ledger);
  const { rows, bills, bills_from } = (
    await api.send('POST', '/v1/rate-cards/preview', { card: flat('dearer', '2026-03-16', '3') })
  ).json<Preview>();
  expect(rows.map(({ workspace, before, after }) => [workspace, before, after])).toEqual([
    ['shop', '70', '210'],
    ['bank', '7', '21'],
  ]);
  expect(bills_from).toBe('2026-03-01T00:00:00.000Z');
  expect(bills).toEqual([
    { workspace: 'shop', currency: 'USD', before: '100', after: '240', difference: '140' },
    { workspace: 'bank', currency: 'USD', before: '10', after: '24', difference: '14' },
  ]);
});

test('another currency is another bill: one falls to what is left, the other begins', async () => {
  await ledgerWith(flat('base', '2026-01-01', '1'));
  api = await startApi(ledger);
  const card = { ...flat('in euros', '2026-03-16', '2', 'bank'), currency: 'EUR' };
  const { bills } = (await api.send('POST', '/v1/rate-cards/preview', { card })).json<Preview>();
  expect(bills).toEqual([
    { workspace: 'bank', currency: 'EUR', before: '0', after: '14', difference: '14' },
    { workspace: 'bank', currency: 'USD', before: '10', after: '3', difference: '-7' },
  ]);
});

test('a card that names no currency is in the reporting currency, from a file and over HTTP', async () => {
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } }],
    directory,
    currency: 'EUR',
    rates: { rate_cards: [flat('from a file', '2026-01-01', '1')] },
  });
  await ledger.collect(START, END);
  api = await startApi(ledger);
  const { data } = (await api.get('/v1/rate-cards')).json<{ data: RateCard[] }>();
  expect(data.map(({ currency }) => currency)).toEqual(['EUR']);
  const deal = flat('deal', '2026-03-16', '2', 'shop');
  const { totals } = (await api.send('POST', '/v1/rate-cards/preview', { card: deal })).json<Preview>();
  expect(totals.map(({ currency }) => currency)).toEqual(['EUR']);
  expect((await api.send('POST', '/v1/rate-cards', deal)).json<RateCard>().currency).toBe('EUR');
  const dollars = { ...flat('in dollars', '2026-03-16', '2', 'bank'), currency: 'USD' };
  expect((await api.send('POST', '/v1/rate-cards', dollars)).json<RateCard>().currency).toBe('USD');
  // The file again, still without a currency, is still the same card.
  await ledger.applyRates({ rate_cards: [flat('from a file', '2026-01-01', '1')] });
  expect((await api.get(`/v1/rate-cards/${data[0]?.id}`)).json<RateCard>().version).toBe(data[0]?.version);
});

test('a card that was changed in between is not deleted by one who saw the older version', async () => {
  await ledgerWith(flat('base', '2026-01-01', '1'));
  api = await startApi(ledger);
  const { id, version } = (
    await api.send('POST', '/v1/rate-cards', flat('deal', '2026-03-16', '2', 'shop'))
  ).json<RateCard>();
  const changed = await api.send('PUT', `/v1/rate-cards/${id}`, flat('deal', '2026-03-16', '3', 'shop'));
  const remove = (ifMatch: string) =>
    api?.send('DELETE', `/v1/rate-cards/${id}`, undefined, ADMIN_TOKEN, ifMatch) as Promise<ApiAnswer>;
  const stale = await remove(`"${version}"`);
  expect([stale.status, stale.json<{ code: string }>().code]).toEqual([412, 'PRECONDITION_FAILED']);
  expect((await api.get(`/v1/rate-cards/${id}`)).status).toBe(200);
  expect((await remove('soon')).status).toBe(400);
  expect((await remove(`"${changed.json<RateCard>().version}"`)).status).toBe(204);
});
