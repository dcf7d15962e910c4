import fc from 'fast-check';
import { LINE_FIELDS } from '../../../domain/chargeback-line';
import { readCostsQuery, TABS, wholeHours, writeCostsQuery, type CostsQueryState } from './costs-query';

const NOW = '2026-11';
const read = (address: string) => readCostsQuery(new URLSearchParams(address), NOW);
const name = fc.string({ maxLength: 30 });
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });

const state: fc.Arbitrary<CostsQueryState> = fc.constantFrom(...TABS).chain((tab) =>
  fc.record({
    range: fc.oneof(
      fc.constantFrom({ period: '2026-02' }, { period: '2025-12' }),
      fc
        .integer({ min: 1, max: 5000 })
        .map((hours) => wholeHours(1_790_000_000_000, 1_790_000_000_000 + hours * 3.6e6)),
    ),
    filters: fc.record({ cluster: names, workspace: names, cost_center: names }, { requiredKeys: [] }),
    currency: fc.constantFrom('USD', 'JPY'),
    tab: fc.constant(tab),
    search: name,
    sort: fc.record({
      column: fc.constantFrom('total_cost', 'confidence', ...(tab === 'prices' ? [] : LINE_FIELDS[tab])),
      descending: fc.boolean(),
    }),
    page: fc.integer({ min: 1, max: 400 }),
    days: fc.constantFrom('chart' as const, 'table' as const),
    why: fc.option(fc.record({ workspace: name, application: name, environment: name }), { nil: undefined }),
  }),
);

describe('the address of a page of costs', () => {
  it('says everything that the page shows, whatever the names are', () => {
    fc.assert(
      fc.property(state, ({ tab, days, ...rest }) => {
        let address = writeCostsQuery(new URLSearchParams(), { tab });
        address = writeCostsQuery(address, { days });
        address = writeCostsQuery(address, rest);
        expect(readCostsQuery(new URLSearchParams(address.toString()), NOW)).toEqual({ tab, days, ...rest });
      }),
    );
  });

  it('may come from Grafana: milliseconds, which are widened to whole hours', () => {
    expect(read('from=1794268800001&to=1794300000000').range).toEqual({
      from_ts: '2026-11-10T00:00:00.000Z',
      to_ts: '2026-11-10T09:00:00.000Z',
    });
    expect(read('from=2026-11-10T00:20:00Z&to=2026-11-10T00:30:00Z').range).toEqual({
      from_ts: '2026-11-10T00:00:00.000Z',
      to_ts: '2026-11-10T01:00:00.000Z',
    });
  });

  it('may be nonsense, which is ignored', () => {
    expect(read('period=2026-13&page=-1&sort=constructor&tab=x&days=y&why=a%3Db&from=2&to=1')).toEqual({
      range: { period: NOW },
      filters: {},
      tab: 'application',
      search: '',
      sort: { column: 'total_cost', descending: true },
      page: 1,
      days: 'chart',
    });
    // The order of another tab's lines means nothing here.
    expect(read('tab=topic&sort=application').sort.column).toBe('total_cost');
  });

  it('begins another question on the first page and without the explanation of a line', () => {
    const address = new URLSearchParams(
      'period=2026-10&page=3&why=topic%3Da&why_meter=m&why_day=2026-10-01&currency=EUR',
    );
    expect(writeCostsQuery(address, { range: { period: '2026-09' } }).toString()).toBe('period=2026-09&currency=EUR');
    expect(writeCostsQuery(address, { search: 'x' }).toString()).toBe('period=2026-10&currency=EUR&search=x');
    // How the days are shown is no question, and an explanation leaves the page where it is.
    expect(writeCostsQuery(address, { days: 'table' }).toString()).toBe(`${address}&days=table`);
    expect(writeCostsQuery(address, { why: undefined }).toString()).toBe('period=2026-10&page=3&currency=EUR');
  });

  it('forgets search and order of the lines of another kind', () => {
    expect(writeCostsQuery(new URLSearchParams('search=a&sort=topic&page=2'), { tab: 'principal' }).toString()).toBe(
      'tab=principal',
    );
  });
});
