import { dateTime, type RawTimeRange } from '@grafana/data';
import pluginJson from '../../../plugin.json';
import { COSTS_LINK, PALETTE_LINKS } from './app-links';
import { costsLink } from './costs-link';

const range = (from: string, to: string): RawTimeRange => ({ from: dateTime(from), to: dateTime(to) });
const query = (path: string | undefined) => [...new URL(path ?? '', 'http://grafana').searchParams];

test('a panel of one topic leads to its costs, over the whole hours that contain its range', () => {
  const link = costsLink({
    title: 'Throughput',
    timeRange: range('2026-03-01T10:20:00Z', '2026-03-01T12:00:00.001Z'),
    targets: [{ expr: 'rate(bifrost_bytes_total{virtual_cluster="vc-1", topic="orders & more"}[5m])' }],
  });
  expect(link?.title).toBe('Costs of topic orders & more');
  expect(link?.path.startsWith('/a/finops-chargeback-app/chargeback?')).toBe(true);
  expect(query(link?.path)).toEqual([
    ['topic', 'orders & more'],
    ['cluster', 'vc-1'],
    ['from', '2026-03-01T10:00:00.000Z'],
    ['to', '2026-03-01T13:00:00.000Z'],
  ]);
});

test('a relative range becomes the hours that it stands for now', () => {
  const link = costsLink({
    timeRange: { from: 'now-6h', to: 'now' },
    targets: [{ rawSql: `select 1 where workspace = 'payments'` }],
  });
  const [, [, from], [, to]] = query(link?.path) as [string, [string, string], [string, string]];
  expect(Date.parse(from)).toBeLessThanOrEqual(Date.now() - 6 * 3_600_000);
  expect(Date.parse(to)).toBeGreaterThanOrEqual(Date.now());
  expect(Date.parse(to) - Date.parse(from)).toBeLessThanOrEqual(8 * 3_600_000);
});

test('a range that cannot be read is left to the page', () => {
  const link = costsLink({ timeRange: { from: 'yesterday-ish', to: 'now' }, targets: [{ expr: 'x{topic="a"}' }] });
  expect(query(link?.path)).toEqual([['topic', 'a']]);
});

test('several topics are one link', () => {
  const link = costsLink({ targets: [{ expr: 'x{topic="a"}' }, { expr: 'x{topic="b"}' }] });
  expect(link?.title).toBe('Costs of 2 topics');
  expect(query(link?.path)).toEqual([
    ['topic', 'a'],
    ['topic', 'b'],
  ]);
});

test('the title counts when no query names anything', () => {
  expect(costsLink({ title: 'Lag of topic: orders', targets: [{ expr: 'lag' }] })?.title).toBe('Costs of topic orders');
  expect(costsLink({ title: 'Lag of topic: orders', targets: [{ expr: 'lag{topic="payments"}' }] })?.title).toBe(
    'Costs of topic payments',
  );
});

test.each([
  ['no panel', undefined],
  ['a panel without queries', {}],
  ['a hidden query', { targets: [{ hide: true, expr: 'x{topic="a"}' }] }],
  ['a query of another kind', { targets: [{ expr: { topic: 'a' }, rawSql: 7 }, {}] }],
  ['queries with variables', { title: 'topic: $topic', targets: [{ expr: 'x{topic=~"$topic"}' }] }],
])('%s has no link', (_what, shown) => expect(costsLink(shown)).toBeUndefined());

test('Grafana finds every link in plugin.json, with a title that is long enough', () => {
  const links = [COSTS_LINK, ...PALETTE_LINKS].map(({ targets, title, description }) => ({
    targets: [targets].flat(),
    title,
    description,
  }));
  expect(pluginJson.extensions.addedLinks).toEqual(links);
  expect(links.every(({ title }) => title.length >= 10)).toBe(true);
});
