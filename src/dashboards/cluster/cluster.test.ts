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
import { CLUSTER_PANELS, clusterDashboard } from './cluster-dashboard';

const facts = sampleFacts();
const dashboard = clusterDashboard();
const ALL: Record<string, Chosen> = { ...DEFAULTS, dormant_days: ['14'] };
const GIB = 1024 ** 3;

let full: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([full.drop(), empty.drop()]));

const rowsOf = (panel: keyof typeof CLUSTER_PANELS, request: PanelRequest, database = full) =>
  run(database, sqlOf(dashboard, CLUSTER_PANELS[panel])[0] ?? '', request);
const cost = (some: PlainFact[]) => total(some, (fact) => fact.cost);
const bytes = (some: PlainFact[]) =>
  total(
    some.filter(({ meter }) => meter.endsWith('_bytes')),
    ({ quantity }) => quantity,
  );
const sum = (rows: Row[], column: string) =>
  rows.reduce((amount, row) => amount.plus(String(row[column])), new Decimal(0)).toFixed();
const by = (some: PlainFact[], ...columns: string[]) =>
  groups(some, (fact) => columns.map((column) => value(fact, column)).join(' / '));
const largestOf = (some: PlainFact[]) =>
  [...by(some, 'topic')]
    .filter(([topic]) => topic !== '')
    .map(([, its]) => cost(its))
    .sort((a, b) => b.cmp(a))[0];

