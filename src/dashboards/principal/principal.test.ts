import { DateTime } from 'luxon';
import { Decimal } from '../../domain/decimal';
import { HOUR } from '../../domain/hours';
import { before } from '../../testing/dashboard-before';
import { createDashboardLedger, type PlainFact } from '../../testing/dashboard-ledger';
import { DEFAULTS, figure, run, sqlOf, type Row } from '../../testing/dashboard-panels';
import { precise } from '../../testing/dashboard-precise';
import { asked, groups, priced, total, value } from '../../testing/dashboard-reference';
import { sampleFacts, ZONE } from '../../testing/dashboard-sample';
import type { TestDatabase } from '../../testing/database';
import type { Chosen, PanelRequest } from '../../testing/grafana-sql';
import { NAMED_SERIES } from '../thresholds';
import { PRINCIPAL_PANELS, principalDashboard } from './principal-dashboard';

const facts = sampleFacts();
const dashboard = principalDashboard();
const everything = { all: "'__all__'" };
const ALL: Record<string, Chosen> = { ...DEFAULTS, topic: everything, principal: everything };
const GIB = 1024 ** 3;

let full: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([full.drop(), empty.drop()]));

const rowsOf = (panel: keyof typeof PRINCIPAL_PANELS, request: PanelRequest, database = full) =>
  run(database, sqlOf(dashboard, PRINCIPAL_PANELS[panel])[0] ?? '', request);
const chosenOf = (some: PlainFact[], { variables }: PanelRequest, columns = ['topic', 'principal']) =>
  some.filter((fact) =>
    columns.every((column) => {
      const chosen = variables?.[column];
      return !Array.isArray(chosen) || chosen.includes(value(fact, column));
    }),
  );
const spentIn = (request: PanelRequest) => chosenOf(priced(facts, request), request);
const usedIn = (request: PanelRequest) => chosenOf(asked(facts, request), request);
const cost = (some: PlainFact[]) => total(some, (fact) => fact.cost);
const quantity = (some: PlainFact[], meters = ['kafka_ingress_bytes', 'kafka_egress_bytes']) =>
  total(
    some.filter(({ meter }) => meters.includes(meter)),
    (fact) => fact.quantity,
  );
const carried = (some: PlainFact[]) => some.filter(({ meter }) => meter.endsWith('_bytes'));
const sum = (rows: Row[], column: string) =>
  rows.reduce((amount, row) => amount.plus(String(row[column])), new Decimal(0)).toFixed();
const by = (some: PlainFact[], ...columns: string[]) =>
  groups(some, (fact) => columns.map((column) => value(fact, column)).join(' / '));
const names = (some: PlainFact[], column: string, many: string) => {
  const found = [...new Set(some.map((fact) => value(fact, column)).filter(Boolean))].sort();
  return found.length > 3 ? `${found.length} ${many}` : found.join(', ') || 'Unallocated';
};

const CHOICES: Record<string, Record<string, Chosen>> = {
  'everything at All': {},
  'one principal': { principal: ['sa-3'] },
  'several principals and none, on one cluster': { principal: ['sa-1', 'sa-7', ''], cluster: ['c1'] },
  'some topics of a workspace with a quote in its name': {
    topic: ['topic-1', 'topic-2', ''],
    workspace: ["o'brien", ''],
  },
  'another currency': { currency: ['EUR'] },
  'nothing that exists': { principal: ["sa-3') or true --"] },
};
const RANGES: Record<string, [from: string, to: string]> = {
  'half a day': ['2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'],
  'days over the change to summer time': ['2026-03-27T23:00:00Z', '2026-03-31T22:00:00Z'],
  'ragged ends': ['2026-03-25T10:30:00Z', '2026-03-31T06:59:59.999Z'],
  'a month': ['2026-02-28T23:00:00Z', '2026-03-31T21:59:59.999Z'],
  'half a year': ['2025-11-30T23:00:00Z', '2026-05-31T22:00:00Z'],
};
const CASES = Object.entries(RANGES).flatMap(([range, [from, to]]) =>
  Object.entries(CHOICES).map(([choice, chosen]) => ({
    name: `${range}, ${choice}`,
    request: { from: new Date(from), to: new Date(to), variables: { ...ALL, ...chosen } },
  })),
);

