import type { Chargeback } from '../../api/chargeback';
import { Decimal } from '../../domain/decimal';
import { startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import type { UsageFixture } from '../../testing/facts';
import { parseCsv } from '../../testing/parse-csv';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';

const GB = 1_073_741_824n;
const owned = (workspace: string, application: string, environment = 'prod') => ({
  workspace,
  application,
  environment,
  topic: `${application}.events`,
});
const usage: UsageFixture[] = [
  {
    hour: marchHour(5),
    meter: 'kafka_ingress_bytes',
    resource: owned('payments', 'checkout'),
    quantity: String(10n * GB),
  },
  {
    hour: marchHour(5),
    meter: 'kafka_egress_bytes',
    resource: owned('payments', 'checkout'),
    quantity: String(5n * GB),
  },
  { hour: marchHour(6), meter: 'kafka_ingress_messages', resource: owned('payments', 'checkout'), quantity: '1500000' },
  { hour: marchHour(7), meter: 'kafka_connection_hours', resource: owned('payments', 'ledger'), quantity: '100.5' },
  {
    hour: marchHour(7),
    meter: 'kafka_ingress_bytes',
    resource: owned('shop, "big"\nroom', '=HYPERLINK("http://evil")', '@SUM(A1)'),
    quantity: String(GB / 2n),
    estimated: true,
  },
  { hour: marchHour(7), meter: 'kafka_ingress_bytes', resource: { topic: 'nobody.knows' }, quantity: '1' },
  { hour: marchHour(7), meter: 'kafka_requests', resource: owned('payments', 'checkout'), quantity: '12' },
];

let database: TestDatabase;
let api: ApiServer;
beforeAll(async () => {
  database = await createPricedLedger({ rates: KAFKA_RATES, usage });
  api = await startApi(database.url);
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const march = async (query = '') => (await api.asAdmin(`/v1/chargeback?period=2026-03${query}`)).json as Chargeback;

test('10 GB in, 5 GB out and 1.5 million messages cost 1.265', async () => {
  const { lines, period, currency, rates } = await march();
  expect(lines[0]).toEqual({
    workspace: 'payments',
    application: 'checkout',
    environment: 'prod',
    ingress_bytes: '10737418240',
    egress_bytes: '5368709120',
    messages: '1500000',
    ingress_cost: '1',
    egress_cost: '0.25',
    message_cost: '0.015',
    other_cost: '0',
    total_cost: '1.265',
    confidence: 1,
  });
  expect(period).toEqual({
    start: '2026-03-01T00:00:00.000Z',
    end: '2026-04-01T00:00:00.000Z',
    status: 'open',
    timezone: 'UTC',
  });
  expect(currency).toBe('USD');
  expect(rates).toHaveLength(5);
});

test('lines come in the order of what they cost, and sum to the totals; what is estimated is trusted less', async () => {
  const { lines, totals } = await march();
  const costs = lines.map(({ total_cost }) => new Decimal(total_cost));
  expect(costs.every((cost, index) => index === 0 || cost.lte(costs[index - 1] ?? 0))).toBe(true);
  expect(lines.map(({ workspace }) => workspace)).toEqual(['payments', 'payments', 'shop, "big"\nroom', '']);
  for (const amount of ['ingress_bytes', 'ingress_cost', 'other_cost', 'total_cost'] as const) {
    expect(totals[amount]).toBe(lines.reduce((sum, line) => sum.plus(line[amount]), new Decimal(0)).toFixed());
  }
  expect(lines[2]?.confidence).toBe(0.7);
});

test('usage without a price is told and costs nothing', async () => {
  expect((await march()).unrated).toEqual([{ meter: 'kafka_requests', quantity: '12', unit: 'request' }]);
});

test('a range of hours answers like the month when it holds the same usage, and for one workspace or application only that', async () => {
  const hours = (await api.asAdmin('/v1/chargeback?from_ts=2026-03-01T05:00:00Z&to_ts=2026-03-01T08:00:00Z'))
    .json as Chargeback;
  const month = await march();
  expect(hours.lines).toEqual(month.lines);
  expect(hours.unrated).toEqual(month.unrated);
  expect((await march('&workspace=payments')).lines).toEqual(
    month.lines.filter(({ workspace }) => workspace === 'payments'),
  );
  expect((await march('&workspace=')).lines).toEqual(month.lines.filter(({ workspace }) => workspace === ''));
  expect((await march('&application=ledger')).lines).toEqual(
    month.lines.filter(({ application }) => application === 'ledger'),
  );
  expect((await march('&currency=EUR')).other_currencies).toEqual(['USD']);
});

test('every field of a resource is a filter, of one value or several', async () => {
  const names = async (query: string) => (await march(query)).lines.map(({ application }) => application);
  expect(await names('&topic=checkout.events')).toEqual(['checkout']);
  expect(await names('&topic=ledger.events&topic=checkout.events')).toEqual(['checkout', 'ledger']);
  expect(await names('&workspace=payments&workspace=&environment=prod')).toEqual(['checkout', 'ledger']);
  expect(await names('&environment=')).toEqual(['']);
  expect(await names('&team=nobody')).toEqual([]);
  expect((await march('&topic=nobody.knows')).unrated).toEqual([]);
});

test('search and sort choose and order the lines, and the totals and the file are of these lines', async () => {
  const answer = await march('&search=PAYMENTS&sort=-application');
  expect(answer.lines.map(({ application }) => application)).toEqual(['ledger', 'checkout']);
  expect(answer.totals.total_cost).toBe(
    answer.lines.reduce((sum, line) => sum.plus(line.total_cost), new Decimal(0)).toFixed(),
  );
  expect(answer.unrated).toEqual([{ meter: 'kafka_requests', quantity: '12', unit: 'request' }]);
  expect((await march('&search=ledger')).unrated).toEqual([]);
  const file = await api.asAdmin('/v1/chargeback.csv?period=2026-03&search=PAYMENTS&sort=-application');
  const rows = parseCsv(file.text);
  expect(rows.slice(1).map(([workspace, application]) => [workspace, application])).toEqual([
    ['payments', 'ledger'],
    ['payments', 'checkout'],
    ['TOTAL', ''],
  ]);
  expect(rows.at(-1)?.[10]).toBe(answer.totals.total_cost);
  expect((await march('&search=unallocated')).lines.map(({ workspace }) => workspace)).toEqual(['']);
  expect((await march('&search=%25')).lines).toEqual([]);
});

test('a month before the first price is an error and not zero', async () => {
  const { status, json } = await api.asAdmin('/v1/chargeback?period=2025-12');
  expect(status).toBe(409);
  expect(json).toMatchObject({
    code: 'NO_RATE_FOR_PERIOD',
    detail: expect.stringContaining('the first one begins at 2026-01-01T00:00:00.000Z'),
  });
});

test('when the price of another workspace begins is not told', async () => {
  const rates =
    'rate_cards: [{ name: own, workspace: search, valid_from: 2026-04-01, prices: { kafka_ingress_bytes: { unit_price: "1" } } }]';
  const other = await createPricedLedger({ rates, usage: [] });
  const server = await startApi(other.url);
  try {
    const ask = async (workspace: string) =>
      (await server.ask('/v1/chargeback?period=2026-03', { headers: await server.token('viewer', workspace) })).text;
    expect(await ask('search')).toContain('begins at 2026-04-01');
    const untold = await ask('payments');
    expect(untold).toContain('NO_RATE_FOR_PERIOD');
    expect(untold).not.toContain('begins at');
  } finally {
    await server.close();
    await other.drop();
  }
});

test('the CSV file says what the JSON says, cell by cell, and holds nothing a spreadsheet would run', async () => {
  const answer = await api.asAdmin('/v1/chargeback.csv?period=2026-03');
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(answer.headers['content-disposition']).toBe(
    'attachment; filename="kafka-chargeback-platform-2026-03-01-to-2026-03-31.csv"',
  );
  const [headings, ...rows] = parseCsv(answer.text);
  expect(headings?.join()).toBe(
    'Workspace,Application,Environment,Ingress (GB),Egress (GB),Messages,Ingress Cost,Egress Cost,Message Cost,Other Cost,Total Cost,Currency',
  );
  const { lines, totals } = await march();
  const figures = (amounts: Chargeback['totals']) => [
    new Decimal(amounts.ingress_bytes).div(String(GB)).toFixed(),
    new Decimal(amounts.egress_bytes).div(String(GB)).toFixed(),
    amounts.messages,
    amounts.ingress_cost,
    amounts.egress_cost,
    amounts.message_cost,
    amounts.other_cost,
    amounts.total_cost,
    'USD',
  ];
  const text = (cell: string) => (/^[=@]/.test(cell) ? `'${cell}` : cell);
  expect(rows).toEqual([
    ...lines.map((line) => [
      line.workspace || 'Unallocated',
      text(line.application),
      text(line.environment),
      ...figures(line),
    ]),
    ['TOTAL', '', '', ...figures(totals)],
  ]);
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
});

test('the file of a workspace carries its name, whatever that name is', async () => {
  const name = async (workspace: string) =>
    (await api.asAdmin(`/v1/chargeback.csv?period=2026-03&workspace=${encodeURIComponent(workspace)}`)).headers[
      'content-disposition'
    ];
  expect(await name('payments')).toBe('attachment; filename="kafka-chargeback-payments-2026-03-01-to-2026-03-31.csv"');
  expect(await name('')).toBe('attachment; filename="kafka-chargeback-unallocated-2026-03-01-to-2026-03-31.csv"');
  expect(await name('payments&workspace=')).toContain('kafka-chargeback-payments_workspace_-2026');
  expect(
    (await api.asAdmin('/v1/chargeback.csv?period=2026-03&workspace=payments&workspace=')).headers[
      'content-disposition'
    ],
  ).toContain('"kafka-chargeback-payments-unallocated-2026-03-01-to-2026-03-31.csv"');
  expect(
    (await api.asAdmin('/v1/chargeback.csv?period=2026-03&workspace=a&workspace=b&workspace=c')).headers[
      'content-disposition'
    ],
  ).toContain('"kafka-chargeback-3-workspaces-2026-03-01-to-2026-03-31.csv"');
  expect(await name('a"\r\nSet-Cookie: x=1/../b')).toBe(
    'attachment; filename="kafka-chargeback-a_Set-Cookie_x_1_.._b-2026-03-01-to-2026-03-31.csv"',
  );
});

test('a token of one workspace sees that one everywhere, and is told when it asks for another', async () => {
  const headers = await api.token('viewer', 'payments');
  const own = (await api.ask('/v1/chargeback?period=2026-03', { headers })).json as Chargeback;
  expect(own.lines).toEqual((await march('&workspace=payments')).lines);
  expect(own.totals).toEqual((await march('&workspace=payments')).totals);
  expect((await api.ask('/v1/chargeback.csv?period=2026-03', { headers })).text).not.toContain('room');
  for (const path of [
    '/v1/chargeback?period=2026-03&workspace=',
    '/v1/chargeback.csv?period=2026-03&workspace=Payments',
    '/v1/costs?from_ts=2026-03-01T00:00:00Z&to_ts=2026-04-01T00:00:00Z&workspace=payments&workspace=x',
  ]) {
    expect((await api.ask(path, { headers })).status).toBe(403);
  }
  expect((await api.ask('/v1/directory/unmatched', { headers })).status).toBe(403);
});

test.each([
  ['', ['period']],
  ['period=2026-13', ['period']],
  ['period=2026-03&from_ts=2026-03-01T00:00:00Z', ['period']],
  ['from_ts=2026-03-01T00:00:00Z', ['to_ts']],
  ['from_ts=2026-03-01T00:30:00Z&to_ts=2026-03-01T00:10:00Z', ['from_ts', 'to_ts', 'to_ts']],
  ['from_ts=1990-03-01T00:00:00Z&to_ts=2026-03-01T00:00:00Z', ['from_ts']],
  ['from_ts=yesterday&to_ts=2026-03-01&currency=EURO&colour=red', ['from_ts', 'to_ts', 'currency', 'colour']],
  ['period=2026-03&workspace=a%00b', ['workspace']],
  ['sort=cost', ['sort']],
  ['period=2026-03&to_ts=2026-03-01T00:00:00Z&sort=-topic', ['period', 'sort']],
  [`period=2026-03&search=${'x'.repeat(201)}&sort=--total_cost`, ['search', 'sort']],
  ['period=2026-03&period=2026-04', ['period']],
])('chargeback?%s lists all that is wrong with it', async (query, paths) => {
  const { status, json } = await api.asAdmin(`/v1/chargeback?${query}`);
  expect(status).toBe(400);
  expect((json as { errors: Array<{ path: string }> }).errors.map(({ path }) => path)).toEqual(paths);
});

test.each([
  ['lines?by=team&limit=0&offset=-1&sort=cost&search=ok', ['sort', 'by', 'limit', 'offset']],
  ['lines?period=2026-03&limit=501&offset=1.5', ['limit', 'offset']],
  ['lines?by=principal&sort=cluster', ['period', 'sort']],
  ['lines?period=2026-03&cursor=x', ['cursor']],
  ['summary?period=2026-03&search=x&sort=workspace', ['search', 'sort']],
  ['summary?from_ts=2026-03-02T00:30:00Z&to_ts=2026-03-01T00:00:00Z', ['from_ts', 'to_ts']],
  ['days?period=2026-03&by=hour&top=0', ['by', 'top']],
  ['days?from_ts=2025-01-01T00:30:00Z&to_ts=2026-03-01T00:00:00Z', ['from_ts', 'from_ts']],
])('chargeback/%s lists all that is wrong with it', async (query, paths) => {
  const { status, json } = await api.asAdmin(`/v1/chargeback/${query}`);
  expect(status).toBe(400);
  expect((json as { errors: Array<{ path: string }> }).errors.map(({ path }) => path)).toEqual(paths);
});
