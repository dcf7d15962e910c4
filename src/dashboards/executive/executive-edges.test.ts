import { HOUR } from '../../domain/hours';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import { DEFAULTS, figure, run, sqlOf, type Row } from '../../testing/dashboard-panels';
import type { TestDatabase } from '../../testing/database';
import type { Chosen, PanelRequest } from '../../testing/grafana-sql';
import { EXECUTIVE, executiveDashboard } from './executive-dashboard';

const dashboard = executiveDashboard();
const ledgers: TestDatabase[] = [];
afterAll(() => Promise.all(ledgers.map((ledger) => ledger.drop())));

async function ledger(facts: PlainFact[]): Promise<TestDatabase> {
  const made = await createDashboardLedger('UTC', facts);
  ledgers.push(made);
  return made;
}

const rowsOf = (database: TestDatabase, panel: keyof typeof EXECUTIVE, request: PanelRequest): Promise<Row[]> =>
  run(database, sqlOf(dashboard, EXECUTIVE[panel])[0] ?? '', request);

const during = (from: string, to: string, chosen: Record<string, Chosen> = {}): PanelRequest => ({
  from: new Date(from),
  to: new Date(to),
  variables: { ...DEFAULTS, ...chosen },
});

/** An hour of checkout's incoming bytes, or of what is said otherwise. */
const fact = (hour: string, quantity: string, cost: string | null, other: Partial<PlainFact> = {}): PlainFact => ({
  hour: new Date(hour),
  meter: 'kafka_ingress_bytes',
  resource: { workspace: 'payments', application: 'checkout', team: 'orders', business_unit: 'retail' },
  quantity,
  cost,
  currency: 'USD',
  estimated: false,
  ...other,
});
const of = (application: string) => ({ resource: { workspace: 'payments', application } });

/** A day and the one before; the ledger begins before both. */
const TODAY = during('2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z');
const [BEFORE, NOW] = ['2026-03-01T05:00:00Z', '2026-03-02T05:00:00Z'];
const BEGINNING = fact('2026-02-01T00:00:00Z', '0', '0');
const END = fact('2026-03-02T23:00:00Z', '0', '0');

const steps = async (facts: PlainFact[]) =>
  (await rowsOf(await ledger([BEGINNING, ...facts, END]), 'bridge', TODAY)).map(({ Part }) => Part);

test.each<[what: string, facts: PlainFact[], expected: string[]]>([
  [
    'twice the use of all is volume',
    [fact(BEFORE, '10', '1'), fact(NOW, '20', '2')],
    ['before 1.00', 'volume +1.00', 'mix +0.00', 'price +0.00', 'new +0.00', 'ended +0.00', 'now 2.00'],
  ],
  [
    'a dearer unit is price',
    [fact(BEFORE, '10', '1'), fact(NOW, '10', '3')],
    ['before 1.00', 'volume +0.00', 'mix +0.00', 'price +2.00', 'new +0.00', 'ended +0.00', 'now 3.00'],
  ],
  [
    'the same use, more of it where it is dear, is mix',
    [
      fact(BEFORE, '10', '1'),
      fact(NOW, '0.1', '0.01'),
      fact(BEFORE, '10', '10', of('risk')),
      fact(NOW, '19.9', '19.9', of('risk')),
    ],
    ['before 11.00', 'volume +0.00', 'mix +8.91', 'price +0.00', 'new +0.00', 'ended +0.00', 'now 19.91'],
  ],
  [
    'what was not there before is new, what is there no more has ended',
    [fact(BEFORE, '10', '4'), fact(NOW, '10', '5', of('risk'))],
    ['before 4.00', 'volume +0.00', 'mix +0.00', 'price +0.00', 'new +5.00', 'ended -4.00', 'now 5.00'],
  ],
  [
    'what was used without a price and has one now is price, not new',
    [fact(BEFORE, '10', null), fact(NOW, '20', '6')],
    ['before 0.00', 'volume +0.00', 'mix +0.00', 'price +6.00', 'new +0.00', 'ended +0.00', 'now 6.00'],
  ],
  [
    'a cost without a quantity is fixed',
    [fact(BEFORE, '0', '4'), fact(NOW, '10', '5')],
    ['before 4.00', 'volume +0.00', 'mix +0.00', 'price +0.00', 'new +0.00', 'ended +0.00', 'fixed +1.00', 'now 5.00'],
  ],
  [
    'quantities that sum to nothing leave nothing to compare',
    [
      fact(BEFORE, '-5', '-1', of('risk')),
      fact(BEFORE, '5', '1'),
      fact(NOW, '5', '2', of('risk')),
      fact(NOW, '5', '2'),
    ],
    ['before 0.00', 'volume +0.00', 'mix +0.00', 'price +0.00', 'new +0.00', 'ended +0.00', 'fixed +4.00', 'now 4.00'],
  ],
])('%s', async (_what, facts, expected) => {
  expect(await steps(facts)).toEqual(expected);
});

