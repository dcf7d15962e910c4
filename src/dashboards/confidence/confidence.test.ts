import { Decimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { createDashboardLedger, PLAIN_METERS, type PlainFact } from '../../testing/dashboard-ledger';
import { DEFAULTS, figure, run, sqlOf, type Row } from '../../testing/dashboard-panels';
import { asked, bars, groups, priced, total, value } from '../../testing/dashboard-reference';
import { sampleFacts, ZONE } from '../../testing/dashboard-sample';
import type { TestDatabase } from '../../testing/database';
import type { Chosen, PanelRequest } from '../../testing/grafana-sql';
import { CONFIDENCE_PANELS, confidenceDashboard } from './confidence-dashboard';

const facts = sampleFacts();
const dashboard = confidenceDashboard();
let full: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([full.drop(), empty.drop()]));

const rowsOf = (panel: keyof typeof CONFIDENCE_PANELS, request: PanelRequest, database = full) =>
  run(database, sqlOf(dashboard, CONFIDENCE_PANELS[panel])[0] ?? '', request);
const cost = (some: PlainFact[]) => total(some, (fact) => fact.cost);
const estimated = (some: PlainFact[]) => some.filter((fact) => fact.estimated);
/** What weak evidence carries: of an estimated cost three tenths. */
const atRisk = (some: PlainFact[]) => cost(estimated(some)).times('0.3');
const sum = (rows: Row[], column: string) =>
  rows.reduce((amount, row) => amount.plus(String(row[column])), new Decimal(0)).toFixed();
const exactly = (rows: Row[], name: string, column: string) =>
  Object.fromEntries(rows.map((row) => [String(row[name]), figure(row[column])]));

const CHOICES: Record<string, Record<string, Chosen>> = {
  'everything at All': {},
  'one workspace': { workspace: ['workspace-3'] },
  'several workspaces and Unallocated': { workspace: ['workspace-3', 'workspace-5', ''] },
  'a workspace with a quote in its name': { workspace: ["o'brien"] },
  'another currency': { currency: ['EUR'] },
  'nothing that exists': { workspace: ["x') or true --"] },
};
const RANGES: Record<string, [from: string, to: string]> = {
  'half a day': ['2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'],
  'days over the change to summer time': ['2026-03-26T23:00:00Z', '2026-04-01T22:00:00Z'],
  'ragged ends': ['2026-03-25T10:30:00Z', '2026-03-31T06:59:59.999Z'],
  'months with ragged ends': ['2025-12-20T10:30:00Z', '2026-05-05T06:10:00Z'],
};
const CASES = Object.entries(RANGES).flatMap(([range, [from, to]]) =>
  Object.entries(CHOICES).map(([choice, chosen]) => ({
    name: `${range}, ${choice}`,
    request: { from: new Date(from), to: new Date(to), variables: { ...DEFAULTS, ...chosen } },
  })),
);

