import { DateTime } from 'luxon';
import { Decimal } from '../domain/decimal';
import { createDashboardLedger, PLAIN_METERS, type PlainFact } from '../testing/dashboard-ledger';
import type { TestDatabase } from '../testing/database';
import { grafanaSql, type Chosen, type PanelRequest } from '../testing/grafana-sql';
import { costsDashboard } from './chargeback-costs';
import { DIMENSIONS } from './queries/dimensions';
import type { SqlQuery } from './sql-query';
import { NAMED_WORKSPACES } from './thresholds';
import { COSTS_DASHBOARD } from './uids';

type Row = Record<string, string | null | Date>;

const ZONE = 'Europe/Berlin';
const HOUR = 3_600_000;
const ALL = { all: "'__all__'" };
const dashboard = costsDashboard();

/** Hours from before to after the change to summer time on 29 March, twelve workspaces, one with a quote in its name, and nobody's usage. */
function sampleFacts(): PlainFact[] {
  let seed = 42;
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const facts: PlainFact[] = [];
  const workspaces = ['', "o'brien", ...Array.from({ length: 11 }, (_, index) => `workspace-${index}`)];
  for (let hour = Date.UTC(2026, 2, 24, 20); hour < Date.UTC(2026, 3, 3); hour += HOUR) {
    for (const [index, workspace] of workspaces.entries()) {
      for (const meter of Object.keys(PLAIN_METERS)) {
        if (random() < 0.3) {
          facts.push({
            hour: new Date(hour),
            meter,
            resource: {
              workspace,
              environment: index % 3 === 0 ? '' : index % 3 === 1 ? 'prod' : 'dev',
              team: `team-${index % 4}`,
              cluster: index % 2 ? 'c1' : 'c2',
            },
            quantity: (random() * 10 ** (3 + (index % 4))).toFixed(6),
            cost: meter === 'kafka_requests' ? null : (random() * 10).toFixed(12),
            currency: index % 5 === 4 ? 'EUR' : 'USD',
            estimated: random() < 0.2,
          });
        }
      }
    }
  }
  // Some hours of other months, those at the edges of a month among them.
  for (let month = -4; month < 5; month++) {
    const begins = DateTime.fromISO('2026-03-01', { zone: ZONE }).plus({ months: month }).toMillis();
    for (const [index, hours] of [-25, -1, 0, 1, 24, 200, 333].entries()) {
      const workspace = workspaces[index * 2] ?? '';
      const resource = { workspace, environment: 'prod', team: 'team-9', cluster: 'c3' };
      const fact = {
        hour: new Date(begins + hours * HOUR),
        meter: 'kafka_ingress_bytes',
        resource,
        currency: 'USD',
        estimated: false,
      };
      facts.push({ ...fact, quantity: '1000.5', cost: '3.141592653589' });
    }
  }
  return facts;
}

const facts = sampleFacts();
let full: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([full.drop(), empty.drop()]));

/** Runs SQL as Grafana would: as the role that may read the views only. */
async function run(database: TestDatabase, sql: string, request: PanelRequest): Promise<Row[]> {
  const client = await database.pool.connect();
  try {
    await client.query('set role chargeback_reader');
    return (await client.query<Row>(grafanaSql(sql, request))).rows;
  } finally {
    await client.query('reset role');
    client.release();
  }
}

function queriesOf(id: number): SqlQuery[] {
  const panel = dashboard.panels?.find((candidate) => candidate.id === id);
  return (panel && 'targets' in panel ? panel.targets : []) as SqlQuery[];
}

const panel = async (
  name: keyof typeof COSTS_DASHBOARD.panels,
  request: PanelRequest,
  database = full,
): Promise<Row[]> => run(database, queriesOf(COSTS_DASHBOARD.panels[name])[0]?.rawSql ?? '', request);

const DEFAULTS: Record<string, Chosen> = {
  ...Object.fromEntries(DIMENSIONS.map(({ variable }) => [variable, ALL])),
  currency: ['USD'],
  meter: ['kafka_ingress_bytes'],
};

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

const value = (fact: PlainFact, column: string) => (fact.resource as Record<string, string>)[column] ?? '';

/** The facts that a request asks for, found by reading them all. */
function asked({ from, to, variables = {} }: PanelRequest): PlainFact[] {
  return facts.filter(
    (fact) =>
      fact.hour >= from &&
      fact.hour < to &&
      DIMENSIONS.every(({ variable, column }) => {
        const chosen = variables[variable];
        return !Array.isArray(chosen) || chosen.includes(value(fact, column));
      }),
  );
}

const currencyOf = ({ variables }: PanelRequest) => (variables?.['currency'] as string[])[0];
const priced = (request: PanelRequest) =>
  asked(request).filter(({ cost, currency }) => cost !== null && currency === currencyOf(request));