test('thirds do not add up by themselves, but the parts do', async () => {
  const facts = [
    fact(BEFORE, '3', '1'),
    fact(NOW, '7', '2.000000000001'),
    fact(BEFORE, '7', '1', of('risk')),
    fact(NOW, '11', '1.7', of('risk')),
  ];
  const rows = await rowsOf(await ledger([BEGINNING, ...facts, END]), 'bridge', TODAY);
  const sum = await run(
    await ledger([]),
    `select sum(part) as sum from (values ${rows.map(({ More, Less }) => `(coalesce(${String(More)}, 0) - coalesce(${String(Less)}, 0))`).join(', ')}) as parts(part)`,
    TODAY,
  );
  expect(figure(sum[0]?.['sum'])).toBe('1.700000000001');
});

test('a step below zero hangs from zero down', async () => {
  const facts = [fact(BEFORE, '10', '-3'), fact(NOW, '10', '-5'), fact(NOW, '1', '1', of('risk'))];
  const rows = await rowsOf(await ledger([BEGINNING, ...facts, END]), 'bridge', TODAY);
  const bar = (part: string) => rows.find(({ Part }) => String(Part).startsWith(part));
  expect(figure(bar('price')?.['Base'])).toBe('-3');
  expect(figure(bar('price')?.['Less'])).toBe('-2');
  expect(figure(bar('new')?.['Base'])).toBe('-4');
  expect(figure(bar('new')?.['More'])).toBe('-1');
});

test('before the ledger begins there is nothing to compare with, and no percentage', async () => {
  const database = await ledger([fact(BEFORE, '10', '1'), fact(NOW, '20', '2'), END]);
  const [row] = await rowsOf(database, 'change', TODAY);
  expect(row).toEqual({ Change: null, Difference: null, 'Compared with': '2026-03-01 to 03-02, in part' });
  expect((await rowsOf(database, 'bridge', TODAY))[0]?.['Part']).toBe('before (not whole) 1.00');
  expect((await rowsOf(database, 'movers', TODAY))[0]).toMatchObject({ Change: '1.000000000000', 'Change %': null });
  const future = during('2026-04-01T00:00:00Z', '2026-04-02T00:00:00Z');
  expect((await rowsOf(database, 'change', future))[0]?.['Compared with']).toBe('nothing collected yet');
});

test('an empty ledger: no figure, no bars, and one thing to do', async () => {
  const database = await ledger([]);
  expect(await rowsOf(database, 'change', TODAY)).toEqual([
    { Change: null, Difference: null, 'Compared with': 'nothing collected yet' },
  ]);
  for (const panel of ['budgetsUsed', 'burnUp', 'byMonth', 'bridge', 'movers', 'byBusinessUnit', 'byMeter'] as const) {
    expect(await rowsOf(database, panel, TODAY)).toEqual([]);
  }
  const findings = await rowsOf(database, 'needsAttention', TODAY);
  expect(findings.map(({ Severity, Finding }) => `${String(Severity)}: ${String(Finding)}`)).toContain(
    'critical: No cost data yet: open Setup',
  );
});

