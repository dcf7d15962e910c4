import { previousRange } from '../../collector/ledger/previous-range';
import { Decimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { createDashboardLedger, PLAIN_METERS, type PlainFact } from '../../testing/dashboard-ledger';
import { DEFAULTS, figure, run, sqlOf, type Row } from '../../testing/dashboard-panels';
import { bars, groups, priced, total, value } from '../../testing/dashboard-reference';
import { sampleFacts, ZONE } from '../../testing/dashboard-sample';
import type { TestDatabase } from '../../testing/database';
import type { Chosen, PanelRequest } from '../../testing/grafana-sql';
import { STATEMENT_PANELS, statementDashboard } from './statement-dashboard';

const facts = sampleFacts();
const dashboard = statementDashboard();
const ALL: Record<string, Chosen> = { ...DEFAULTS, cost_center: { all: "'__all__'" } };

let full: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([full.drop(), empty.drop()]));

const rowsOf = (database: TestDatabase, panel: keyof typeof STATEMENT_PANELS, request: PanelRequest) =>
  run(database, sqlOf(dashboard, STATEMENT_PANELS[panel])[0] ?? '', request);
const ofCostCenters = (some: PlainFact[], { variables }: PanelRequest) => {
  const chosen = variables?.['cost_center'];
  return some.filter((fact) => !Array.isArray(chosen) || chosen.includes(value(fact, 'cost_center')));
};
const owed = (request: PanelRequest) => ofCostCenters(priced(facts, request), request);
const cost = (some: PlainFact[]) => total(some, (fact) => fact.cost).toFixed();
const sum = (rows: Row[], column: string) =>
  rows.reduce((amount, row) => amount.plus(String(row[column])), new Decimal(0)).toFixed();

/** Until when every meter is collected. */
const KNOWN = new Date(
  Math.min(
    ...Object.keys(PLAIN_METERS).map((meter) =>
      Math.max(...facts.filter((fact) => fact.meter === meter).map(({ hour }) => hour.getTime() + HOUR)),
    ),
  ),
);
const FIRST = Math.min(...facts.map(({ hour }) => hour.getTime()));

const CHOICES: Record<string, Record<string, Chosen>> = {
  'everything at All': {},
  'one cost centre': { cost_center: ['CC-2'] },
  'a cost centre and none': { cost_center: ['CC-1', ''] },
  'a workspace with a quote in its name': { workspace: ["o'brien", ''] },
  'another currency': { currency: ['EUR'] },
  'nothing that exists': { cost_center: ["CC-1') or true --"] },
};
const RANGES: Record<string, [from: string, to: string]> = {
  'the month of the change to summer time': ['2026-02-28T23:00:00Z', '2026-03-31T21:59:59.999Z'],
  'a month that is known in part': ['2026-03-31T22:00:00Z', '2026-04-30T21:59:59.999Z'],
  'days over the change to summer time': ['2026-03-27T23:00:00Z', '2026-03-31T22:00:00Z'],
  'two days less an hour, over the change to summer time': ['2026-03-28T05:00:00Z', '2026-03-30T04:00:00Z'],
  'half a day': ['2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'],
  'ragged ends': ['2026-03-25T10:30:00Z', '2026-03-31T06:59:59.999Z'],
  'half a year': ['2025-11-30T23:00:00Z', '2026-05-31T22:00:00Z'],
};
const CASES = Object.entries(RANGES).flatMap(([range, [from, to]]) =>
  Object.entries(CHOICES).map(([choice, chosen]) => ({
    name: `${range}, ${choice}`,
    request: { from: new Date(from), to: new Date(to), variables: { ...ALL, ...chosen } },
  })),
);