const total = (some: PlainFact[], of: (fact: PlainFact) => string | null) =>
  some.reduce((sum, fact) => sum.plus(of(fact) ?? 0), new Decimal(0));

function groups<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  }
  return found;
}

/** The start of the bar of an hour: beyond three days its day in the billing time zone, beyond 92 days its month, else itself. */
function bucket({ from, to }: PanelRequest, hour: Date): string {
  const days = (to.getTime() - from.getTime()) / (24 * HOUR);
  const unit = days > 92 ? 'month' : days > 3 ? 'day' : 'hour';
  return DateTime.fromJSDate(hour, { zone: ZONE }).startOf(unit).toJSDate().toISOString();
}

/** The bars there should be: "instant series" → amount. */
function bars(
  request: PanelRequest,
  some: PlainFact[],
  of: (fact: PlainFact) => string | null,
): Record<string, string> {
  const sums = [
    ...groups(
      some.filter((fact) => value(fact, 'workspace') !== ''),
      (fact) => value(fact, 'workspace'),
    ),
  ]
    .map(([workspace, its]) => ({ workspace, sum: total(its, of) }))
    .sort((a, b) => b.sum.cmp(a.sum));
  const named = new Set(sums.slice(0, NAMED_WORKSPACES).map(({ workspace }) => workspace));
  const series = (fact: PlainFact) => {
    const workspace = value(fact, 'workspace');
    return workspace === '' ? 'Unallocated' : named.has(workspace) ? workspace : 'Other';
  };
  const found = groups(some, (fact) => `${bucket(request, fact.hour)} ${series(fact)}`);
  return Object.fromEntries([...found].map(([key, its]) => [key, total(its, of).toFixed()]));
}

const drawn = (rows: Row[]) =>
  Object.fromEntries(
    rows.map(({ time, metric, value: amount }) => [
      `${(time as Date).toISOString()} ${String(metric)}`,
      new Decimal(String(amount)).toFixed(),
    ]),
  );

const amount = (cell: Row[string] | undefined) =>
  cell === null || cell === undefined ? null : new Decimal(String(cell)).toFixed();