describe.each(CASES)('$name', ({ request }) => {
  test('cost, and every part that sums to it; bytes in and out', async () => {
    const expected = cost(spentIn(request)).toFixed();
    const [row] = await rowsOf('cost', request);
    expect(figure(row?.['cost'])).toBe(expected);
    expect(sum(await rowsOf('byMeter', request), 'value')).toBe(expected);
    expect(
      sum(
        (await rowsOf('principals', request)).filter(({ Cost }) => Cost !== null),
        'Cost',
      ),
    ).toBe(expected);
    expect(
      sum(
        (await rowsOf('topics', request)).filter(({ Cost }) => Cost !== null),
        'Cost',
      ),
    ).toBe(expected);
    expect((await rowsOf('bytes', request)).map((one) => [one['name'], figure(one['value'])])).toEqual([
      ['In', quantity(usedIn(request), ['kafka_ingress_bytes']).toFixed()],
      ['Out', quantity(usedIn(request), ['kafka_egress_bytes']).toFixed()],
    ]);
  });

  test('what a GiB costs, and how often that is the median of the clusters', async () => {
    const places = {
      ...request,
      variables: {
        ...ALL,
        currency: request.variables.currency ?? [],
        cluster: request.variables.cluster ?? everything,
      },
    };
    let [chosenCost, chosenBytes, atMedian] = [new Decimal(0), new Decimal(0), 0];
    for (const [cluster, inCluster] of by(asked(facts, places), 'cluster')) {
      const rates = [...by(inCluster, 'principal')].flatMap(([principal, its]) => {
        const paid = its.filter((fact) => priced([fact], places).length > 0);
        const gib = quantity(its).div(GIB);
        return principal !== '' && paid.length > 0 && gib.gt(0)
          ? [{ principal, rate: Number(cost(paid).div(gib)) }]
          : [];
      });
      const sorted = rates.map(({ rate }) => rate).sort((a, b) => a - b);
      const median = ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
      for (const { principal } of rates) {
        const own = (fact: PlainFact) => value(fact, 'principal') === principal && value(fact, 'cluster') === cluster;
        const [paid, its] = [spentIn(request).filter(own), usedIn(request).filter(own)];
        if (paid.length > 0 && quantity(its).gt(0)) {
          chosenCost = chosenCost.plus(cost(paid));
          chosenBytes = chosenBytes.plus(quantity(its));
          atMedian += Number(quantity(its).div(GIB)) * median;
        }
      }
    }
    const [row] = await rowsOf('unitCost', request);
    expect([precise(row?.['Cost per GiB']), precise(row?.['Times the median'])]).toEqual(
      chosenBytes.isZero()
        ? [null, null]
        : [precise(chosenCost.div(chosenBytes.div(GIB)).toFixed()), precise(Number(chosenCost) / atMedian)],
    );
  });

  test('a line a principal, with its owners, beside the range before', async () => {
    const past = before(facts, request);
    const now = by(spentIn(request), 'principal');
    const then = by(past ? spentIn(past.request) : [], 'principal');
    const used = by(carried(usedIn(request)), 'principal');
    const all = cost(spentIn(request));
    const rows = await rowsOf('principals', request);
    const expected = [...new Set([...now.keys(), ...then.keys(), ...used.keys()])].map((principal) => {
      const its = now.get(principal) ?? [];
      const owned = [...its, ...(then.get(principal) ?? [])];
      const gib = used.has(principal) ? quantity(used.get(principal) ?? []).div(GIB) : null;
      const change = cost(its).minus(cost(then.get(principal) ?? []));
      return [
        principal,
        {
          Workspace: owned.length > 0 ? names(owned, 'workspace', 'workspaces') : '–',
          Team: owned.length > 0 ? names(owned, 'team', 'teams') : '–',
          Cost: cost(its).toFixed(),
          Change: past?.complete ? change.toFixed() : null,
          'Change %':
            past?.complete && then.has(principal)
              ? precise(change.div(cost(then.get(principal) ?? [])).toFixed())
              : null,
          Share: all.isZero() ? '0.00000000' : precise(cost(its).div(all).toFixed()),
          GiB: precise(gib?.toFixed()),
          'Cost per GiB': owned.length > 0 && gib && !gib.isZero() ? precise(cost(its).div(gib).toFixed()) : null,
        },
      ];
    });
    expect(
      Object.fromEntries(
        rows.map((row) => [
          String(row['key']),
          {
            Workspace: row['Workspace'],
            Team: row['Team'],
            Cost: figure(row['Cost']),
            Change: figure(row['Change']),
            'Change %': precise(row['Change %']),
            Share: precise(row['Share']),
            GiB: precise(row['GiB']),
            'Cost per GiB': precise(row['Cost per GiB']),
          },
        ]),
      ),
    ).toEqual(Object.fromEntries(expected));
  });

  test('a line a topic, by direction, and the bars of who produces and consumes', async () => {
    const now = by(spentIn(request), 'topic', 'cluster');
    const used = by(carried(usedIn(request)), 'topic', 'cluster');
    const lines = [...new Set([...now.keys(), ...used.keys()])];
    const part = (its: PlainFact[], meter: string) => cost(its.filter((fact) => fact.meter === meter)).toFixed();
    expect(
      Object.fromEntries(
        (await rowsOf('topics', request)).map((row) => [
          `${String(row['key'])} / ${String(row['cluster_key'])}`,
          ['Produced', 'Consumed', 'Cost in', 'Cost out', 'Other cost', 'Cost'].map((column) => figure(row[column])),
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        lines.map((line) => {
          const [paid, its] = [now.get(line), used.get(line)];
          return [
            line,
            [
              its ? quantity(its, ['kafka_ingress_bytes']).toFixed() : null,
              its ? quantity(its, ['kafka_egress_bytes']).toFixed() : null,
              paid ? part(paid, 'kafka_ingress_bytes') : null,
              paid ? part(paid, 'kafka_egress_bytes') : null,
              paid ? cost(paid.filter(({ meter }) => !meter.endsWith('_bytes'))).toFixed() : null,
              paid ? cost(paid).toFixed() : null,
            ],
          ];
        }),
      ),
    );
    const bars = await rowsOf('directions', request);
    expect(sum(bars, 'Produced')).toBe(quantity(usedIn(request), ['kafka_ingress_bytes']).toFixed());
    expect(sum(bars, 'Consumed')).toBe(quantity(usedIn(request), ['kafka_egress_bytes']).toFixed());
    expect(bars.length).toBeLessThanOrEqual(NAMED_SERIES + 2);
    expect(bars.findIndex((row) => row['Topic'] === 'Other')).toBe(
      [...used].filter(([line]) => !line.startsWith(' / ')).length > NAMED_SERIES ? NAMED_SERIES : -1,
    );
  });

  test('principals without a workspace, and the drift of shares', async () => {
    const nobodys = (some: PlainFact[]) =>
      some.filter((fact) => value(fact, 'workspace') === '' && value(fact, 'principal') !== '');
    const paid = by(nobodys(spentIn(request)), 'principal');
    const used = by(nobodys(carried(usedIn(request))), 'principal');
    expect(
      Object.fromEntries(
        (await rowsOf('unmapped', request)).map((row) => [
          String(row['key']),
          [figure(row['Cost']), precise(row['GiB']), row['Topics'] === null ? null : Number(row['Topics'])],
        ]),
      ),
    ).toEqual(
      Object.fromEntries(
        [...new Set([...paid.keys(), ...used.keys()])].map((principal) => [
          principal,
          [
            paid.has(principal) ? cost(paid.get(principal) ?? []).toFixed() : null,
            used.has(principal)
              ? precise(
                  quantity(used.get(principal) ?? [])
                    .div(GIB)
                    .toFixed(),
                )
              : null,
            used.has(principal) ? by(used.get(principal) ?? [], 'cluster', 'topic').size : null,
          ],
        ]),
      ),
    );

    const past = before(facts, request);
    const [now, then] = [spentIn(request), past ? spentIn(past.request) : []];
    const share = (some: PlainFact[], principal: string, of: (facts: PlainFact[]) => Decimal) =>
      of(some).isZero()
        ? null
        : Number(of(some.filter((fact) => value(fact, 'principal') === principal)).div(of(some)));
    for (const row of await rowsOf('drift', request)) {
      const principal = String(row['key']);
      for (const [name, of] of [
        ['Cost', cost],
        ['Bytes', (some: PlainFact[]) => quantity(some)],
      ] as const) {
        const shares = [past?.complete ? share(then, principal, of) : null, share(now, principal, of)];
        expect([precise(row[`${name} before`]), precise(row[`${name} now`])]).toEqual(shares.map(precise));
        const [was, is] = shares;
        const drift = row[`${name}, points`];
        if (typeof was === 'number' && typeof is === 'number') {
          expect(Number(drift)).toBeCloseTo(100 * (is - was), 6);
        } else {
          expect(drift).toBeNull();
        }
      }
    }
  });
});

test('rank and percentile: of one principal, of several, of one without a cost, and of all', async () => {
  const request = { from: new Date('2026-03-27T23:00:00Z'), to: new Date('2026-03-31T22:00:00Z'), variables: ALL };
  const ranked = [...by(spentIn(request), 'principal')]
    .filter(([principal]) => principal !== '')
    .map(([principal, its]) => ({ principal, amount: cost(its) }))
    .sort((a, b) => b.amount.cmp(a.amount));
  const shown = async (principal: Chosen) =>
    (await rowsOf('rank', { ...request, variables: { ...ALL, principal } })).map((row) => [row['name'], row['value']]);
  const place = (principal: string) => ranked.findIndex((one) => one.principal === principal) + 1;
  const above = (principal: string) => Math.round((100 * (ranked.length - place(principal))) / (ranked.length - 1));
  const [first, second] = ['sa-3', 'sa-7'].sort((a, b) => place(a) - place(b));
  expect(await shown(['sa-3'])).toEqual([
    ['Rank by cost', `${place('sa-3')} of ${ranked.length}`],
    ['Others that cost less', `${above('sa-3')} %`],
  ]);
  expect(await shown(['sa-3', 'sa-7', 'sa-unknown'])).toEqual([
    ['Rank by cost', `${place(first ?? '')} to ${place(second ?? '')} of ${ranked.length}`],
    ['Others that cost less', `${above(second ?? '')} to ${above(first ?? '')} %`],
  ]);
  expect(await shown(['sa-unknown'])).toEqual([['Rank by cost', 'no cost']]);
  const total_ = ranked.reduce((all, { amount }) => all.plus(amount), new Decimal(0));
  const [top] = ranked;
  expect(await shown(everything)).toEqual([
    ['Principals with a cost', String(ranked.length)],
    [`Largest: ${top?.principal}`, `${top?.amount.times(100).div(total_).toDecimalPlaces(1).toFixed(1)} %`],
  ]);
});

const day = (at: string) => DateTime.fromISO(at, { zone: ZONE });
const usedAt = (principal: string, at: string, resource: PlainFact['resource'] = {}): PlainFact => ({
  hour: day(at).toJSDate(),
  meter: 'kafka_ingress_bytes',
  resource: { principal, cluster: 'c1', topic: 't', workspace: 'a', ...resource },
  quantity: '1073741824',
  cost: '2',
  currency: 'USD',
  estimated: false,
});

test('a principal is new when its first usage is in the range, and not when it is as old as the ledger', async () => {
  const ledger = await createDashboardLedger(ZONE, [
    ...['kafka_ingress_bytes', 'kafka_egress_bytes', 'kafka_ingress_messages', 'kafka_requests'].map((meter) => ({
      ...usedAt('sa-old', '2026-01-05T06:00'),
      meter,
    })),
    usedAt('sa-old', '2026-06-10T06:00'),
    usedAt('sa-of-march', '2026-03-20T06:00'),
    usedAt('sa-of-march', '2026-06-10T06:00'),
    usedAt('sa-of-june', '2026-06-10T06:00'),
    usedAt('sa-of-june', '2026-06-12T06:00', { workspace: 'b' }),
    usedAt('sa-of-june', '2026-01-05T06:00', { cluster: 'c2' }),
    usedAt('sa-later', '2026-06-20T06:00'),
    usedAt('', '2026-06-10T06:00'),
    { ...usedAt('sa-idle', '2026-06-10T06:00'), quantity: '0', cost: '0' },
  ]);
  try {
    const listed = async (from: string, to: string, variables: Record<string, Chosen> = {}) =>
      (
        await rowsOf(
          'fresh',
          { from: day(from).toJSDate(), to: day(to).toJSDate(), variables: { ...ALL, ...variables } },
          ledger,
        )
      ).map((row) => [row['Principal'], row['First seen'], row['Workspace'], figure(row['Cost']), precise(row['GiB'])]);
    expect(await listed('2026-06-01', '2026-06-15')).toEqual([]);
    expect(await listed('2026-06-01', '2026-06-15', { cluster: ['c1'] })).toEqual([
      ['sa-of-june', '2026-06-10', 'a, b', '4', '2.00000000'],
    ]);
    expect(await listed('2026-03-20', '2026-06-15')).toEqual([['sa-of-march', '2026-03-20', 'a', '4', '2.00000000']]);
    expect(await listed('2026-03-21', '2026-06-15')).toEqual([]);
    expect(await listed('2026-01-01', '2026-07-01')).toEqual([
      ['sa-later', '2026-06', 'a', '2', '1.00000000'],
      ['sa-of-march', '2026-03', 'a', '4', '2.00000000'],
    ]);
  } finally {
    await ledger.drop();
  }
});

test('on an empty ledger there is no figure, and no row', async () => {
  const request = { from: new Date(Date.now() - 48 * HOUR), to: new Date(), variables: ALL };
  expect(await rowsOf('cost', request, empty)).toEqual([{ cost: null }]);
  expect((await rowsOf('bytes', request, empty)).map((row) => row['value'])).toEqual([null, null]);
  expect(await rowsOf('unitCost', request, empty)).toEqual([{ 'Cost per GiB': null, 'Times the median': null }]);
  for (const panel of ['byMeter', 'topics', 'principals', 'fresh', 'unmapped', 'drift', 'directions'] as const) {
    expect(await rowsOf(panel, request, empty)).toEqual([]);
  }
});
