import { DateTime } from 'luxon';
import { checkLedger } from '../../collector/ledger/checks/check-ledger';
import { Decimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import { DEFAULTS, figure, run, sqlOf, type Row } from '../../testing/dashboard-panels';
import { bars, groups, priced, total, value } from '../../testing/dashboard-reference';
import { sampleFacts, ZONE } from '../../testing/dashboard-sample';
import type { TestDatabase } from '../../testing/database';
import type { Chosen, PanelRequest } from '../../testing/grafana-sql';
import { GROUP_COLUMNS } from '../queries/group-by';
import { withoutName } from '../queries/dimensions';
import { HISTORICAL_PANELS, historicalDashboard } from './historical-dashboard';

const facts = sampleFacts();
const dashboard = historicalDashboard();
const ALL: Record<string, Chosen> = {
  ...DEFAULTS,
  cost_center: { all: "'__all__'" },
  groupby: ['workspace'],
  page: ['1'],
};

let full: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
  empty = await createDashboardLedger(ZONE, []);
  await checkLedger({ pool: full.pool, config: { timezone: ZONE } as never });
});
afterAll(() => Promise.all([full.drop(), empty.drop()]));

const rowsOf = (database: TestDatabase, panel: keyof typeof HISTORICAL_PANELS, request: PanelRequest) =>
  run(database, sqlOf(dashboard, HISTORICAL_PANELS[panel])[0] ?? '', request);
const narrowed = (request: PanelRequest, chosen: Record<string, Chosen>): PanelRequest => ({
  ...request,
  variables: { ...request.variables, ...chosen },
});
const spent = (request: PanelRequest) => {
  const chosen = request.variables?.['cost_center'];
  return priced(facts, request).filter((fact) => !Array.isArray(chosen) || chosen.includes(value(fact, 'cost_center')));
};
const cost = (some: PlainFact[]) => total(some, (fact) => fact.cost).toFixed();
const sum = (rows: Row[], column: string) =>
  rows.reduce((amount, row) => amount.plus(String(row[column])), new Decimal(0)).toFixed();
const local = (hour: Date) => DateTime.fromJSDate(hour, { zone: ZONE });

const CHOICES: Record<string, Record<string, Chosen>> = {
  'everything at All': {},
  'a cost centre and none': { cost_center: ['CC-1', ''] },
  'a workspace with a quote in its name': { workspace: ["o'brien", ''] },
  'another currency': { currency: ['EUR'] },
  'nothing that exists': { team: ["team-1') or true --"] },
};
const RANGES: Record<string, [from: string, to: string]> = {
  'whole days over the change to summer time': ['2026-03-26T23:00:00Z', '2026-04-01T22:00:00Z'],
  'two days less an hour, over the change to summer time': ['2026-03-28T05:00:00Z', '2026-03-30T04:00:00Z'],
  'half a day': ['2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'],
  'ragged ends': ['2026-03-25T10:30:00Z', '2026-03-31T06:59:59.999Z'],
  'ninety days': ['2026-01-20T23:00:00Z', '2026-04-20T22:00:00Z'],
  'months with ragged ends': ['2025-12-20T10:30:00Z', '2026-05-05T06:10:00Z'],
  'more than everything, into the future': ['2025-06-01T00:00:00Z', '2999-01-01T00:00:00Z'],
};
const CASES = Object.entries(RANGES).flatMap(([range, [from, to]]) =>
  Object.entries(CHOICES).map(([choice, chosen]) => ({
    name: `${range}, ${choice}`,
    request: { from: new Date(from), to: new Date(to), variables: { ...ALL, ...chosen } },
  })),
);

