import { DateTime } from 'luxon';
import { Decimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import { DEFAULTS, figure, run, sqlOf, type Row } from '../../testing/dashboard-panels';
import { asked, groups, priced, total, value } from '../../testing/dashboard-reference';
import { sampleFacts, ZONE } from '../../testing/dashboard-sample';
import type { TestDatabase } from '../../testing/database';
import type { Chosen, PanelRequest } from '../../testing/grafana-sql';
import { NAMED_SERIES } from '../thresholds';
import { BUSINESS_UNIT, businessUnitDashboard } from './business-unit-dashboard';

const facts = sampleFacts();
const dashboard = businessUnitDashboard();
let full: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([full.drop(), empty.drop()]));

const rowsOf = (panel: keyof typeof BUSINESS_UNIT, request: PanelRequest, database = full): Promise<Row[]> =>
  run(database, sqlOf(dashboard, BUSINESS_UNIT[panel])[0] ?? '', request);

const CHOICES: Record<string, Record<string, Chosen>> = {
  'everything at All': {},
  'one business unit': { business_unit: ['retail'] },
  'a business unit with a quote, and none': { business_unit: ["o'brien & sons", ''] },
  'a team of a business unit': { business_unit: ['retail'], team: ['team-1'] },
  'another currency': { currency: ['EUR'] },
  'nothing that exists': { business_unit: ["x') or true --"] },
};
const RANGES: Record<string, [from: string, to: string]> = {
  'half a day': ['2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'],
  'ragged ends': ['2026-03-25T10:30:00Z', '2026-03-31T06:59:59.999Z'],
  'a month over the change to summer time': ['2026-02-28T23:00:00Z', '2026-03-31T21:59:59.999Z'],
  months: ['2025-12-20T10:30:00Z', '2026-05-05T06:10:00Z'],
};
const CASES = Object.entries(RANGES).flatMap(([range, [from, to]]) =>
  Object.entries(CHOICES).map(([choice, chosen]) => ({
    name: `${range}, ${choice}`,
    request: { from: new Date(from), to: new Date(to), variables: { ...DEFAULTS, ...chosen } },
  })),
);

const cost = (some: PlainFact[]) => total(some, (fact) => fact.cost);
const gibOf = (some: PlainFact[]) =>
  total(
    some.filter(({ meter }) => meter.endsWith('_bytes')),
    (fact) => fact.quantity,
  ).div(1_073_741_824);
const unitOf = (fact: PlainFact) => value(fact, 'business_unit');
const percent = (cell: Row[string] | undefined) => (cell === null ? null : Number(cell).toFixed(9));