const CHOICES: Record<string, Record<string, Chosen>> = {
  'everything at All': {},
  'one cluster': { cluster: ['c1'] },
  'clusters, workspaces and Unallocated': { cluster: ['c1', 'c3'], workspace: ['workspace-3', 'workspace-4', ''] },
  'a workspace with a quote in its name': { workspace: ["o'brien"] },
  'another currency': { currency: ['EUR'] },
  'nothing that exists': { cluster: ["c1') or true --"] },
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
  test('the figures, and every part that sums to the total', async () => {
    const spent = priced(facts, request);
    const used = asked(facts, request);
    const expected = cost(spent).toFixed();
    const [row] = await rowsOf('cost', request);
    expect(figure(row?.['cost'])).toBe(expected);
    for (const panel of ['byMeter', 'topics', 'principals'] as const) {
      expect(sum(await rowsOf(panel, request), 'value')).toBe(expected);
    }
    const [unit] = await rowsOf('unitCost', request);
    expect(precise(unit?.['cost'])).toBe(
      spent.length === 0 || bytes(used).isZero() ? null : precise(cost(spent).div(bytes(used).div(GIB)).toFixed()),
    );
    const active = (columns: string[]) =>
      [
        ...by(
          used.filter((fact) => value(fact, columns.at(-1) ?? '') !== ''),
          ...columns,
        ),
      ].length;
    expect((await rowsOf('active', request)).map((one) => [one['name'], String(one['value'])])).toEqual([
      ['Topics', String(active(['cluster', 'topic']))],
      ['Principals', String(active(['principal']))],
    ]);
  });

  test('a line a cluster, beside the range before', async () => {
    const past = before(facts, request);
    const now = by(priced(facts, request), 'cluster');
    const then = by(past ? priced(facts, past.request) : [], 'cluster');
    const carried = by(
      asked(facts, request).filter(({ meter }) => meter.endsWith('_bytes')),
      'cluster',
    );
    const expected = [...new Set([...now.keys(), ...then.keys(), ...carried.keys()])].map((cluster) => {
      const its = now.get(cluster) ?? [];
      const gib = carried.has(cluster) ? bytes(carried.get(cluster) ?? []).div(GIB) : null;
      const share = (part: Decimal) => (its.length === 0 ? null : precise(part.div(cost(its)).toFixed()));
      const change = cost(its).minus(cost(then.get(cluster) ?? []));
      return [
        cluster,
        {
          Cost: cost(its).toFixed(),
          Change: past?.complete ? change.toFixed() : null,
          'Change %':
            past?.complete && then.has(cluster) ? precise(change.div(cost(then.get(cluster) ?? [])).toFixed()) : null,
          GiB: precise(gib?.toFixed()),
          'Cost per GiB': its.length > 0 && gib ? precise(cost(its).div(gib).toFixed()) : null,
          'Largest topic': largestOf(its) ? share(largestOf(its) ?? new Decimal(0)) : null,
          Unallocated: share(cost(its.filter((fact) => value(fact, 'workspace') === ''))),
        },
      ];
    });
    const rows = await rowsOf('clusters', request);
    expect(
      Object.fromEntries(
        rows.map((row) => [
          String(row['key']),
          {
            Cost: figure(row['Cost']),
            Change: figure(row['Change']),
            'Change %': precise(row['Change %']),
            GiB: precise(row['GiB']),
            'Cost per GiB': precise(row['Cost per GiB']),
            'Largest topic': precise(row['Largest topic']),
            Unallocated: precise(row['Unallocated']),
          },
        ]),
      ),
    ).toEqual(Object.fromEntries(expected));
    for (const row of rows.filter(({ Confidence }) => Confidence !== null)) {
      const its = now.get(String(row['key'])) ?? [];
      const sure = its.reduce(
        (all, fact) => all.plus(new Decimal(fact.cost ?? 0).times(fact.estimated ? 0.7 : 1)),
        new Decimal(0),
      );
      expect(Number(row['Confidence'])).toBeCloseTo(Number(sure.div(cost(its))), 5);
    }
  });

  test('the largest topics and principals by name, and the largest topic of each cluster', async () => {
    const spent = priced(facts, request);
    for (const [panel, columns] of [
      ['topics', ['topic', 'cluster']],
      ['principals', ['principal']],
    ] as const) {
      const [field] = columns;
      const ranked = [
        ...by(
          spent.filter((fact) => value(fact, field) !== ''),
          ...columns,
        ),
      ]
        .map(([name, its]) => [name.replace(' / ', ' · '), cost(its)] as const)
        .sort((a, b) => b[1].cmp(a[1]));
      const rest = ranked.slice(NAMED_SERIES);
      const none = spent.filter((fact) => value(fact, field) === '');
      const expected = [
        ...ranked.slice(0, NAMED_SERIES).map(([name, amount]) => [name, amount.toFixed()]),
        ...(rest.length > 0
          ? [['Other', rest.reduce((all, [, amount]) => all.plus(amount), new Decimal(0)).toFixed()]]
          : []),
        ...(none.length > 0 ? [[`No ${field}`, cost(none).toFixed()]] : []),
      ];
      expect((await rowsOf(panel, request)).map((row) => [row['name'], figure(row['value'])])).toEqual(expected);
    }
    const shares = Object.fromEntries(
      [...by(spent, 'cluster')].map(([cluster, its]) => [
        cluster,
        precise((largestOf(its) ?? new Decimal(0)).times(100).div(cost(its)).toFixed()),
      ]),
    );
    const rows = await rowsOf('largestTopic', request);
    expect(Object.fromEntries(rows.map((row) => [row['key'], precise(row['value'])]))).toEqual(shares);
  });

  test('cost and throughput over time sum to what the figures say', async () => {
    const rows = await rowsOf('throughput', request);
    const of = (metric: string) => rows.filter((row) => row['metric'] === metric);
    expect(sum(of('Cost'), 'value')).toBe(cost(priced(facts, request)).toFixed());
    expect(precise(sum(of('GiB'), 'value'))).toBe(precise(bytes(asked(facts, request)).div(GIB).toFixed()));
  });
});

const day = (at: string) => DateTime.fromISO(at, { zone: ZONE });
const used = (cluster: string, topic: string, at: string, more: Partial<PlainFact> = {}): PlainFact => ({
  hour: day(at).toJSDate(),
  meter: 'kafka_ingress_bytes',
  resource: { cluster, topic, workspace: `of ${topic}`, team: '' },
  quantity: '5',
  cost: '1',
  currency: 'USD',
  estimated: false,
  ...more,
});