describe.each(CASES)('$name', ({ request }) => {
  test('total, bars and months are the same money, however it is grouped', async () => {
    const expected = cost(spent(request));
    const [row] = await rowsOf(full, 'total', request);
    expect(figure(row?.['cost'])).toBe(expected);
    for (const column of GROUP_COLUMNS) {
      const grouped = narrowed(request, { groupby: [column] });
      expect([column, sum(await rowsOf(full, 'overTime', grouped), 'value')]).toEqual([column, expected]);
    }
    expect(await rowsOf(full, 'overTime', narrowed(request, { groupby: ["x') or true --"] }))).toEqual(
      await rowsOf(full, 'overTime', request),
    );
    for (const field of ['workspace', 'cost_center']) {
      const drawn = (await rowsOf(full, 'overTime', narrowed(request, { groupby: [field] }))).map(
        (bar): [string, string | null] => [
          `${(bar['time'] as Date).toISOString()} ${String(bar['metric'])}`,
          figure(bar['value']),
        ],
      );
      expect(Object.fromEntries(drawn)).toEqual(bars(request, spent(request), (fact) => fact.cost, field));
    }
  });

  test('a line a name, a column a month, whose total it is', async () => {
    for (const field of ['team', 'topic'] as const) {
      const rows = await rowsOf(full, 'months', narrowed(request, { groupby: [field] }));
      const named = (fact: PlainFact) => value(fact, field) || withoutName(field);
      const cells = groups(spent(request), (fact) => `${named(fact)} ${local(fact.hour).toFormat('yyyy-MM')}`);
      const totals = groups(spent(request), (fact) => `${named(fact)} Total`);
      const found = rows.map((row): [string, string | null] => [
        `${String(row['Name'])} ${String(row['month'])}`,
        figure(row['cost']),
      ]);
      expect(Object.fromEntries(found.filter(([, amount]) => amount !== '0'))).toEqual(
        Object.fromEntries([...cells, ...totals].map(([key, its]) => [key, cost(its)])),
      );
      // Every line has a cell for every month, so that the columns stand in the order of months.
      const names = new Set(rows.map((row) => row['Name']));
      const months = [...new Set(rows.map((row) => String(row['month'])))];
      expect(rows).toHaveLength(names.size * months.length);
      expect(months).toEqual([...months].sort());
    }
  });

  test('the effective rate is what the cost of a meter is by its quantity', async () => {
    const rows = await rowsOf(full, 'effectiveRates', request);
    const bucket = (fact: PlainFact) => {
      const days = (request.to.getTime() - request.from.getTime()) / (24 * HOUR);
      return local(fact.hour)
        .startOf(days > 92 ? 'month' : days > 3 ? 'day' : 'hour')
        .toJSDate()
        .toISOString();
    };
    const expected = groups(spent(request), (fact) => `${bucket(fact)} ${fact.meter}`);
    expect(rows).toHaveLength(expected.size);
    for (const row of rows) {
      const its = expected.get(`${(row['time'] as Date).toISOString()} ${String(row['metric']).split(' ')[0]}`) ?? [];
      const rate = total(its, (fact) => fact.cost).div(total(its, ({ quantity }) => quantity));
      expect(Number(row['value'])).toBeCloseTo(rate.toNumber(), 9);
    }
  });

  test('the pages of the ledger are all facts of the range, each once, exactly', async () => {
    const expected = spent(request).map((fact) =>
      [
        local(fact.hour).toFormat('yyyy-MM-dd HH:mm'),
        fact.meter,
        value(fact, 'workspace') || 'Unallocated',
        value(fact, 'topic') || 'No topic',
        value(fact, 'principal') || 'No principal',
        value(fact, 'cost_center') || 'Unallocated',
        new Decimal(fact.quantity).toFixed(),
        new Decimal(fact.cost ?? 0).toFixed(),
        fact.currency,
        fact.estimated ? 'estimated' : 'metered',
      ].join('|'),
    );
    const size = expected.length.toLocaleString('en-US');
    const pages = Math.max(1, Math.ceil(expected.length / 100));
    const found: Row[] = [];
    // Of many pages the first, some within and the last; of few all.
    const wanted =
      pages <= 6
        ? Array.from({ length: pages }, (_, index) => index + 1)
        : [1, 2, Math.ceil(pages / 2), pages - 1, pages];
    for (const page of wanted) {
      const rows = await rowsOf(full, 'ledger', narrowed(request, { page: [String(page)] }));
      const first = (page - 1) * 100 + 1;
      const last = Math.min(page * 100, expected.length);
      expect(rows.map((row) => row['Row'])).toEqual(
        Array.from(
          { length: Math.max(0, last - first + 1) },
          (_, index) => `${(first + index).toLocaleString('en-US')} of ${size}`,
        ),
      );
      const [shown] = await rowsOf(full, 'ledgerPages', narrowed(request, { page: [String(page)] }));
      expect(shown?.['rows']).toBe(
        expected.length === 0
          ? null
          : `Rows ${first.toLocaleString('en-US')}–${last.toLocaleString('en-US')} of ${size} (page ${page} of ${pages})`,
      );
      found.push(...rows);
    }
    const texts = found.map((row) =>
      ['Hour', 'Meter', 'Workspace', 'Topic', 'Principal', 'Cost centre', 'Quantity', 'Cost', 'Currency', 'Method']
        .map((column) => String(row[column]))
        .join('|'),
    );
    if (pages <= 6) {
      expect([...texts].sort()).toEqual([...expected].sort());
    } else {
      const left = new Map([...groups(expected, (text) => text)].map(([text, its]) => [text, its.length]));
      for (const text of texts) {
        expect(left.get(text)).toBeGreaterThan(0);
        left.set(text, (left.get(text) ?? 0) - 1);
      }
      const days = found.map((row) => String(row['Hour']).slice(0, 10));
      expect(days).toEqual([...days].sort().reverse());
    }
  });
});