describe.each(CASES)('$name', ({ request }) => {
  const spent = priced(facts, request);
  const used = asked(facts, request);

  test('the shares of money and of use that rest on estimates', async () => {
    const share = async (panel: keyof typeof CONFIDENCE_PANELS, column: string) => {
      const [row] = await rowsOf(panel, request);
      return row?.[column] === null ? null : Number(row?.[column]).toFixed(9);
    };
    const of = (part: Decimal, whole: Decimal) => (whole.isZero() ? null : Number(part.div(whole)).toFixed(9));
    expect(await share('confidence', 'confidence')).toBe(of(cost(spent).minus(atRisk(spent)), cost(spent)));
    expect(await share('estimatedCost', 'share')).toBe(of(cost(estimated(spent)).times(100), cost(spent)));
    expect(await share('costWithOwner', 'share')).toBe(
      of(cost(spent.filter((fact) => value(fact, 'workspace') !== '')).times(100), cost(spent)),
    );
    expect(await share('estimatedUsage', 'share')).toBe(
      of(new Decimal(estimated(used).length * 100), new Decimal(used.length)),
    );
  });

  test('measured and estimated cost make the cost of the range, at every moment and in every band', async () => {
    const byMethod = spent.map((fact) => ({
      ...fact,
      resource: { workspace: fact.estimated ? 'Estimated' : 'Metered' },
    }));
    const rows = (await rowsOf('costByMethod', request)).filter((row) => Number(row['value']) !== 0);
    expect(
      Object.fromEntries(
        rows.map(({ time, metric, value: amount }) => [
          `${(time as Date).toISOString()} ${String(metric)}`,
          figure(amount),
        ]),
      ),
    ).toEqual(bars(request, byMethod, (fact) => fact.cost));

    expect(exactly(await rowsOf('costByBand', request), 'name', 'value')).toEqual(
      spent.length === 0
        ? {}
        : {
            High: cost(spent)
              .minus(cost(estimated(spent)))
              .toFixed(),
            Medium: '0',
            Low: cost(estimated(spent)).toFixed(),
          },
    );
  });

  test('a line a workspace and meter with a risk: cost, what is estimated of it and what is at risk', async () => {
    const rows = await rowsOf('costAtRisk', request);
    const lines = [...groups(spent, (fact) => `${value(fact, 'workspace')} / ${fact.meter}`)].filter(
      ([, its]) => estimated(its).length > 0,
    );
    expect(
      Object.fromEntries(
        rows.map((row) => [
          `${String(row['key'])} / ${String(row['Meter'])}`,
          [figure(row['Cost']), figure(row['Estimated']), figure(row['At risk'])],
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        lines.map(([line, its]) => [
          line,
          [cost(its).toFixed(), cost(estimated(its)).toFixed(), atRisk(its).toFixed()],
        ]),
      ),
    );
    const risks = rows.map((row) => Number(row['At risk']));
    expect(risks).toEqual([...risks].sort((a, b) => b - a));
    expect(rows.some((row) => row['key'] === '' && row['Workspace'] !== 'Unallocated')).toBe(false);
  });

  test('how much of the cost each report can tell apart', async () => {
    const columns = ['workspace', 'application', 'environment', 'team', 'cost_center', 'business_unit', 'product'];
    const rows = await rowsOf('completeness', request);
    expect(rows.map((row) => Number(row['value']).toFixed(9))).toEqual(
      spent.length === 0
        ? []
        : columns.map((column) =>
            Number(
              cost(spent.filter((fact) => value(fact, column) !== ''))
                .times(100)
                .div(cost(spent)),
            ).toFixed(9),
          ),
    );
  });

  test('the reasons of what is unallocated sum to it', async () => {
    const nobodys = spent.filter((fact) => value(fact, 'workspace') === '');
    const rows = await rowsOf('unallocatedByReason', request);
    expect(sum(rows, 'Cost')).toBe(cost(nobodys).toFixed());
    // All usage of the sample has a team, which a rule must have given it.
    expect(rows.map((row) => `${String(row['cluster'])} ${String(row['Topic'])}`).sort()).toEqual(
      [...groups(nobodys, (fact) => `${value(fact, 'cluster')} ${value(fact, 'topic') || 'No topic'}`).keys()].sort(),
    );
    expect([...new Set(rows.map((row) => row['Reason']))]).toEqual(
      nobodys.length > 0 ? ['Its rule names an owner, but no workspace'] : [],
    );
  });

  test('of every meter what was metered is what was rated and what has no price', async () => {
    const rows = await rowsOf('quantityGap', request);
    const size = (meter: string) => (meter.endsWith('_bytes') ? 1024 ** 3 : 1);
    const quantity = (some: PlainFact[], meter: string) =>
      Number(total(some, (fact) => fact.quantity).div(size(meter))).toPrecision(9);
    expect(
      Object.fromEntries(
        rows.map((row) => [
          row['Meter'],
          ['Metered', 'Rated', 'Without a price'].map((column) => Number(row[column]).toPrecision(9)),
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        [...groups(used, (fact) => fact.meter)].map(([meter, its]) => [
          meter,
          [its, its.filter((fact) => fact.cost !== null), its.filter((fact) => fact.cost === null)].map((some) =>
            quantity(some, meter),
          ),
        ]),
      ),
    );
    expect(rows.map((row) => Number(row['Gap']))).toEqual(
      rows.map((row) => (row['Meter'] === 'kafka_requests' ? 100 : 0)),
    );
  });

  test('the checks count the hours that were skipped, and meters that nobody priced', async () => {
    const rows = await rowsOf('checkResults', request);
    const skipped = Object.keys(PLAIN_METERS).flatMap((meter) => {
      const hours = new Set(facts.filter((fact) => fact.meter === meter).map(({ hour }) => hour.getTime()));
      const [first, last] = [Math.min(...hours), Math.max(...hours)];
      const from = Math.max(first, Math.ceil(request.from.getTime() / HOUR) * HOUR);
      const found: number[] = [];
      for (let hour = from; hour <= last && hour < request.to.getTime(); hour += HOUR) {
        if (!hours.has(hour)) {
          found.push(hour);
        }
      }
      return found;
    });
    const counts = Object.fromEntries(rows.map((row) => [row['Check'], Number(row['Count'])]));
    expect(counts).toMatchObject({
      'Meters never collected': 0,
      'Hours that failed': 0,
      'Hours that are missing': skipped.length,
      'Negative quantities': 0,
      'Meters with unpriced usage': used.some((fact) => fact.cost === null) ? 1 : 0,
    });
    expect(counts['Hours that are late']).toBeGreaterThan(0);
  });
});

describe('what the sample has not', () => {
  const at = (hours: number) => new Date(Date.UTC(2026, 2, 10) + hours * HOUR);
  const plain = (hours: number, resource: PlainFact['resource'], quantity = '1'): PlainFact => ({
    hour: at(hours),
    meter: 'kafka_ingress_bytes',
    resource,
    quantity,
    cost: quantity,
    currency: 'USD',
    estimated: false,
  });
  const day: PanelRequest = { from: at(0), to: at(24), variables: DEFAULTS };

  async function ledgerOf(some: PlainFact[], look: (database: TestDatabase) => Promise<void>): Promise<void> {
    const database = await createDashboardLedger(ZONE, some);
    try {
      await look(database);
    } finally {
      await database.drop();
    }
  }

  test('a gauge that was seen for a part of its hours lies in the band of its coverage', () =>
    ledgerOf(
      [plain(0, { workspace: 'a' }), plain(1, { workspace: 'a' }, '10'), plain(2, {}, '100')],
      async (database) => {
        await database.pool.query(`update chargeback_data.meter set kind = 'gauge' where slug = 'kafka_ingress_bytes'`);
        await database.pool.query(
          `update chargeback_data.fact set coverage = case quantity when 1 then 0.9 when 10 then 0.75 else 0.7499 end`,
        );
        expect(exactly(await rowsOf('costByBand', day, database), 'name', 'value')).toEqual({
          High: '1',
          Medium: '10',
          Low: '100',
        });
        const [row] = await rowsOf('confidence', day, database);
        expect(Number(row?.['confidence'])).toBeCloseTo((0.9 + 7.5 + 74.99) / 111, 12);
      },
    ));

  test('a correction below zero weighs as much as what it takes back', () =>
    ledgerOf(
      [plain(0, { workspace: 'a' }, '3'), { ...plain(1, { workspace: 'a' }, '-1'), estimated: true }],
      async (database) => {
        const [row] = await rowsOf('confidence', day, database);
        expect(Number(row?.['confidence'])).toBeCloseTo((3 + 0.7) / 4, 12);
        const checks = await rowsOf('checkResults', day, database);
        expect(checks.find((check) => check['Check'] === 'Negative quantities')).toMatchObject({
          Count: '1',
          Meters: 'kafka_ingress_bytes',
          Since: '2026-03-10 02:00',
        });
      },
    ));

  test('each reason why nobody answers is told, the dearest first', () =>
    ledgerOf(
      [
        plain(0, { topic: 't', principal: 'p', cluster: 'c' }, '1'),
        plain(0, { topic: 't', principal: 'q', cluster: 'c' }, '1'),
        plain(0, { topic: 't', cluster: 'c' }, '4'),
        plain(0, { principal: 'p', cluster: 'c' }, '8'),
        plain(0, { cluster: 'c' }, '16'),
        plain(0, {}, '32'),
        plain(0, { application: 'shop', cluster: 'c' }, '64'),
      ],
      async (database) => {
        const rows = await rowsOf('unallocatedByReason', day, database);
        expect(
          rows.map((row) => [row['Reason'], figure(row['Cost']), Number(row['Principals']), row['search']]),
        ).toEqual([
          ['Its rule names an owner, but no workspace', '64', 0, 'c'],
          ['The metric tells no cluster, topic or principal', '32', 0, ''],
          ['No rule for its cluster; the metric tells no topic or principal', '16', 0, 'c'],
          ['No rule for its principal', '8', 1, 'p'],
          ['No rule for its topic', '4', 0, 't'],
          ['No rule for its topic or principal', '2', 2, 't'],
        ]);
      },
    ));
});

test('on an empty ledger nothing is known, and the checks say that no meter was collected', async () => {
  const ever: PanelRequest = { from: new Date(0), to: new Date(), variables: DEFAULTS };
  expect(await rowsOf('confidence', ever, empty)).toEqual([{ confidence: null }]);
  expect(await rowsOf('estimatedCost', ever, empty)).toEqual([{ share: null }]);
  for (const panel of ['costByMethod', 'costByBand', 'costAtRisk', 'completeness', 'unallocatedByReason'] as const) {
    expect(await rowsOf(panel, ever, empty)).toEqual([]);
  }
  const checks = await rowsOf('checkResults', ever, empty);
  expect(checks.map((row) => Number(row['Count']))).toEqual([Object.keys(PLAIN_METERS).length, 0, 0, 0, 0, 0]);
});