describe.each(CASES)('$name', ({ request }) => {
  test('the total and the stacked bars are the cost of the range to the last decimal', async () => {
    const expected = total(priced(request), ({ cost }) => cost).toFixed();
    const [row] = await panel('totalCost', request);
    expect(amount(row?.['cost'])).toBe(expected);

    const rows = await panel('costByWorkspace', request);
    expect(drawn(rows)).toEqual(bars(request, priced(request), ({ cost }) => cost));
    expect(rows.reduce((sum, { value: part }) => sum.plus(String(part)), new Decimal(0)).toFixed()).toBe(expected);
    const times = rows.map(({ time }) => (time as Date).getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('the bars of usage are that of one meter, priced or not', async () => {
    for (const meter of ['kafka_ingress_bytes', 'kafka_requests']) {
      const ofMeter = { ...request, variables: { ...request.variables, meter: [meter] } };
      const used = asked(request).filter((fact) => fact.meter === meter);
      expect(drawn(await panel('usageByWorkspace', ofMeter))).toEqual(bars(request, used, ({ quantity }) => quantity));
    }
  });

  test('a line a workspace, summing to the total', async () => {
    const rows = await panel('workspaces', request);
    const expected = groups(priced(request), (fact) => value(fact, 'workspace'));
    expect(Object.fromEntries(rows.map(({ key, Cost }) => [String(key), amount(Cost ?? null)]))).toEqual(
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
      expect(Number(Share)).toBeCloseTo(Number(cost.div(total(priced(request), (fact) => fact.cost))), 9);
    }
  });

  test('a line a workspace and meter: quantity, what of it has no price, and cost', async () => {
    const rows = await panel('meters', request);
    const expected = [...groups(asked(request), (fact) => `${value(fact, 'workspace')} ${fact.meter}`)].map(
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
      amount(row['Cost']),
    ]);
    const byLine = (a: Array<string | null>, b: Array<string | null>) => String(a[0]).localeCompare(String(b[0]));
    expect(found.sort(byLine)).toEqual(expected.sort(byLine));
  });

  test('the figures: cost with an owner, meters without a price', async () => {
    const [share] = await panel('costWithOwner', request);
    const all = total(priced(request), ({ cost }) => cost);
    const owned = total(
      priced(request).filter((fact) => value(fact, 'workspace') !== ''),
      ({ cost }) => cost,
    );
    if (all.isZero()) {
      expect(share).toEqual({ share: null });
    } else {
      expect(Number(share?.['share'])).toBeCloseTo(Number(owned.times(100).div(all)), 9);
    }
    const [meters] = await panel('metersWithoutPrice', request);
    expect(Number(meters?.['meters'])).toBe(
      new Set(
        asked(request)
          .filter(({ cost }) => cost === null)
          .map(({ meter }) => meter),
      ).size,
    );
  });
});

const EVER: PanelRequest = {
  from: new Date('2026-03-01T00:00:00Z'),
  to: new Date('2026-04-15T00:00:00Z'),
  variables: DEFAULTS,
};

const offered = async (name: string, request: PanelRequest, database = full): Promise<string[]> => {
  const query = dashboard.templating.list?.find((variable) => variable.name === name)?.query;
  return (await run(database, String(query), request)).map((row) => String(row['__value']));
};

test('each variable offers what those before it leave, and Unallocated last', async () => {
  expect(await offered('workspace', EVER)).toEqual(
    [...new Set(facts.map((fact) => value(fact, 'workspace')))].filter(Boolean).sort().concat(''),
  );
  const narrowed = { ...EVER, variables: { ...DEFAULTS, workspace: ["o'brien"] } };
  const its = facts.filter((fact) => value(fact, 'workspace') === "o'brien");
  expect(await offered('team', narrowed)).toEqual(
    [...new Set(its.map((fact) => value(fact, 'team')))].sort().concat(''),
  );
  expect(await offered('currency', EVER)).toEqual(['USD', 'EUR']);
  expect(await offered('meter', EVER)).toEqual(['kafka_ingress_bytes', 'kafka_ingress_messages', 'kafka_requests']);
});

test('the age of the data is that of the meter that lags most, with the state of the billing months', async () => {
  const [row] = await panel('dataThrough', EVER);
  const watermark = Math.min(
    ...Object.keys(PLAIN_METERS).map((meter) =>
      Math.max(...facts.filter((fact) => fact.meter === meter).map(({ hour }) => hour.getTime() + HOUR)),
    ),
  );
  expect(row?.['Complete until']).toBe(
    `${DateTime.fromMillis(watermark, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm')} ${ZONE}`,
  );
  expect(Math.abs(Number(row?.['Age']) - (Date.now() - watermark) / 1000)).toBeLessThan(600);
  expect(row?.['Billing period']).toBe('0 of 2 months closed');
  const [march] = await panel('dataThrough', { ...EVER, to: new Date('2026-03-31T22:00:00Z') });
  expect(march?.['Billing period']).toBe('2026-03 open');
});

test('the running day counts whole, from the roll-up, when the range ends now', async () => {
  const hour = Math.floor(Date.now() / HOUR) * HOUR;
  const recent = Array.from({ length: 100 }, (_, index): PlainFact => ({
    meter: 'kafka_ingress_bytes',
    hour: new Date(hour - (index + 1) * HOUR),
    resource: { workspace: 'a' },
    quantity: '1',
    cost: '1',
    currency: 'USD',
    estimated: false,
  }));
  const database = await createDashboardLedger(ZONE, recent);
  try {
    const [row] = await panel(
      'totalCost',
      { from: new Date(hour - 90 * HOUR), to: new Date(), variables: DEFAULTS },
      database,
    );
    expect(amount(row?.['cost'])).toBe('90');
  } finally {
    await database.drop();
  }
});

test('on an empty ledger every query runs: no figure where nothing was ever collected, and a value for every variable', async () => {
  for (const { variable } of DIMENSIONS) {
    expect(await offered(variable, EVER, empty)).toEqual(['']);
  }
  expect(await offered('currency', EVER, empty)).toEqual(['USD']);
  expect((await offered('meter', EVER, empty)).sort()).toEqual(Object.keys(PLAIN_METERS).sort());
  expect(await panel('totalCost', EVER, empty)).toEqual([{ cost: null }]);
  expect(await panel('metersWithoutPrice', EVER, empty)).toEqual([{ meters: null }]);
  expect(await panel('costWithOwner', EVER, empty)).toEqual([{ share: null }]);
  for (const name of ['costByWorkspace', 'usageByWorkspace', 'workspaces', 'meters'] as const) {
    expect(await panel(name, EVER, empty)).toEqual([]);
  }
  expect((await panel('dataThrough', EVER, empty))[0]).toMatchObject({ Age: null, 'Complete until': null });
});

test('the chart of usage is told the unit of its meter', async () => {
  const unit = queriesOf(COSTS_DASHBOARD.panels.usageByWorkspace)[1]?.rawSql ?? '';
  expect(await run(full, unit, EVER)).toEqual([{ unit: 'bytes' }]);
  expect(await run(full, unit, { ...EVER, variables: { ...DEFAULTS, meter: ['kafka_requests'] } })).toEqual([
    { unit: 'short' },
  ]);
});