describe.each(CASES)('$name', ({ request }) => {
  const its = priced(facts, request);

  test('spend, its share of the company, and what is not production', async () => {
    expect(figure((await rowsOf('spend', request))[0]?.['cost'])).toBe(cost(its).toFixed());

    const everything = { ...DEFAULTS, currency: request.variables['currency'] as Chosen };
    const company = cost(priced(facts, { ...request, variables: everything }));
    expect(percent((await rowsOf('companyShare', request))[0]?.['share'])).toBe(
      company.isZero() ? null : Number(cost(its).times(100).div(company)).toFixed(9),
    );

    const known = its.filter((fact) => value(fact, 'environment') !== '');
    const other = known.filter((fact) => value(fact, 'environment') !== 'prod');
    expect(percent((await rowsOf('nonProduction', request))[0]?.['share'])).toBe(
      known.length === 0 ? null : Number(cost(other).times(100).div(cost(known))).toFixed(9),
    );
  });

  test('a line a business unit: cost, cost per GiB, confidence; the costs sum to spend', async () => {
    const rows = await rowsOf('league', request);
    const used = groups(asked(facts, request), unitOf);
    const expected = groups(its, unitOf);
    const costs = rows.filter(({ Cost }) => figure(Cost) !== '0');
    expect(Object.fromEntries(costs.map(({ key, Cost }) => [String(key), figure(Cost)]))).toEqual(
      Object.fromEntries([...expected].map(([unit, some]) => [unit, cost(some).toFixed()])),
    );
    expect(rows.reduce((sum, { Cost }) => sum.plus(String(Cost)), new Decimal(0)).toFixed()).toBe(cost(its).toFixed());
    for (const row of costs) {
      const some = expected.get(String(row['key'])) ?? [];
      expect(row['Business unit']).toBe(row['key'] === '' ? 'Unallocated' : row['key']);
      const gib = gibOf(used.get(String(row['key'])) ?? []);
      expect(gib.isZero() ? null : Number(row['Cost per GiB'])).toEqual(
        gib.isZero() ? null : expect.closeTo(Number(cost(some).div(gib)), 3),
      );
      const sure = total(
        some.map((fact) => ({ ...fact, cost: new Decimal(fact.cost ?? 0).times(fact.estimated ? 0.7 : 1).toFixed() })),
        (fact) => fact.cost,
      );
      expect(Number(row['Confidence'])).toBeCloseTo(Number(sure.div(cost(some))), 5);
    }
  });

  test('every team with every meter, and the total of each', async () => {
    const rows = await rowsOf('teamByMeter', request);
    const teams = groups(its, (fact) => value(fact, 'team') || 'Unallocated');
    const meters = new Set(its.map(({ meter }) => meter));
    const expected = Object.fromEntries(
      [...teams].flatMap(([team, some]) => [
        [`${team} Total`, cost(some).toFixed()],
        ...[...meters].map((meter) => [
          `${team} ${meter}`,
          cost(some.filter((fact) => fact.meter === meter)).toFixed(),
        ]),
      ]),
    );
    expect(
      Object.fromEntries(rows.map(({ Team, Meter, Cost }) => [`${String(Team)} ${String(Meter)}`, figure(Cost)])),
    ).toEqual(expected);
    const keys = await run(full, sqlOf(dashboard, BUSINESS_UNIT.teamByMeter)[1] ?? '', request);
    expect(keys.map((row) => row['key'] || 'Unallocated').sort()).toEqual([...teams.keys()].sort());
    for (const row of keys) {
      expect(row['Team\\Meter']).toBe(row['key'] || 'Unallocated');
    }
  });

  test('the applications and topics that cost most, the rest, and what has none, sum to spend', async () => {
    for (const [panel, column, within, none] of [
      ['applications', 'application', 'workspace', 'Unallocated'],
      ['topics', 'topic', 'cluster', 'No topic'],
    ] as const) {
      const label = (fact: PlainFact) => `${value(fact, column)} · ${value(fact, within) || withoutName(within)}`;
      const sums = [
        ...groups(
          its.filter((fact) => value(fact, column) !== ''),
          label,
        ),
      ]
        .map(([name, some]) => ({ name, cost: cost(some) }))
        .sort((a, b) => b.cost.cmp(a.cost));
      const rest = cost(its).minus(sums.reduce((sum, one) => sum.plus(one.cost), new Decimal(0)));
      const other = sums.slice(NAMED_SERIES).reduce((sum, one) => sum.plus(one.cost), new Decimal(0));
      const expected = [
        ...sums.slice(0, NAMED_SERIES).map((one) => [one.name, one.cost.toFixed()]),
        ...(other.isZero() ? [] : [['Other', other.toFixed()]]),
        ...(rest.isZero() ? [] : [[none, rest.toFixed()]]),
      ];
      expect((await rowsOf(panel, request)).map((row) => [row['name'], figure(row['value'])])).toEqual(expected);
    }
  });

  test('cost per GiB over time, of all that is chosen and of each business unit', async () => {
    const rows = await rowsOf('unitCostTrend', request);
    const days = (request.to.getTime() - request.from.getTime()) / (24 * HOUR);
    const unit = days > 92 ? 'month' : days > 3 ? 'day' : 'hour';
    const bucket = ({ hour }: PlainFact) => DateTime.fromJSDate(hour, { zone: ZONE }).startOf(unit).toMillis();
    const used = asked(facts, request);
    const line = (name: string, of: (fact: PlainFact) => boolean) =>
      [...groups(used.filter(of), (fact) => String(bucket(fact)))].flatMap(([at, some]) => {
        const spent = its.filter((fact) => of(fact) && String(bucket(fact)) === at);
        const gib = gibOf(some);
        return gib.isZero() || spent.length === 0
          ? []
          : [[`${at} ${name}`, Number(cost(spent).div(gib)).toPrecision(9)]];
      });
    const units = [...new Set(its.map(unitOf))];
    expect(units.length).toBeLessThanOrEqual(6);
    const expected = Object.fromEntries([
      ...line('All that is chosen', () => true),
      ...units.flatMap((name) => line(name || 'Unallocated', (fact) => unitOf(fact) === name)),
    ]) as Record<string, string>;
    expect(
      Object.fromEntries(
        rows.map(({ time, metric, value: found }) => [
          `${(time as Date).getTime()} ${String(metric)}`,
          Number(found).toPrecision(9),
        ]),
      ),
    ).toEqual(expected);
  });
});

const withoutName = (column: string) => (column === 'cluster' ? 'No cluster' : 'Unallocated');

