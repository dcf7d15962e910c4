import { Decimal } from '../domain/decimal';
import { createDashboardLedger } from '../testing/dashboard-ledger';
import { DEFAULTS, figure, panelRows, type Row } from '../testing/dashboard-panels';
import { asked, bars, currencyOf, groups, priced, total, value } from '../testing/dashboard-reference';
import { sampleFacts, ZONE } from '../testing/dashboard-sample';
import type { TestDatabase } from '../testing/database';
import type { Chosen } from '../testing/grafana-sql';

const facts = sampleFacts();
let full: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
});
afterAll(() => full.drop());

const CHOICES: Record<string, Record<string, Chosen>> = {
  'everything at All': {},
  'one workspace': { workspace: ['workspace-3'] },
  'several workspaces and Unallocated': { workspace: ['workspace-3', 'workspace-5', ''] },
  'a workspace with a quote in its name': { workspace: ["o'brien"] },
  'an environment and no environment': { environment: ['prod', ''], cluster: ['c1'] },
  'another currency': { currency: ['EUR'] },
  'nothing that exists': { workspace: ["x') or true --"] },
};

const RANGES: Record<string, [from: string, to: string]> = {
  'whole days over the change to summer time': ['2026-03-26T23:00:00Z', '2026-04-01T22:00:00Z'],
  'ragged ends': ['2026-03-25T10:30:00Z', '2026-03-31T06:59:59.999Z'],
  'three days to the hour': ['2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z'],
  'half a day': ['2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'],
  'whole months, from winter to summer': ['2025-12-31T23:00:00Z', '2026-04-30T22:00:00Z'],
  'months with ragged ends': ['2025-12-20T10:30:00Z', '2026-05-05T06:10:00Z'],
  'a year to the hour after a month began': ['2025-06-01T00:00:00Z', '2026-05-31T23:00:00Z'],
  'more than everything, into the future': ['2026-01-15T00:00:00Z', '2999-01-01T00:00:00Z'],
};

const CASES = Object.entries(RANGES).flatMap(([range, [from, to]]) =>
  Object.entries(CHOICES).map(([choice, chosen]) => ({
    name: `${range}, ${choice}`,
    request: { from: new Date(from), to: new Date(to), variables: { ...DEFAULTS, ...chosen } },
  })),
);

const drawn = (rows: Row[]) =>
  Object.fromEntries(
    rows.map(({ time, metric, value: amount }) => [
      `${(time as Date).toISOString()} ${String(metric)}`,
      new Decimal(String(amount)).toFixed(),
    ]),
  );

describe.each(CASES)('$name', ({ request }) => {
  test('the total and the stacked bars are the cost of the range to the last decimal', async () => {
    const expected = total(priced(facts, request), ({ cost }) => cost).toFixed();
    const [row] = await panelRows(full, 'totalCost', request);
    expect(figure(row?.['cost'])).toBe(expected);

    const rows = await panelRows(full, 'costByWorkspace', request);
    expect(drawn(rows)).toEqual(bars(request, priced(facts, request), ({ cost }) => cost));
    expect(rows.reduce((sum, { value: part }) => sum.plus(String(part)), new Decimal(0)).toFixed()).toBe(expected);
    const times = rows.map(({ time }) => (time as Date).getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('the bars of usage are that of one meter, priced or not', async () => {
    for (const meter of ['kafka_ingress_bytes', 'kafka_requests']) {
      const ofMeter = { ...request, variables: { ...request.variables, meter: [meter] } };
      const used = asked(facts, request).filter((fact) => fact.meter === meter);
      expect(drawn(await panelRows(full, 'usageByWorkspace', ofMeter))).toEqual(
        bars(request, used, ({ quantity }) => quantity),
      );
    }
  });

  test('a line a workspace, summing to the total', async () => {
    const rows = await panelRows(full, 'workspaces', request);
    const expected = groups(priced(facts, request), (fact) => value(fact, 'workspace'));
    expect(Object.fromEntries(rows.map(({ key, Cost }) => [String(key), figure(Cost ?? null)]))).toEqual(
      Object.fromEntries(
        [...expected].map(([workspace, its]) => [workspace, total(its, ({ cost }) => cost).toFixed()]),
      ),
    );
    for (const { key, Workspace, Confidence, Share } of rows) {
      const its = expected.get(String(key)) ?? [];
      const cost = total(its, (fact) => fact.cost);
      const sure = its.reduce(
        (sum, fact) => sum.plus(new Decimal(fact.cost ?? 0).times(fact.estimated ? 0.7 : 1)),
        new Decimal(0),
      );
      expect(Workspace).toBe(key === '' ? 'Unallocated' : key);
      expect(Number(Confidence)).toBeCloseTo(Number(sure.div(cost)), 5);
      expect(Number(Share)).toBeCloseTo(Number(cost.div(total(priced(facts, request), (fact) => fact.cost))), 9);
    }
  });

  test('a line a workspace and meter: quantity, what of it has no price, and cost', async () => {
    const rows = await panelRows(full, 'meters', request);
    const expected = [...groups(asked(facts, request), (fact) => `${value(fact, 'workspace')} ${fact.meter}`)].map(
      ([line, its]) => {
        const size = line.endsWith('_bytes') ? 1_073_741_824 : 1;
        const unpriced = its.filter(({ cost }) => cost === null);
        const paid = its.filter(({ cost, currency }) => cost !== null && currency === currencyOf(request));
        return [
          line,
          Number(total(its, ({ quantity }) => quantity).div(size)).toPrecision(9),
          unpriced.length ? Number(total(unpriced, ({ quantity }) => quantity).div(size)).toPrecision(9) : null,
          paid.length ? total(paid, ({ cost }) => cost).toFixed() : null,
        ];
      },
    );
    const precise = (cell: Row[string] | undefined) =>
      cell === null || cell === undefined ? null : Number(cell).toPrecision(9);
    const found = rows.map((row) => [
      `${String(row['key'])} ${String(row['Meter'])}`,
      precise(row['Quantity']),
      precise(row['Without a price']),
      figure(row['Cost']),
    ]);
    const byLine = (a: Array<string | null>, b: Array<string | null>) => String(a[0]).localeCompare(String(b[0]));
    expect(found.sort(byLine)).toEqual(expected.sort(byLine));
  });

  test('the figures: cost with an owner, meters without a price', async () => {
    const [share] = await panelRows(full, 'costWithOwner', request);
    const all = total(priced(facts, request), ({ cost }) => cost);
    const owned = total(
      priced(facts, request).filter((fact) => value(fact, 'workspace') !== ''),
      ({ cost }) => cost,
    );
    if (all.isZero()) {
      expect(share).toEqual({ share: null });
    } else {
      expect(Number(share?.['share'])).toBeCloseTo(Number(owned.times(100).div(all)), 9);
    }
    const [meters] = await panelRows(full, 'metersWithoutPrice', request);
    expect(Number(meters?.['meters'])).toBe(
      new Set(
        asked(facts, request)
          .filter(({ cost }) => cost === null)
          .map(({ meter }) => meter),
      ).size,
    );
  });
});
