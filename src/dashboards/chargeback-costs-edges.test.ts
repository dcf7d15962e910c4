import { DateTime } from 'luxon';
import { HOUR } from '../domain/hours';
import { createDashboardLedger, PLAIN_METERS, type PlainFact } from '../testing/dashboard-ledger';
import { DEFAULTS, figure, offered, panelRows, queriesOf, run } from '../testing/dashboard-panels';
import { value } from '../testing/dashboard-reference';
import { sampleFacts, ZONE } from '../testing/dashboard-sample';
import type { TestDatabase } from '../testing/database';
import type { PanelRequest } from '../testing/grafana-sql';
import { DIMENSIONS } from './queries/dimensions';

const facts = sampleFacts();
let full: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  full = await createDashboardLedger(ZONE, facts);
  empty = await createDashboardLedger(ZONE, []);
});
afterAll(() => Promise.all([full.drop(), empty.drop()]));

const EVER: PanelRequest = {
  from: new Date('2026-03-01T00:00:00Z'),
  to: new Date('2026-04-15T00:00:00Z'),
  variables: DEFAULTS,
};

test('each variable offers what those before it leave, and Unallocated last', async () => {
  expect(await offered(full, 'workspace', EVER)).toEqual(
    [...new Set(facts.map((fact) => value(fact, 'workspace')))].filter(Boolean).sort().concat(''),
  );
  const narrowed = { ...EVER, variables: { ...DEFAULTS, workspace: ["o'brien"] } };
  const its = facts.filter((fact) => value(fact, 'workspace') === "o'brien");
  expect(await offered(full, 'team', narrowed)).toEqual(
    [...new Set(its.map((fact) => value(fact, 'team')))].sort().concat(''),
  );
  expect(await offered(full, 'currency', EVER)).toEqual(['USD', 'EUR']);
  expect(await offered(full, 'meter', EVER)).toEqual([
    'kafka_egress_bytes',
    'kafka_ingress_bytes',
    'kafka_ingress_messages',
    'kafka_requests',
  ]);
});

test('the age of the data is that of the meter that lags most, with the state of the billing months', async () => {
  const [row] = await panelRows(full, 'dataThrough', EVER);
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
  const [march] = await panelRows(full, 'dataThrough', { ...EVER, to: new Date('2026-03-31T22:00:00Z') });
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
    const request = { from: new Date(hour - 90 * HOUR), to: new Date(), variables: DEFAULTS };
    const [row] = await panelRows(database, 'totalCost', request);
    expect(figure(row?.['cost'])).toBe('90');
  } finally {
    await database.drop();
  }
});

test('on an empty ledger every query runs: no figure where nothing was ever collected, and a value for every variable', async () => {
  for (const { variable } of DIMENSIONS) {
    expect(await offered(empty, variable, EVER)).toEqual(['']);
  }
  expect(await offered(empty, 'currency', EVER)).toEqual(['USD']);
  expect((await offered(empty, 'meter', EVER)).sort()).toEqual(Object.keys(PLAIN_METERS).sort());
  expect(await panelRows(empty, 'totalCost', EVER)).toEqual([{ cost: null }]);
  expect(await panelRows(empty, 'metersWithoutPrice', EVER)).toEqual([{ meters: null }]);
  expect(await panelRows(empty, 'costWithOwner', EVER)).toEqual([{ share: null }]);
  for (const name of ['costByWorkspace', 'usageByWorkspace', 'workspaces', 'meters'] as const) {
    expect(await panelRows(empty, name, EVER)).toEqual([]);
  }
  expect((await panelRows(empty, 'dataThrough', EVER))[0]).toMatchObject({ Age: null, 'Complete until': null });
});

test('the chart of usage is told the unit of its meter', async () => {
  const unit = queriesOf('usageByWorkspace')[1] ?? '';
  expect(await run(full, unit, EVER)).toEqual([{ unit: 'bytes' }]);
  expect(await run(full, unit, { ...EVER, variables: { ...DEFAULTS, meter: ['kafka_requests'] } })).toEqual([
    { unit: 'short' },
  ]);
});