test('12 months by product, the last of them that of the range, each summing to its cost', async () => {
  const request = {
    from: new Date('2026-03-29T00:00:00Z'),
    to: new Date('2026-03-31T21:59:59.999Z'),
    variables: DEFAULTS,
  };
  const rows = await rowsOf('byMonth', request);
  const months = [...groups(rows, (row) => String(row['Month']))];
  expect(months.map(([month]) => month)).toEqual(['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03']);
  for (const [month, bars] of months) {
    const begins = DateTime.fromISO(`${month}-01`, { zone: ZONE });
    const its = priced(facts, { ...request, from: begins.toJSDate(), to: begins.plus({ months: 1 }).toJSDate() });
    expect(bars.reduce((sum, { Cost }) => sum.plus(String(Cost)), new Decimal(0)).toFixed()).toBe(cost(its).toFixed());
    for (const { Series, Cost } of bars) {
      const some = its.filter((fact) => (value(fact, 'product') || 'Unallocated') === Series);
      expect(figure(Cost)).toBe(cost(some).toFixed());
    }
  }
});

test('an empty ledger: no figure and no rows', async () => {
  const request = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z'), variables: DEFAULTS };
  expect(await rowsOf('spend', request, empty)).toEqual([{ cost: null }]);
  expect(await rowsOf('companyShare', request, empty)).toEqual([{ share: null }]);
  expect(await rowsOf('nonProduction', request, empty)).toEqual([{ share: null }]);
  for (const panel of [
    'budgetLeft',
    'league',
    'byMonth',
    'unitCostTrend',
    'teamByMeter',
    'applications',
    'topics',
    'movers',
  ] as const) {
    expect(await rowsOf(panel, request, empty)).toEqual([]);
  }
});

describe('budgets of business units', () => {
  let database: TestDatabase;
  const MARCH = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-11T06:00:00Z'), variables: DEFAULTS };
  const chosen = (...units: string[]) => ({ ...MARCH, variables: { ...DEFAULTS, business_unit: units } });

  beforeAll(async () => {
    // Ten days and six hours: retail spends 24 a day in the first five days, then 48; sales nothing.
    const hours = Array.from({ length: 246 }, (_, index) => Date.parse('2026-03-01T00:00:00Z') + index * HOUR);
    database = await createDashboardLedger(
      'UTC',
      hours.map((hour, index): PlainFact => ({
        hour: new Date(hour),
        meter: 'kafka_ingress_bytes',
        resource: { workspace: 'shop', business_unit: 'retail', team: 'web' },
        quantity: '1',
        cost: index < 120 ? '1' : '2',
        currency: 'USD',
        estimated: false,
      })),
    );
    await database.pool.query(
      `insert into chargeback_data.budget (name, scope, amount, currency, interval, thresholds, owner, valid_from, created_by, updated_by)
       select name, scope, amount, 'USD', interval, '{50,90,100}', 'ann', '2026-01-01', 'test', 'test'
       from (values ('Retail, March', '{"business_unit": "retail"}'::jsonb, 744, 'month'),
         ('Retail, the year', '{"business_unit": "retail"}', 100000, 'year'),
         ('Web of retail', '{"business_unit": "retail", "team": "web"}', 10, 'month'),
         ('Everything', '{}', 10, 'month'),
         ('Sales', '{"business_unit": "sales"}', 500, 'month')) b (name, scope, amount, interval)`,
    );
  });
  afterAll(() => database.drop());

  test('what is left of the tightest one, and for how many of the last seven whole days', async () => {
    // 120 + 126 × 2 = 372 are spent; of the seven days before the 11th two cost 24 and five 48.
    const [row] = await rowsOf('budgetLeft', chosen('retail'), database);
    expect(figure(row?.['Left'])).toBe('50');
    expect(figure(row?.['Amount'])).toBe('372');
    expect(Number(row?.['Runway'])).toBeCloseTo(372 / ((2 * 24 + 5 * 48) / 7), 9);
    expect(row?.['Budget']).toBe('Retail, March');
    expect(await rowsOf('budgetLeft', MARCH, database)).toEqual([row]);
  });

  test('without spend there is no end in sight, without a budget nothing is left to tell', async () => {
    expect(await rowsOf('budgetLeft', chosen('sales'), database)).toMatchObject([{ Runway: null, Budget: 'Sales' }]);
    expect(await rowsOf('budgetLeft', chosen(''), database)).toEqual([]);
    const euros = { ...MARCH, variables: { ...DEFAULTS, currency: ['EUR'] } };
    expect(await rowsOf('budgetLeft', euros, database)).toEqual([]);
  });

  test('stand beside their business unit, also one that spends nothing', async () => {
    const rows = await rowsOf('league', MARCH, database);
    expect(rows.map((row) => [row['key'], figure(row['Cost']), figure(row['Budget used'])])).toEqual([
      ['retail', '372', '50'],
      ['sales', '0', '0'],
    ]);
  });
});
