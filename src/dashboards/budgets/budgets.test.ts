import { DateTime } from 'luxon';
import { budgetPeriodOf, type BudgetInterval, type BudgetScopeField } from '../../domain/budget';
import { Decimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { createDashboardLedger, PLAIN_METERS, type PlainFact } from '../../testing/dashboard-ledger';
import { figure, run, sqlOf, type Row } from '../../testing/dashboard-panels';
import { total, value } from '../../testing/dashboard-reference';
import { sampleFacts, ZONE } from '../../testing/dashboard-sample';
import type { TestDatabase } from '../../testing/database';
import type { Chosen, PanelRequest } from '../../testing/grafana-sql';
import { BUDGETS_PANELS, budgetsDashboard } from './budgets-dashboard';

interface PlainBudget {
  name: string;
  scope: Partial<Record<BudgetScopeField, string>>;
  amount: string;
  currency: string;
  interval: BudgetInterval;
  thresholds: number[];
  /** `YYYY-MM` */
  from: string;
}

const budget = (name: string, amount: string, from: string, more: Partial<PlainBudget> = {}): PlainBudget => ({
  name,
  amount,
  from,
  scope: {},
  currency: 'USD',
  interval: 'month',
  thresholds: [50, 90, 100],
  ...more,
});

const NARROW = [
  budget("O'Brien by quarter", '600', '2026-02', {
    scope: { workspace: "o'brien" },
    interval: 'quarter',
    thresholds: [10, 33.33, 120],
  }),
  budget('A team in a cluster', '900', '2025-11', { scope: { team: 'team-1', cluster: 'c1' }, interval: 'year' }),
  budget('Nobody', '25', '2026-01', { scope: { workspace: '' } }),
  budget('Quiet', '10', '2026-02', { scope: { workspace: 'sleeping' } }),
];
const BUDGETS = [
  ...NARROW,
  budget('Everything', '1200', '2026-01', { thresholds: [1, 2, 50, 100] }),
  budget('Euros', '100', '2026-01', { currency: 'EUR' }),
  budget('Later', '1', '2030-01'),
];

const facts = sampleFacts();
const dashboard = budgetsDashboard();
const ALL: Record<string, Chosen> = { currency: ['USD'], budget: { all: "'__all__'" } };
const watermark = Math.min(
  ...Object.keys(PLAIN_METERS).map((meter) =>
    Math.max(...facts.filter((fact) => fact.meter === meter).map(({ hour }) => hour.getTime() + HOUR)),
  ),
);
const clock = DateTime.fromMillis(watermark - HOUR, { zone: ZONE });
const local = (text: string) => DateTime.fromISO(text, { zone: ZONE });

async function insert(database: TestDatabase, budgets: PlainBudget[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const one of budgets) {
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into chargeback_data.budget (name, scope, amount, currency, interval, thresholds, owner, valid_from, created_by, updated_by)
       values ($1, $2, $3, $4, $5, $6, 'owner of ' || $1, $7, 'test', 'test') returning id`,
      [one.name, JSON.stringify(one.scope), one.amount, one.currency, one.interval, one.thresholds, `${one.from}-01`],
    );
    ids.set(one.name, String(rows[0]?.id));
  }
  return ids;
}

let full: TestDatabase;
let narrow: TestDatabase;
let empty: TestDatabase;
let ids: Map<string, string>;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
  ids = await insert(full, BUDGETS);
  narrow = await createDashboardLedger(ZONE, facts);
  await insert(narrow, NARROW);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([full.drop(), narrow.drop(), empty.drop()]));

const rowsOf = (panel: keyof typeof BUDGETS_PANELS, request: PanelRequest, database = full) =>
  run(database, sqlOf(dashboard, BUDGETS_PANELS[panel])[0] ?? '', request);

const within =
  ({ scope, currency }: PlainBudget) =>
  (fact: PlainFact) =>
    fact.cost !== null &&
    fact.currency === currency &&
    Object.entries(scope).every(([field, wanted]) => value(fact, field) === wanted);
const OWN = new Map(BUDGETS.map((one) => [one, facts.filter(within(one))]));
/** The exact cost within a budget in [from, to). */
const spent = (one: PlainBudget, from: DateTime, to: DateTime) => {
  const [begins, ends] = [from.toMillis(), to.toMillis()];
  return total(
    (OWN.get(one) ?? []).filter(({ hour }) => hour.getTime() >= begins && hour.getTime() < ends),
    ({ cost }) => cost,
  );
};
const periodAt = (one: PlainBudget, at: DateTime) => {
  const period = budgetPeriodOf(at.setZone(ZONE).toFormat('yyyy-MM'), one.from, one.interval);
  return period && { start: local(period.start), end: local(period.end) };
};
const highest = (one: PlainBudget, cost: Decimal) =>
  Math.max(0, ...one.thresholds.filter((percent) => cost.times(100).gte(new Decimal(one.amount).times(percent))));

const CHOICES: Record<string, Record<string, Chosen>> = {
  'all budgets': {},
  'all budgets of another currency': { currency: ['EUR'] },
};
const chosen = ({ currency = ['USD'] }: Record<string, Chosen>) =>
  BUDGETS.filter((one) => one.currency === (currency as string[])[0] && one.name !== 'Later');
const RANGE = { from: new Date('2026-02-10T10:30:00Z'), to: new Date('2026-04-20T00:00:00Z') };

describe.each(Object.entries(CHOICES))('%s', (_, choice) => {
  const request = { ...RANGE, variables: { ...ALL, ...choice } };

  test('a line a budget in the period of the last complete hour, the one that burns fastest first', async () => {
    const rows = await rowsOf('budgets', request);
    const expected = chosen(choice).map((one) => {
      const period = periodAt(one, clock);
      const cost = spent(one, period?.start ?? clock, period?.end ?? clock);
      return [one.name, [cost.toFixed(), new Decimal(one.amount).minus(cost).toFixed(), highest(one, cost) || null]];
    });
    expect(
      Object.fromEntries(
        rows.map((row) => [
          row['Budget'],
          [figure(row['Spent']), figure(row['Left']), row['Threshold'] === null ? null : Number(row['Threshold'])],
        ]),
      ),
    ).toEqual(Object.fromEntries(expected));
    for (const row of rows) {
      const one = BUDGETS.find(({ name }) => name === row['Budget']) as PlainBudget;
      const period = periodAt(one, clock);
      const [start, end] = [period?.start.toMillis() ?? 0, period?.end.toMillis() ?? 0];
      const elapsed = (100 * (watermark - start)) / (end - start);
      const used = Number(new Decimal(String(row['Spent'])).times(100).div(one.amount));
      // Cut off, never rounded up to a threshold that is not reached.
      expect(Number(row['Used'])).toBe(Math.trunc(Number((used * 10).toFixed(6))) / 10);
      expect(Number(row['Elapsed'])).toBe(Math.trunc(Number((elapsed * 10).toFixed(6))) / 10);
      expect(Number(row['Burn ratio'])).toBeCloseTo(used / elapsed, 3);
    }
    const burns = rows.map((row) => Number(row['Burn ratio']));
    expect(burns).toEqual([...burns].sort((a, b) => b - a));
    const bars = await rowsOf('burnRatios', request);
    expect(bars.map((row) => [row['name'], Number(row['value'])])).toEqual(
      rows.map((row) => [row['Budget'], Number(row['Burn ratio'])]),
    );
  });

  test('how many are breached, and what was planned beside what was spent', async () => {
    const costs = chosen(choice).map((one) => {
      const period = periodAt(one, clock);
      return { one, cost: spent(one, period?.start ?? clock, period?.end ?? clock) };
    });
    expect(await rowsOf('breached', request)).toEqual([
      { budgets: String(costs.filter(({ one, cost }) => cost.gte(one.amount)).length) },
    ]);
    const rows = await rowsOf('budgetedAndSpent', request);
    expect(rows.map(({ name, value: amount }) => [name, figure(amount)])).toEqual([
      ['Budgeted', costs.reduce((sum, { one }) => sum.plus(one.amount), new Decimal(0)).toFixed()],
      ['Spent', costs.reduce((sum, { cost }) => sum.plus(cost), new Decimal(0)).toFixed()],
    ]);
  });

  test('spend climbs day by day towards the amount, beside the even pace', async () => {
    const rows = await rowsOf('burnUp', request);
    const drawn = new Map(rows.map((row) => [`${String(row['metric'])} ${(row['time'] as Date).toISOString()}`, row]));
    let expected = 0;
    for (const one of chosen(choice)) {
      const { start, end } = periodAt(one, clock) ?? { start: clock, end: clock };
      const days: Array<{ at: DateTime; until: DateTime }> = [
        { at: DateTime.fromMillis(watermark), until: clock.startOf('day').plus({ days: 1 }) },
      ];
      for (let day = start; day <= end; day = day.plus({ days: 1 })) {
        days.push({ at: day, until: day });
      }
      for (const { at, until } of days) {
        if (at.toMillis() < RANGE.from.getTime() || at.toMillis() > RANGE.to.getTime()) {
          continue;
        }
        const row = drawn.get(`${one.name} ${at.toJSDate().toISOString()}`);
        if (at.toMillis() > watermark) {
          expect(row).toBeUndefined();
        } else {
          expect(Number(row?.['value'])).toBeCloseTo(Number(spent(one, start, until).times(100).div(one.amount)), 7);
          expected += 1;
        }
        const pace = (100 * (at.toMillis() - start.toMillis())) / (end.toMillis() - start.toMillis());
        const period =
          one.interval === 'month'
            ? start.toFormat('yyyy-MM')
            : `${start.toFormat('yyyy-MM')} to ${end.minus({ days: 1 }).toFormat('yyyy-MM')}`;
        expect(Number(drawn.get(`Even pace, ${period} ${at.toJSDate().toISOString()}`)?.['value'])).toBeCloseTo(
          pace,
          7,
        );
      }
    }
    const names = chosen(choice).map(({ name }) => name);
    expect(rows.filter((row) => names.includes(String(row['metric']))).length).toBe(expected);
    expect(expected).toBeGreaterThan(0);
  });

  test('the highest threshold of every day is what the costs say, in past periods, too', async () => {
    const rows = await rowsOf('crossings', request);
    let seen = 0;
    for (const one of chosen(choice)) {
      const steps = rows.filter((row) => row['metric'] === one.name);
      for (
        let day = DateTime.fromJSDate(RANGE.from, { zone: ZONE }).startOf('day');
        day.toMillis() < Math.min(RANGE.to.getTime(), watermark);
        day = day.plus({ days: 1 })
      ) {
        const period = periodAt(one, day);
        const at = Math.max(day.toMillis(), RANGE.from.getTime());
        const step = steps.filter((row) => (row['time'] as Date).getTime() <= at).at(-1);
        const expected = period && highest(one, spent(one, period.start, day.plus({ days: 1 })));
        expect({ name: one.name, day: day.toISODate(), percent: step ? Number(step['value']) : null }).toEqual({
          name: one.name,
          day: day.toISODate(),
          percent: expected,
        });
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(40);
  });

  test('beyond a quarter of a year by month: the climb, and the highest threshold of every period', async () => {
    const wide = { from: new Date('2025-12-20T10:30:00Z'), to: new Date('2026-04-20T00:00:00Z') };
    const climb = (await rowsOf('burnUp', { ...wide, variables: { ...ALL, ...choice } })).map((row) => [
      row['metric'],
      (row['time'] as Date).getTime(),
      Number(row['value']).toFixed(6),
    ]);
    for (const one of chosen(choice)) {
      const start = periodAt(one, clock)?.start ?? clock;
      const ends = ['2026-01', '2026-02', '2026-03', '2026-04'].map(local).filter((at) => at >= start);
      const used = (until: DateTime) => Number(spent(one, start, until).times(100).div(one.amount)).toFixed(6);
      expect(climb.filter(([metric]) => metric === one.name)).toEqual([
        ...ends.map((at) => [one.name, at.toMillis(), used(at)]),
        [one.name, watermark, used(clock.startOf('month').plus({ months: 1 }))],
      ]);
    }
    const rows = await rowsOf('crossings', { ...wide, variables: { ...ALL, ...choice } });
    for (const one of chosen(choice)) {
      const steps = rows.filter((row) => row['metric'] === one.name);
      for (const day of ['2025-12-25', '2026-01-15', '2026-02-15', '2026-03-15', '2026-04-02'].map(local)) {
        const period = periodAt(one, day);
        const step = steps.filter((row) => (row['time'] as Date).getTime() <= day.toMillis()).at(-1);
        expect(step ? Number(step['value']) : null).toBe(period && highest(one, spent(one, period.start, period.end)));
      }
    }
  });

  test('complete periods of which anything was collected, with what they used', async () => {
    const rows = await rowsOf('history', request);
    const first = Math.min(...facts.map(({ hour }) => hour.getTime()));
    const expected = chosen(choice).flatMap((one) => {
      const periods: Array<[string, number]> = [];
      for (let start = local(one.from); ;) {
        const end = periodAt(one, start)?.end ?? start;
        if (end.toMillis() > watermark) {
          return periods;
        }
        if (end.toMillis() > first) {
          const period =
            one.interval === 'month'
              ? start.toFormat('yyyy-MM')
              : `${start.toFormat('yyyy-MM')} to ${end.minus({ days: 1 }).toFormat('yyyy-MM')}`;
          periods.push([`${one.name} ${period}`, Number(spent(one, start, end).times(100).div(one.amount))]);
        }
        start = end;
      }
    });
    const found = new Map(
      rows.map((row) => [`${String(row['Budget'])} ${String(row['Period'])}`, Number(row['Used'])]),
    );
    expect([...found.keys()].sort()).toEqual(expected.map(([name]) => name).sort());
    for (const [name, used] of expected) {
      expect(found.get(name)).toBeCloseTo(used, 5);
    }
  });
});

test('only the chosen budgets are told of, by their ids', async () => {
  const some = [ids.get('Nobody') ?? '', ids.get("O'Brien by quarter") ?? '', ids.get('Euros') ?? ''];
  const request = { ...RANGE, variables: { ...ALL, budget: some } };
  const names = ['Nobody', "O'Brien by quarter"];
  expect((await rowsOf('budgets', request)).map((row) => row['Budget']).sort()).toEqual(names);
  expect([...new Set((await rowsOf('crossings', request)).map((row) => row['metric']))].sort()).toEqual(names);
  const nothing = { ...RANGE, variables: { ...ALL, budget: ["x') or true --"] } };
  expect(await rowsOf('budgets', nothing)).toEqual([]);
  expect(await rowsOf('breached', nothing)).toEqual([{ budgets: null }]);
});

test('a scope leads to its costs: a field that it does not name stays at All, and Unallocated is empty', async () => {
  const rows = await rowsOf('budgets', { ...RANGE, variables: ALL });
  const of = (name: string) => rows.find((row) => row['Budget'] === name);
  const fields = (row: Row | undefined) =>
    ['org', 'workspace', 'environment', 'cluster', 'business_unit', 'team'].map((field) => row?.[field]);
  const all = '$__all';
  expect(fields(of('Everything'))).toEqual([all, all, all, all, all, all]);
  expect(fields(of('Nobody'))).toEqual([all, '', all, all, all, all]);
  expect(fields(of('A team in a cluster'))).toEqual([all, all, all, 'c1', all, 'team-1']);
});

test.each([
  ['a month', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
  ['ragged ends over months', '2025-12-20T10:30:00Z', '2026-05-05T06:10:00Z'],
  ['half a day', '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'],
])('cost that no budget covers, in %s', async (_, from, to) => {
  const request = { from: new Date(from), to: new Date(to), variables: ALL };
  const all = facts.filter(
    ({ hour, cost, currency }) => hour >= request.from && hour < request.to && cost !== null && currency === 'USD',
  );
  const uncovered = all.filter((fact) => !NARROW.some((one) => within(one)(fact)));
  expect(uncovered.length).toBeGreaterThan(0);
  expect(figure((await rowsOf('unbudgetedSpend', request, narrow))[0]?.['cost'])).toBe(
    total(uncovered, ({ cost }) => cost).toFixed(),
  );
  expect(figure((await rowsOf('unbudgetedSpend', request))[0]?.['cost'])).toBe('0');
});

test('the variable offers the budgets of the currency, and a value where there is none', async () => {
  const query = String(dashboard.templating.list?.find(({ name }) => name === 'budget')?.query);
  const offered = async (database: TestDatabase, currency: string) =>
    (await run(database, query, { ...RANGE, variables: { ...ALL, currency: [currency] } })).map((row) => row['__text']);
  expect(await offered(full, 'USD')).toEqual([...NARROW.map(({ name }) => name), 'Everything'].sort());
  expect(await offered(full, 'EUR')).toEqual(['Euros']);
  expect(await offered(empty, 'USD')).toEqual(['no budget yet']);
});

test('without budgets nothing is told, and all cost is unbudgeted', async () => {
  const request = { ...RANGE, variables: ALL };
  expect(await rowsOf('breached', request, empty)).toEqual([{ budgets: null }]);
  expect(await rowsOf('unbudgetedSpend', request, empty)).toEqual([{ cost: null }]);
  for (const panel of ['budgetedAndSpent', 'budgets', 'burnRatios', 'burnUp', 'crossings', 'history'] as const) {
    expect(await rowsOf(panel, request, empty)).toEqual([]);
  }
  await insert(empty, NARROW);
  expect((await rowsOf('budgets', request, empty)).length).toBeGreaterThan(0);
  expect(await rowsOf('crossings', request, empty)).toEqual([]);
});