const EVER: PanelRequest = {
  from: new Date('2025-06-01T00:00:00Z'),
  to: new Date('2026-12-01T00:00:00Z'),
  variables: ALL,
};

test.each([['0'], ['-3'], ['x'], [''], ["1') or true --"], ['1e3'], ['2.5']])('page %j is the first', async (page) => {
  const first = await rowsOf(full, 'ledger', EVER);
  expect(first).toHaveLength(100);
  expect(await rowsOf(full, 'ledger', narrowed(EVER, { page: [page] }))).toEqual(first);
});

test('a page beyond the last is the last', async () => {
  const [shown] = await rowsOf(full, 'ledgerPages', narrowed(EVER, { page: ['999999999'] }));
  const last = String(shown?.['last']);
  expect(await rowsOf(full, 'ledger', narrowed(EVER, { page: ['999999999'] }))).toEqual(
    await rowsOf(full, 'ledger', narrowed(EVER, { page: [last] })),
  );
});

/** Four whole days of hours, one of them missing for one meter, in a ledger of its own. */
async function withGap(work: (ledger: TestDatabase, days: Date[]) => Promise<void>) {
  const midnight = DateTime.now().setZone('UTC').startOf('day');
  const days = [5, 4, 3, 2].map((ago) => midnight.minus({ days: ago }).toJSDate());
  const hours = days.flatMap((day, index) =>
    Array.from({ length: 24 }, (_, hour) => new Date(day.getTime() + hour * HOUR)).filter(
      (_, hour) => index !== 1 || hour !== 13,
    ),
  );
  const ledger = await createDashboardLedger(
    'UTC',
    hours.map((hour) => ({
      hour,
      meter: 'kafka_ingress_bytes',
      resource: { workspace: 'a' },
      quantity: '2',
      cost: '0.5',
      currency: 'USD',
      estimated: false,
    })),
  );
  try {
    await work(ledger, days);
  } finally {
    await ledger.drop();
  }
}