describe('budgets', () => {
  let database: TestDatabase;
  /** The first half of March is over: 360 of 744 hours and half a day. */
  const MARCH = during('2026-03-01T00:00:00Z', '2026-03-16T12:00:00Z');
  const budget = (name: string, amount: string, key: Record<string, string>, owner = 'finance') =>
    database.pool.query(
      `insert into chargeback_data.budget (name, scope, amount, currency, interval, thresholds, owner, valid_from, created_by, updated_by)
       values ($1, $2, $3, 'USD', 'month', '{50,90,100}', $4, '2026-02-01', 'test', 'test')`,
      [name, JSON.stringify(key), amount, owner],
    );

  beforeAll(async () => {
    const hours = Array.from({ length: 372 }, (_, index) => Date.parse('2026-03-01T00:00:00Z') + index * HOUR);
    database = await ledger([
      fact('2026-02-27T00:00:00Z', '1', '7'),
      ...hours.map((hour) => fact(new Date(hour).toISOString(), '1', '1')),
      ...hours.map((hour) =>
        fact(new Date(hour).toISOString(), '1', '0.5', {
          resource: { workspace: 'logistics', business_unit: 'operations' },
        }),
      ),
    ]);
    await budget('Everything', '1116', {});
    await budget("O'Brien's retail", '400', { business_unit: 'retail' }, 'retail heads');
    await budget('Operations', '10000', { business_unit: 'operations' });
  });

  test('each with what is used of it beside the time that is over; the one that burns fastest first', async () => {
    const rows = await rowsOf(database, 'budgetsUsed', MARCH);
    expect(rows.map(({ name, value }) => [name, figure(value)])).toEqual([
      ["O'Brien's retail, 50 % over", '93'],
      ['Everything, 50 % over', '50'],
      ['Operations, 50 % over', '1.8'],
    ]);
    const retail = { ...MARCH, variables: { ...DEFAULTS, business_unit: ['retail'] } };
    expect((await rowsOf(database, 'budgetsUsed', retail)).map(({ name }) => name)).toEqual([
      "O'Brien's retail, 50 % over",
    ]);
    const euros = { ...MARCH, variables: { ...DEFAULTS, currency: ['EUR'] } };
    expect(await rowsOf(database, 'budgetsUsed', euros)).toEqual([]);
  });

  test('the budget of the whole platform is drawn beside spend, hour for hour, and only without filters', async () => {
    const rows = await rowsOf(database, 'burnUp', MARCH);
    const planned = rows.filter(({ metric }) => metric === 'Budget: Everything');
    expect(planned.length).toBe(rows.length / 2);
    for (const { time, value } of planned) {
      const hours = ((time as Date).getTime() - MARCH.from.getTime()) / HOUR;
      expect(Number(value)).toBeCloseTo((1116 * hours) / 744, 9);
    }
    expect(figure(rows.findLast(({ metric }) => metric === 'Spent')?.['value'])).toBe('558');
    const retail = { ...MARCH, variables: { ...DEFAULTS, business_unit: ['retail'] } };
    expect((await rowsOf(database, 'burnUp', retail)).every(({ metric }) => metric === 'Spent')).toBe(true);
    // Over two months the budgets of both add up.
    const both = during('2026-02-01T00:00:00Z', '2026-03-16T12:00:00Z');
    const last = (await rowsOf(database, 'burnUp', both)).findLast(({ metric }) => metric !== 'Spent');
    expect(Number(last?.['value'])).toBeCloseTo(1116 * 1.5, 9);
  });

  test('what was reached needs attention, with who answers for it; what is well does not', async () => {
    await database.pool.query(
      `insert into chargeback_data.collection (meter_id, hour, error, failed_at, attempts)
       select id, date_trunc('hour', now()) - interval '3 hours', 'the server is away', now(), 4 from chargeback_data.meter where slug = 'kafka_requests'`,
    );
    const rows = await rowsOf(database, 'needsAttention', MARCH);
    expect(rows.filter(({ runbook }) => runbook === 'budget-threshold')).toEqual([
      {
        Severity: 'warning',
        Finding: "Budget O'Brien's retail: 90 % reached",
        Detail: '372.00 of 400.00 USD spent in 2026-03, 50 % of it over',
        Owner: 'retail heads',
        dashboard: 'chargeback-budgets',
        runbook: 'budget-threshold',
      },
      {
        Severity: 'info',
        Finding: 'Budget Everything: 50 % reached',
        Detail: '558.00 of 1,116.00 USD spent in 2026-03, 50 % of it over',
        Owner: 'finance',
        dashboard: 'chargeback-budgets',
        runbook: 'budget-threshold',
      },
    ]);
    const findings = rows.map(
      ({ Severity, Finding, Detail }) => `${String(Severity)}: ${String(Finding)}: ${String(Detail)}`,
    );
    expect(findings).toContain(
      'critical: Collection of kafka_ingress_bytes is late: complete until 2026-03-16 12:00 UTC',
    );
    expect(findings).toContain('warning: Collection of kafka_requests fails: 1 of the last 48 hours failed');
    expect(findings).toContain(
      'warning: Hours of kafka_ingress_bytes are missing: 47 hours before the last complete one are not collected: their cost is in no figure',
    );
    expect(findings.filter((finding) => /has no price|has no owner/.test(finding))).toEqual([]);
  });
});

test('usage without a price and cost without an owner need attention in the range that has them', async () => {
  const database = await ledger([
    fact(BEFORE, '10', '1'),
    fact(NOW, '3221225472', null, { meter: 'kafka_egress_bytes' }),
    fact(NOW, '10', '0.85'),
    fact(NOW, '10', '0.15', { resource: {} }),
  ]);
  const found = async (request: PanelRequest) =>
    (await rowsOf(database, 'needsAttention', request))
      .filter(({ runbook }) => runbook === 'unpriced-usage' || runbook === 'unallocated-share')
      .map(({ Severity, Finding, Detail }) => `${String(Severity)}: ${String(Finding)}: ${String(Detail)}`);
  expect(await found(TODAY)).toEqual([
    'warning: 15.0 % of the cost has no owner: 0.15 USD in the time range belongs to no workspace',
    'warning: Usage of kafka_egress_bytes has no price: 3.00 GiB in the time range cost nothing',
  ]);
  expect(await found(during('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'))).toEqual([]);
});
