import { HOUR } from '../../domain/hours';
import { costLines } from '../../testing/cost-lines';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { startPrometheus } from '../../testing/prometheus-server';
import type { Sample } from '../../testing/sample-set';

const MARCH = Date.parse('2026-03-01T00:00:00Z');
const steady = Array.from({ length: 40 }, (_, index): Sample => [MARCH + (index - 20) * 900_000, String(index + 1)]);

let prometheus: LocalServer;
let ledger: TestLedger;
beforeAll(async () => {
  prometheus = await startPrometheus([
    // Silent from 28 February 19:30 to 1 March 03:30.
    {
      labels: { __name__: 'bytes_total', topic: 'silent' },
      samples: [
        [MARCH - 5.5 * HOUR, '100'],
        [MARCH - 4.5 * HOUR, '110'],
        [MARCH + 3.5 * HOUR, '190'],
      ],
    },
    { labels: { __name__: 'bytes_total', topic: 'steady' }, samples: steady },
  ]);
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    meters: [{ slug: 'bytes', unit: 'byte', counter: 'bytes_total', dimensions: { topic: 'topic' } }],
    rates: { rate_cards: [{ name: 'c', valid_from: '2026-01-01', prices: { bytes: { unit_price: '1' } } }] },
  });
  await ledger.collect(MARCH - 5 * HOUR, MARCH);
  await ledger.run('close', '--period', '2026-02');
});
afterAll(async () => {
  await ledger?.drop();
  await prometheus?.stop();
});

const silent = async () => (await costLines(ledger)).filter((line) => line.includes('silent'));

test('growth over hours of a closed month is not lost: it is in the first open hour, and collected again stays there', async () => {
  await ledger.collect(MARCH, MARCH + 5 * HOUR);
  const lines = [
    '2026-02-28T19:00:00Z - silent: 10 -> 10 by c',
    // Its own 10 and those of the four closed hours.
    '2026-03-01T00:00:00Z - silent: 50 -> 50 by c',
    '2026-03-01T01:00:00Z - silent: 10 -> 10 by c',
    '2026-03-01T02:00:00Z - silent: 10 -> 10 by c',
    '2026-03-01T03:00:00Z - silent: 10 -> 10 by c',
  ];
  expect(await silent()).toEqual(lines);
  for (const hour of [3, 0, 1, 4, 2]) {
    await ledger.collect(MARCH + hour * HOUR, MARCH + (hour + 1) * HOUR);
  }
  expect(await silent()).toEqual(lines);
  expect(await ledger.run('verify')).toEqual(expect.any(String));
});
