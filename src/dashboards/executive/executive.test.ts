import { DateTime } from 'luxon';
import { previousRange } from '../../collector/ledger/previous-range';
import { Decimal } from '../../domain/decimal';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import { DEFAULTS, figure, run, sqlOf, type Row } from '../../testing/dashboard-panels';
import { asked, currencyOf, groups, priced, total, value } from '../../testing/dashboard-reference';
import { sampleFacts, ZONE } from '../../testing/dashboard-sample';
import type { TestDatabase } from '../../testing/database';
import type { Chosen, PanelRequest } from '../../testing/grafana-sql';
import { NAMED_SERIES } from '../thresholds';
import { EXECUTIVE, executiveDashboard } from './executive-dashboard';

const facts = sampleFacts();
const dashboard = executiveDashboard();
let full: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([full.drop(), empty.drop()]));

const rowsOf = (panel: keyof typeof EXECUTIVE, request: PanelRequest, database = full) =>
  run(database, sqlOf(dashboard, EXECUTIVE[panel])[0] ?? '', request);

/** When every meter of the sample is complete. */
const WATERMARK = new Date(
  Math.min(
    ...[...groups(facts, ({ meter }) => meter).values()].map((its) =>
      Math.max(...its.map(({ hour }) => hour.getTime() + 3_600_000)),
    ),
  ),
);

const CHOICES: Record<string, Record<string, Chosen>> = {
  'everything at All': {},
  'one business unit': { business_unit: ['retail'] },
  'a business unit with a quote, and none': { business_unit: ["o'brien & sons", ''] },
  'several workspaces and Unallocated': { workspace: ['workspace-3', 'workspace-5', ''] },
  'another currency': { currency: ['EUR'] },
  'nothing that exists': { workspace: ["x') or true --"] },
};