describe.each(CASES)('$name', ({ request }) => {
  test('total, statement, meters, accrual and residue are the same money, to the last decimal', async () => {
    const expected = cost(owed(request));
    const [row] = await rowsOf(full, 'total', request);
    expect(figure(row?.['cost'])).toBe(expected);
    expect(sum(await rowsOf(full, 'costCenters', request), 'Cost')).toBe(expected);
    expect(sum(await rowsOf(full, 'meters', request), 'Cost')).toBe(expected);
    expect(sum(await rowsOf(full, 'accrual', request), 'value')).toBe(expected);
    expect(sum(await rowsOf(full, 'unallocated', request), 'Cost')).toBe(
      cost(owed(request).filter((fact) => value(fact, 'cost_center') === '')),
    );
  });

  test('a line a cost centre, beside the range before, with what has none last', async () => {
    // Grafana's end of a month is its last millisecond.
    const to = new Date(Math.ceil(request.to.getTime() / 1000) * 1000);
    const onHours = (at: Date) => new Date(Math.ceil(at.getTime() / HOUR) * HOUR);
    const before = previousRange({ from: onHours(request.from), to: onHours(to), timezone: ZONE }, KNOWN);
    const complete = before !== null && before.from.getTime() >= FIRST;
    const past = before ? owed({ ...request, ...before }) : [];
    const now = groups(owed(request), (fact) => value(fact, 'cost_center'));
    const then = groups(complete ? past : [], (fact) => value(fact, 'cost_center'));
    const rows = await rowsOf(full, 'costCenters', request);
    expect(
      Object.fromEntries(rows.map(({ key, Cost, Previous }) => [String(key), [figure(Cost), figure(Previous)]])),
    ).toEqual(
      Object.fromEntries(
        [...new Set([...now.keys(), ...then.keys()])].map((center) => [
          center,
          [cost(now.get(center) ?? []), complete ? cost(then.get(center) ?? []) : null],
        ]),
      ),
    );
    const names = rows.map((row) => row['Cost centre']);
    expect(names.slice(0, -1)).not.toContain('Unallocated');
    for (const row of rows) {
      expect(row['Cost centre']).toBe(row['key'] === '' ? 'Unallocated' : row['key']);
      expect(figure(row['Change'])).toBe(
        complete ? new Decimal(String(row['Cost'])).minus(String(row['Previous'])).toFixed() : null,
      );
    }
  });

  test('a line a meter and rate card, whose rate times its quantity is its cost', async () => {
    const rows = await rowsOf(full, 'meters', request);
    const expected = groups(owed(request), (fact) => `${fact.meter} ${fact.currency}`);
    expect(
      Object.fromEntries(
        rows.map((row) => [
          `${String(row['Meter'])} ${String(row['Rate card'])}`,
          [figure(row['Quantity']), figure(row['Cost'])],
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        [...expected].map(([key, its]) => [key, [total(its, ({ quantity }) => quantity).toFixed(), cost(its)]]),
      ),
    );
    for (const row of rows) {
      const product = Number(row['Quantity']) * Number(row['Effective rate']);
      expect(product).toBeCloseTo(Number(row['Cost']), 6);
    }
  });

  test('the accrual by cost centre, and the reasons of what has none', async () => {
    const drawn = (await rowsOf(full, 'accrual', request)).map((row): [string, string | null] => [
      `${(row['time'] as Date).toISOString()} ${String(row['metric'])}`,
      figure(row['value']),
    ]);
    expect(Object.fromEntries(drawn)).toEqual(bars(request, owed(request), (fact) => fact.cost, 'cost_center'));

    const nobody = owed(request).filter((fact) => value(fact, 'cost_center') === '');
    const rows = await rowsOf(full, 'unallocated', request);
    expect(
      Object.fromEntries([...groups(rows, (row) => String(row['key']))].map(([key, its]) => [key, sum(its, 'Cost')])),
    ).toEqual(
      Object.fromEntries([...groups(nobody, (fact) => value(fact, 'workspace'))].map(([key, its]) => [key, cost(its)])),
    );
  });
});

const MARCH: PanelRequest = {
  from: new Date('2026-02-28T23:00:00Z'),
  to: new Date('2026-03-31T21:59:59.999Z'),
  variables: ALL,
};

test('a month is final when it is closed, and says since when and by whom', async () => {
  const ledger = await createDashboardLedger(ZONE, []);
  try {
    expect(await rowsOf(ledger, 'status', MARCH)).toEqual([
      { 'Billing period': '2026-03 open', 'Is it final?': 'Not final: it is over and can be closed' },
    ]);
    await ledger.pool.query(
      `insert into chargeback_data.period (month, starts_at, ends_at, closed_at, closed_by)
       values ('2026-03-01', $1, $2, '2026-04-02T08:30Z', 'ann')`,
      [MARCH.from, new Date('2026-03-31T22:00:00Z')],
    );
    expect(await rowsOf(ledger, 'status', MARCH)).toEqual([
      { 'Billing period': '2026-03 closed', 'Is it final?': 'Final since 2026-04-02 10:30, closed by ann' },
    ]);
    expect(await rowsOf(ledger, 'status', { ...MARCH, to: new Date('2999-01-01T00:00:00Z') })).toMatchObject([
      {
        'Billing period': expect.stringMatching(/^1 of \d+ months closed$/),
        'Is it final?': 'Not final: runs until 2999-01-31',
      },
    ]);
  } finally {
    await ledger.drop();
  }
});

test('restatements of the months of the range, of the chosen currency, workspaces and cost centres', async () => {
  await full.pool.query(
    `insert into chargeback_data.restatement (at, actor, cause, subject, month, currency, workspace, cost_center, cost_before, cost_after) values
       ('2026-04-01T22:30Z', 'ann', 'prices', 'general', '2026-03-01', 'USD', 'workspace-1', 'CC-1', 10, 12.5),
       ('2026-04-02T08:00Z', 'ben', 'owners', 'version 7', '2026-03-01', 'USD', '', '', 5, 0),
       ('2026-04-02T08:00Z', 'ben', 'owners', 'version 7', '2026-02-01', 'USD', '', '', 4, 0),
       ('2026-04-03T08:00Z', 'ben', 'prices', 'euro', '2026-03-01', 'EUR', '', '', 5, 1)`,
  );
  const shown = async (chosen: Record<string, Chosen>) =>
    (await rowsOf(full, 'restatements', { ...MARCH, variables: { ...ALL, ...chosen } })).map((row) =>
      ['At', 'By', 'Cause', 'Month', 'Workspace', 'Cost centre', 'Change']
        .map((column) => String(row[column]))
        .join('|'),
    );
  const general = '2026-04-02 00:30|ann|Prices: general|2026-03|workspace-1|CC-1|2.500000000000';
  const owners = '2026-04-02 10:00|ben|Owners: version 7|2026-03|Unallocated|Unallocated|-5.000000000000';
  expect(await shown({})).toEqual([owners, general]);
  expect(await shown({ cost_center: ['CC-1'] })).toEqual([general]);
  expect(await shown({ workspace: [''], cost_center: [''] })).toEqual([owners]);
  expect(await shown({ currency: ['EUR'] })).toHaveLength(1);
});

test('on an empty ledger there is no figure and no line', async () => {
  expect(await rowsOf(empty, 'total', MARCH)).toEqual([{ cost: null }]);
  for (const panel of ['costCenters', 'meters', 'restatements', 'unallocated', 'accrual'] as const) {
    expect(await rowsOf(empty, panel, MARCH)).toEqual([]);
  }
});