test('a topic is dormant when it carried bytes once and none in the chosen days before the last complete day', async () => {
  const alive = ['kafka_ingress_bytes', 'kafka_egress_bytes', 'kafka_ingress_messages', 'kafka_requests'].map((meter) =>
    used('c1', 'busy', '2026-06-30T22:00', { meter }),
  );
  const ledger = await createDashboardLedger(ZONE, [
    ...alive,
    used('c1', 'just alive', '2026-06-16T00:00'),
    used('c1', 'just dormant', '2026-06-15T23:00'),
    used('c2', 'busy', '2026-05-01T00:00'),
    used('c1', 'only asked for', '2026-06-30T20:00', { quantity: '0' }),
    used('c1', 'only messages of late', '2026-06-01T12:00'),
    used('c1', 'only messages of late', '2026-06-30T12:00', { meter: 'kafka_ingress_messages' }),
    used('c1', 'long ago', '2026-02-03T12:00'),
    used('', 'long ago', '2026-02-03T12:00'),
  ]);
  try {
    const request = { from: day('2026-06-01').toJSDate(), to: day('2026-07-01').toJSDate(), variables: ALL };
    const listed = async (changes: Partial<PanelRequest> = {}) =>
      (await rowsOf('dormant', { ...request, ...changes }, ledger)).map((row) => [
        row['Topic'],
        row['Cluster'],
        row['Last bytes'],
        row['Days ago'],
      ]);
    expect(await listed()).toEqual([
      ['long ago', 'No cluster', '2026-02', null],
      ['long ago', 'c1', '2026-02', null],
      ['busy', 'c2', '2026-05-01', 60],
      ['only messages of late', 'c1', '2026-06-01', 29],
      ['just dormant', 'c1', '2026-06-15', 15],
    ]);
    expect(await listed({ variables: { ...ALL, dormant_days: ['60'], cluster: ['c2', ''] } })).toEqual([
      ['long ago', 'No cluster', '2026-02', null],
    ]);
    expect(await listed({ to: day('2026-06-15').toJSDate() })).not.toContainEqual(
      expect.arrayContaining(['just dormant']),
    );
    const [row] = await rowsOf('dormant', { ...request, variables: { ...ALL, cluster: ['c2'] } }, ledger);
    expect(row).toMatchObject({ Workspace: 'of busy', Team: 'Unallocated', key: 'busy', cluster_key: 'c2' });
  } finally {
    await ledger.drop();
  }
});

test('rates in force are those by which the last hour of the range is rated', async () => {
  const ledger = await createDashboardLedger(ZONE, []);
  try {
    const at = (iso: string) => day(iso).toJSDate().toISOString();
    await ledger.pool.query(
      `with card as (
         insert into chargeback_data.rate_card (name, workspace, currency, valid_from, created_by, updated_by)
         values ('first', '', 'USD', $1, 'ann', 'ann'), ('second', '', 'USD', $2, 'ann', 'ann'), ('own', 'payments', 'EUR', $1, 'ann', 'ann')
         returning *
       ), price as (
         insert into chargeback_data.price (rate_card_id, meter_id, workspace, valid_from, per)
         select card.id, meter.id, card.workspace, card.valid_from, 1073741824
         from card join chargeback_data.meter on slug = 'kafka_ingress_bytes' returning *
       )
       insert into chargeback_data.price_tier (price_id, from_quantity, unit_price)
       select price.id, 0, case card.name when 'first' then 0.1 when 'second' then 0.2 else 0.05 end
       from price join card on card.id = price.rate_card_id`,
      [at('2026-01-01'), at('2026-06-01')],
    );
    const shown = async (to: string, variables = ALL) =>
      (await rowsOf('rates', { from: day('2026-01-02').toJSDate(), to: day(to).toJSDate(), variables }, ledger)).map(
        (row) => Object.values(row).join(', '),
      );
    const own = 'kafka_ingress_bytes, payments, 0.05, EUR, GiB, own, 2026-01-01 00:00, until further notice';
    const first = 'kafka_ingress_bytes, All others, 0.1, USD, GiB, first, 2026-01-01 00:00, 2026-06-01 00:00';
    expect(await shown('2026-05-31')).toEqual([first, own]);
    expect(await shown('2026-06-01')).toEqual([first, own]);
    expect(await shown('2026-06-01T01:00', { ...ALL, workspace: ['billing'] })).toEqual([
      'kafka_ingress_bytes, All others, 0.2, USD, GiB, second, 2026-06-01 00:00, until further notice',
    ]);
  } finally {
    await ledger.drop();
  }
});

test('on an empty ledger there is no figure, and no row', async () => {
  const request = { from: new Date(Date.now() - 48 * HOUR), to: new Date(), variables: ALL };
  expect(await rowsOf('cost', request, empty)).toEqual([{ cost: null }]);
  expect(await rowsOf('unitCost', request, empty)).toEqual([{ cost: null }]);
  expect((await rowsOf('active', request, empty)).map((row) => row['value'])).toEqual([null, null]);
  for (const panel of [
    'byMeter',
    'clusters',
    'topics',
    'principals',
    'largestTopic',
    'dormant',
    'throughput',
    'rates',
  ] as const) {
    expect(await rowsOf(panel, request, empty)).toEqual([]);
  }
});