test('a day with a missing hour is not covered, nor are those on which the collector stood still', async () => {
  await withGap(async (ledger, [first = new Date()]) => {
    const request = { from: new Date(first.getTime() - 24 * HOUR), to: new Date(), variables: ALL };
    const [row] = await rowsOf(ledger, 'daysCovered', request);
    // Four days with hours, yesterday, and today as soon as an hour of it is due.
    const today = DateTime.now().setZone('UTC').hour >= 3 ? 1 : 0;
    const [, expected] = String(row?.['Days']).split(' of ');
    expect([5, 6]).toContain(Number.parseInt(String(expected), 10));
    expect(row?.['Days']).toBe(`3 of ${String(expected)}`);
    expect(today === 0 || String(expected) === '6 days').toBe(true);
    const states = (await rowsOf(ledger, 'coverage', request)).map((cell) => Number(cell['value']));
    expect(states.slice(0, 5)).toEqual([2, 1, 2, 2, 0]);

    const whole = { ...request, to: new Date(first.getTime() + 24 * HOUR) };
    expect(await rowsOf(ledger, 'daysCovered', whole)).toMatchObject([{ Days: '1 of 1 days' }]);
    expect(figure((await rowsOf(ledger, 'daysCovered', whole))[0]?.['Days covered'])).toBe('100');
  });
});

test('facts, checksum and differences are those of the last check, and days that were not checked are said', async () => {
  await withGap(async (ledger, days) => {
    const request = { from: days[0] ?? new Date(), to: new Date(), variables: ALL };
    expect(await rowsOf(ledger, 'facts', request)).toEqual([
      { Facts: null, Checksum: null, Checked: '0 of 4 days checked' },
    ]);
    expect((await rowsOf(ledger, 'checks', request)).map((row) => row['Checked'])).toEqual(
      Array.from({ length: 4 }, () => 'not checked yet'),
    );

    await checkLedger({ pool: ledger.pool, config: { timezone: 'UTC' } as never });
    const [counted] = await rowsOf(ledger, 'facts', request);
    expect(counted).toMatchObject({ Facts: '95', Checked: '4 of 4 days checked' });
    expect(counted?.['Checksum']).toMatch(/^[0-9a-f]{16}$/);
    const { rows } = await ledger.pool.query<{ checksum: string }>(
      `select mod(sum(checksum), 18446744073709551616)::text as checksum from chargeback.ledger_checks`,
    );
    expect(BigInt(`0x${String(counted?.['Checksum'])}`)).toBe(BigInt(rows[0]?.checksum ?? 0));

    await ledger.pool.query(
      `update chargeback_data.daily_fact set cost = cost + 3 where day = (select min(day) from chargeback_data.daily_fact)`,
    );
    await ledger.pool.query(`update chargeback_data.day_check set checked_at = now() - interval '2 days'`);
    await checkLedger({ pool: ledger.pool, config: { timezone: 'UTC' } as never });
    const checks = await rowsOf(ledger, 'checks', request);
    const differing = checks.filter((row) => figure(row['Roll-up − facts']) !== '0');
    expect(
      differing.map((row) => [
        row['Compared'],
        figure(row['Roll-up − facts']),
        row['Cost'],
        row['Cost of the roll-up'],
      ]),
    ).toEqual(expect.arrayContaining([['Hours and days', '3', '12', '15']]));
    expect(checks[0]?.['Roll-up − facts']).not.toBe('0.000000000000');
  });
});