/** With the range as the collector would be asked for it. */
const RANGES: Record<string, { from: string; to: string; page?: [from: string, to: string] }> = {
  'half a day': { from: '2026-03-29T00:00:00Z', to: '2026-03-29T12:00:00Z' },
  'ragged ends': {
    from: '2026-03-29T10:30:00Z',
    to: '2026-03-31T06:59:59.999Z',
    page: ['2026-03-29T11:00:00Z', '2026-03-31T07:00:00Z'],
  },
  'whole days over the change to summer time': { from: '2026-03-27T23:00:00Z', to: '2026-03-30T22:00:00Z' },
  'a whole month': {
    from: '2026-02-28T23:00:00Z',
    to: '2026-03-31T21:59:59.999Z',
    page: ['2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
  },
  'a month so far': {
    from: '2026-03-31T22:00:00Z',
    to: '2026-04-02T15:20:00Z',
    page: ['2026-03-31T22:00:00Z', '2026-04-30T22:00:00Z'],
  },
  'two months': { from: '2026-01-31T23:00:00Z', to: '2026-03-31T22:00:00Z' },
};

const CASES = Object.entries(RANGES).flatMap(([range, { from, to, page }]) =>
  Object.entries(CHOICES).map(([choice, chosen]) => {
    const request = { from: new Date(from), to: new Date(to), variables: { ...DEFAULTS, ...chosen } };
    const [begin = request.from, end = request.to] = page?.map((text) => new Date(text)) ?? [];
    // The month so far is known up to the full hour that its last minutes belong to.
    const known = range === 'a month so far' ? new Date('2026-04-02T16:00:00Z') : WATERMARK;
    const before = previousRange({ from: begin, to: end, timezone: ZONE }, known);
    return { name: `${range}, ${choice}`, request, before: before && { ...request, ...before } };
  }),
);

const cost = (some: PlainFact[]) => total(some, (fact) => fact.cost);
const quantity = (some: PlainFact[]) => total(some, (fact) => fact.quantity);

interface Parts {
  volume: Decimal;
  mix: Decimal;
  price: Decimal;
  new: Decimal;
  ended: Decimal;
  fixed: Decimal;
}
const NOTHING = new Decimal(0);
const NO_PARTS: Parts = { volume: NOTHING, mix: NOTHING, price: NOTHING, new: NOTHING, ended: NOTHING, fixed: NOTHING };
const plus = (a: Parts, b: Parts): Parts => ({
  volume: a.volume.plus(b.volume),
  mix: a.mix.plus(b.mix),
  price: a.price.plus(b.price),
  new: a.new.plus(b.new),
  ended: a.ended.plus(b.ended),
  fixed: a.fixed.plus(b.fixed),
});

/** The bridge of each application, by the formulas of the specification and one fact after another. */
function bridge(request: PanelRequest, before: PanelRequest | null): Map<string, Parts> {
  const currency = currencyOf(request);
  // Usage that is priced in another currency is no usage of this one; usage without a price is.
  const used = (range: PanelRequest | null) =>
    range ? asked(facts, range).filter((fact) => fact.cost === null || fact.currency === currency) : [];
  const cells = [
    ...groups(
      [...used(request).map((fact) => ({ fact, now: true })), ...used(before).map((fact) => ({ fact, now: false }))],
      ({ fact }) => JSON.stringify([value(fact, 'workspace'), value(fact, 'application'), fact.meter]),
    ),
  ].map(([key, its]) => {
    const [now, then] = [true, false].map((when) => its.filter((one) => one.now === when).map(({ fact }) => fact));
    return {
      key: JSON.parse(key) as [string, string, string],
      c0: cost(then ?? []),
      c1: cost(now ?? []),
      q0: quantity(then ?? []),
      q1: quantity(now ?? []),
    };
  });
  const found = new Map<string, Parts>();
  for (const {
    key: [workspace, application, meter],
    c0,
    c1,
    q0,
    q1,
  } of cells) {
    const alike = cells.filter(({ key, ...cell }) => key[2] === meter && !cell.q0.isZero() && !cell.q1.isZero());
    const growth = alike
      .reduce((sum, cell) => sum.plus(cell.q1), NOTHING)
      .div(alike.reduce((sum, cell) => sum.plus(cell.q0), NOTHING));
    const parts: Parts =
      c0.isZero() && q0.isZero()
        ? { ...NO_PARTS, new: c1 }
        : c1.isZero() && q1.isZero()
          ? { ...NO_PARTS, ended: c0.negated() }
          : q0.isZero() || q1.isZero()
            ? { ...NO_PARTS, fixed: c1.minus(c0) }
            : {
                ...NO_PARTS,
                volume: growth.minus(1).times(c0),
                mix: q1.minus(q0.times(growth)).times(c0.div(q0)),
                price: c1.minus(q1.times(c0.div(q0))),
              };
    const entity = JSON.stringify([workspace, application]);
    found.set(entity, plus(found.get(entity) ?? NO_PARTS, parts));
  }
  return found;
}

const decimal = (cell: Row[string] | undefined) => new Decimal(String(cell ?? 0));

describe.each(CASES)('$name', ({ request, before }) => {
  const now = priced(facts, request);
  const then = before ? priced(facts, before) : [];
  let parts: Map<string, Parts> | undefined;
  const expectedParts = () => (parts ??= bridge(request, before));

  test('the change is that of the costs, to the last decimal', async () => {
    expect(before).not.toBeNull();
    const [row] = await rowsOf('change', request);
    expect(figure(row?.['Difference'])).toBe(cost(now).minus(cost(then)).toFixed());
    if (cost(then).isZero()) {
      expect(row?.['Change']).toBeNull();
    } else {
      expect(Number(row?.['Change'])).toBeCloseTo(Number(cost(now).minus(cost(then)).times(100).div(cost(then))), 6);
    }
    expect(row?.['Compared with']).not.toContain('in part');
  });

  test('the bridge leads from the cost before to that of now without a residual', async () => {
    const rows = await rowsOf('bridge', request);
    const expected = [...expectedParts().values()].reduce(plus, NO_PARTS);
    if (rows.length === 0) {
      expect([...now, ...then]).toEqual([]);
      return;
    }
    const steps = rows.filter(({ Cost }) => Cost === null);
    expect(steps.reduce((sum, { More, Less }) => sum.plus(decimal(More)).minus(decimal(Less)), NOTHING).toFixed()).toBe(
      cost(now).minus(cost(then)).toFixed(),
    );
    expect(rows.filter(({ Cost }) => Cost !== null).map(({ Cost }) => figure(Cost))).toEqual([
      cost(then).toFixed(),
      cost(now).toFixed(),
    ]);
    for (const { Part, More, Less } of steps) {
      const name = String(Part).split(' ')[0] as keyof Parts;
      // Each cell is rounded twice at most, at the twelfth decimal.
      expect(Number(decimal(More).minus(decimal(Less)).minus(expected[name]).abs())).toBeLessThan(1e-9);
    }
    expect(steps.map(({ Part }) => String(Part).split(' ')[0]).filter((part) => part !== 'fixed')).toEqual([
      'volume',
      'mix',
      'price',
      'new',
      'ended',
    ]);
    // A step begins where the one before ended.
    let level = cost(then);
    for (const { Base, More, Less } of steps) {
      const after = level.plus(decimal(More)).minus(decimal(Less));
      expect(decimal(Base).toFixed()).toBe(Decimal.min(level, after).toFixed());
      level = after;
    }
  });

  test('every application that moved is in the table, the largest change first, and says what moved it', async () => {
    const rows = await rowsOf('movers', request);
    const key = (fact: PlainFact) => JSON.stringify([value(fact, 'workspace'), value(fact, 'application')]);
    const [costNow, costThen] = [groups(now, key), groups(then, key)];
    const entities = [...new Set([...costNow.keys(), ...costThen.keys()])].map((entity) => {
      const [after, prior] = [cost(costNow.get(entity) ?? []), cost(costThen.get(entity) ?? [])];
      return { entity, prior: prior.toFixed(), after: after.toFixed(), change: after.minus(prior) };
    });
    const found = rows.map((row) => {
      const application = String(row['Application']).split(' / ')[1];
      return {
        entity: JSON.stringify([
          row['key'],
          application === undefined || application === 'no application' ? '' : application,
        ]),
        prior: figure(row['Before']),
        after: figure(row['Now']),
        change: figure(row['Change']),
      };
    });
    const byName = (a: { entity: string }, b: { entity: string }) => a.entity.localeCompare(b.entity);
    expect([...found].sort(byName)).toEqual(
      entities.map(({ change, ...entity }) => ({ ...entity, change: change.toFixed() })).sort(byName),
    );
    const sizes = found.map(({ change }) => Number(new Decimal(change ?? 0).abs()));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    rows.forEach((row, index) => {
      const its = Object.entries(expectedParts().get(found[index]?.entity ?? '') ?? NO_PARTS) as Array<
        [string, Decimal]
      >;
      const largest = its.map(([, amount]) => amount.abs()).reduce((a, b) => Decimal.max(a, b));
      // Of two parts that cancel each other out either may be named.
      const drivers = its.filter(([, amount]) => amount.abs().gt(largest.minus(1e-9))).map(([part]) => part);
      expect(largest.isZero() ? ['no'] : drivers).toContain(String(row['Driver']).split(' ')[0]);
    });
  });

  test('shares sum to one: the ten largest, Other, and what has none', async () => {
    for (const [panel, of] of [
      ['byBusinessUnit', (fact: PlainFact) => value(fact, 'business_unit')],
      ['byMeter', (fact: PlainFact) => fact.meter],
    ] as const) {
      const rows = await rowsOf(panel, request);
      const sums = [...groups(now, of)].map(([name, its]) => ({ name: name || 'Unallocated', cost: cost(its) }));
      expect(sums.length).toBeLessThanOrEqual(NAMED_SERIES + 1);
      const expected = sums
        .sort((a, b) => Number(a.name === 'Unallocated') - Number(b.name === 'Unallocated') || b.cost.cmp(a.cost))
        .map((sum) => [sum.name, Number(sum.cost.div(cost(now))).toFixed(9)]);
      expect(rows.map((row) => [row['name'], Number(row['value']).toFixed(9)])).toEqual(expected);
    }
  });

  test('a unit costs all of the cost over what was carried, priced or not', async () => {
    const all = asked(facts, request);
    const gib = quantity(all.filter(({ meter }) => meter.endsWith('_bytes'))).div(1_073_741_824);
    const millions = quantity(all.filter(({ meter }) => meter.endsWith('_messages'))).div(1_000_000);
    const rows = await rowsOf('unitCost', request);
    expect(rows.map((row) => row['name'])).toEqual(['per GiB', 'per million messages']);
    for (const [index, size] of [gib, millions].entries()) {
      const found = rows[index]?.['value'] ?? null;
      if (size.isZero() || now.length === 0) {
        expect(found).toBeNull();
      } else {
        expect(Number(decimal(found).div(cost(now).div(size)))).toBeCloseTo(1, 9);
      }
    }
  });

  test('spend adds up to the total at the end of the range', async () => {
    const rows = await rowsOf('burnUp', request);
    const spent = rows.filter(({ metric }) => metric === 'Spent');
    expect(figure(spent[0]?.['value'])).toBe('0');
    expect(figure(spent.at(-1)?.['value'])).toBe(cost(now).toFixed());
    for (const { time, value: sum } of spent) {
      const sofar = now.filter(({ hour }) => hour < (time as Date));
      expect(figure(sum)).toBe(cost(sofar).toFixed());
    }
  });

  test('13 months by business unit: six and Other, every series in every month, summing to the month', async () => {
    const rows = await rowsOf('byMonth', request);
    const last = DateTime.fromJSDate(new Date(Math.min(request.to.getTime(), MAX_WATERMARK) - 1), { zone: ZONE });
    const months = Array.from({ length: 13 }, (_, index) => last.startOf('month').minus({ months: 12 - index })).filter(
      (month) => month.plus({ months: 1 }).toMillis() > FIRST,
    );
    const found = groups(rows, (row) => String(row['Month']));
    const seriesOf = (fact: PlainFact) => value(fact, 'business_unit') || 'Unallocated';
    const everywhere = { ...request, from: months[0]?.toJSDate() ?? request.to, to: last.endOf('month').toJSDate() };
    const expected = groups(priced(facts, everywhere), (fact) => `${MONTH_OF.get(fact)} ${seriesOf(fact)}`);
    const series = new Set(priced(facts, everywhere).map(seriesOf));
    expect([...found.keys()]).toEqual(series.size > 0 ? months.map((month) => month.toFormat('yyyy-MM')) : []);
    for (const [name, bars] of found) {
      expect(bars.map((bar) => bar['Series']).sort()).toEqual([...series].sort());
      for (const bar of bars) {
        expect(figure(bar['Cost'])).toBe(cost(expected.get(`${name} ${String(bar['Series'])}`) ?? []).toFixed());
      }
    }
  });
});

const MAX_WATERMARK = Math.max(...facts.map(({ hour }) => hour.getTime() + 3_600_000));
const FIRST = Math.min(...facts.map(({ hour }) => hour.getTime()));
const MONTH_OF = new Map(
  facts.map((fact) => [fact, DateTime.fromJSDate(fact.hour, { zone: ZONE }).toFormat('yyyy-MM')]),
);