test('prices in force from when they begin, those of chosen workspaces too', async () => {
  const ledger = await createDashboardLedger(ZONE, []);
  try {
    await ledger.pool.query(
      `insert into chargeback_data.rate_card (name, workspace, currency, valid_from, created_by, updated_by) values
         ('old', '', 'USD', '2026-01-01Z', 'ann', 'ann'), ('new', '', 'USD', '2026-03-15Z', 'ann', 'ann'), ('own', 'payments', 'USD', '2026-02-01Z', 'ann', 'ann');
       insert into chargeback_data.price (rate_card_id, meter_id, workspace, valid_from, per)
         select c.id, m.id, c.workspace, c.valid_from, 1073741824 from chargeback_data.rate_card c, chargeback_data.meter m where m.slug = 'kafka_ingress_bytes';
       insert into chargeback_data.price_tier (price_id, from_quantity, unit_price)
         select p.id, 0, 0.10 from chargeback_data.price p;
       insert into chargeback_data.price_tier (price_id, from_quantity, unit_price)
         select p.id, 10737418240, 0.05 from chargeback_data.price p join chargeback_data.rate_card c on c.id = p.rate_card_id where c.name = 'new'`,
    );
    const request = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z'), variables: ALL };
    const shown = async (chosen: Record<string, Chosen>) =>
      (await rowsOf(ledger, 'ratesInForce', narrowed(request, chosen))).map((row) =>
        [(row['time'] as Date).toISOString().slice(0, 10), row['series'], row['price']].join(' | '),
      );
    const general = [
      '2026-03-01 | kafka_ingress_bytes | old: 0.1 per GiB',
      '2026-03-15 | kafka_ingress_bytes | new: from 0: 0.1; from 10: 0.05 per GiB',
      '2026-04-01 | kafka_ingress_bytes | new: from 0: 0.1; from 10: 0.05 per GiB',
    ];
    const own = (day: string) => `${day} | kafka_ingress_bytes for payments | own: 0.1 per GiB`;
    expect((await shown({})).sort()).toEqual([...general, own('2026-03-01'), own('2026-04-01')].sort());
    expect(await shown({ workspace: ['search'] })).toEqual(general);
    expect(await shown({ currency: ['EUR'] })).toEqual([]);
  } finally {
    await ledger.drop();
  }
});

test('changes of the range, newest first, with what differs', async () => {
  await full.pool.query(
    `insert into chargeback_data.audit (at, actor, action, subject, before, after) values
       ('2026-03-10T10:00Z', 'ann', 'rate-card.change', 'general',
         '{"name": "general", "version": 1, "updated_at": "x", "prices": {"a": {"per": "1", "unit_price": "0.1"}, "b": {"per": "1", "unit_price": "7"}}}',
         '{"name": "general", "version": 2, "updated_at": "y", "prices": {"a": {"per": "1", "unit_price": "0.2"}, "b": {"per": "1", "unit_price": "7"}}}'),
       ('2026-03-11T10:00Z', 'ben', 'period.close', '2026-02', null, '{"end": "2026-02-28T23:00:00Z"}'),
       ('2026-03-12T10:00Z', 'ben', 'token.create', 'secret', null, '{"role": "admin"}'),
       ('2026-05-12T10:00Z', 'ben', 'directory.apply', 'later', '[]', '[]')`,
  );
  const march = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z'), variables: ALL };
  expect(await rowsOf(full, 'changes', march)).toEqual([
    {
      At: '2026-03-11 11:00:00',
      By: 'ben',
      Change: 'Billing period: close',
      Of: '2026-02',
      Before: '–',
      After: '{"end": "2026-02-28T23:00:00Z"}',
    },
    {
      At: '2026-03-10 11:00:00',
      By: 'ann',
      Change: 'Rate card: change',
      Of: 'general',
      Before: '{"prices": {"a": {"per": "1", "unit_price": "0.1"}}}',
      After: '{"prices": {"a": {"per": "1", "unit_price": "0.2"}}}',
    },
  ]);
});

test('on an empty ledger there is no figure and no line', async () => {
  expect(await rowsOf(empty, 'total', EVER)).toEqual([{ cost: null }]);
  expect(await rowsOf(empty, 'daysCovered', EVER)).toEqual([{ 'Days covered': null, Days: null }]);
  expect(await rowsOf(empty, 'facts', EVER)).toEqual([{ Facts: null, Checksum: null, Checked: null }]);
  expect((await rowsOf(empty, 'ledgerPages', EVER))[0]?.['rows']).toBeNull();
  for (const panel of [
    'overTime',
    'months',
    'ratesInForce',
    'effectiveRates',
    'restatements',
    'checks',
    'ledger',
    'coverage',
    'changes',
  ] as const) {
    expect([panel, await rowsOf(empty, panel, EVER)]).toEqual([panel, []]);
  }
});
