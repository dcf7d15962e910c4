import type { Costs } from '../../api/costs';
import { Decimal } from '../../domain/decimal';
import { startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import type { UsageFixture } from '../../testing/facts';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';

/** 12,480 facts with costs of up to twelve decimals; names that sort differently by collation; days of a zone half an hour off. */
const HOURS = 52;
const TOPICS = Array.from(
  { length: 120 },
  (_, index) => `${['Zebra', 'apple', 'Äpfel', 'é', 'z-1', 'z_1'][index % 6]}.${index}`,
);
const usage: UsageFixture[] = Array.from({ length: HOURS }, (_, hour) =>
  TOPICS.flatMap((topic, index) => {
    const resource = {
      topic,
      workspace: ['payments', 'storefront', ''][index % 3] ?? '',
      environment: index % 2 ? 'prod' : 'dev',
    };
    return [
      {
        hour: marchHour(hour),
        meter: 'kafka_ingress_bytes',
        resource,
        quantity: String(1_000_003 * (index + 1) + 7 * hour),
      },
      { hour: marchHour(hour), meter: 'kafka_ingress_messages', resource, quantity: String(31 * index + hour) },
    ];
  }),
).flat();
const ZONE = 'Asia/Kolkata';

let database: TestDatabase;
let api: ApiServer;
beforeAll(async () => {
  database = await createPricedLedger({
    rates: KAFKA_RATES.replace('2026-01-01', '2026-01-01T00:00:00Z'),
    usage,
    timezone: ZONE,
  });
  api = await startApi(database.url, { CHARGEBACK_TIMEZONE: ZONE });
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const ALL = 'from_ts=2026-02-01T00:00:00Z&to_ts=2026-04-01T00:00:00Z';

/** Every row of an answer, page by page. */
async function pages(query: string, limit: number): Promise<{ rows: Costs['data']; count: number }> {
  const rows: Costs['data'] = [];
  let cursor = '';
  for (let count = 1; ; count++) {
    const { status, json, text } = await api.asAdmin(`/v1/costs?${query}&limit=${limit}${cursor}`);
    expect([status, text.slice(0, status === 200 ? 0 : 500)]).toEqual([200, '']);
    const { data, next_cursor } = json as Costs;
    rows.push(...data);
    if (next_cursor === null) {
      return { rows, count };
    }
    expect(data).toHaveLength(limit);
    cursor = `&cursor=${next_cursor}`;
  }
}

const total = (rows: Array<{ cost: string }>) =>
  rows.reduce((sum, { cost }) => sum.plus(cost), new Decimal(0)).toFixed();
async function truth(where = 'true'): Promise<string> {
  const { rows } = await database.pool.query<{ cost: string }>(
    `select trim_scale(sum(cost))::text as cost from chargeback.hourly_cost_facts where ${where}`,
  );
  return rows[0]?.cost ?? '';
}

test.each([5000, 777, 4160])('more than 10,000 rows come whole, each once, in pages of %d', async (limit) => {
  const { rows, count } = await pages(`${ALL}&granularity=hour&group_by=topic,charge_type`, limit);
  expect(rows).toHaveLength(usage.length);
  expect(count).toBe(Math.ceil(usage.length / limit));
  expect(new Set(rows.map((row) => JSON.stringify([row.start, row.topic, row.charge_type, row.currency]))).size).toBe(
    usage.length,
  );
  expect(total(rows)).toBe(await truth());
});

test.each(['hour', 'day', 'month', 'total'])(
  'by %s the sum is the same to the last decimal, from the roll-up as well as from the facts',
  async (granularity) => {
    const expected = await truth();
    for (const range of [
      ALL,
      'from_ts=2026-02-27T18:30:00Z&to_ts=2026-03-31T18:30:00Z',
      'from_ts=2026-02-28T13:00:00Z&to_ts=2026-03-09T17:00:00Z',
    ]) {
      for (const group of ['', 'workspace', 'charge_type,environment', 'topic']) {
        expect(total((await pages(`${range}&granularity=${granularity}&group_by=${group}`, 5000)).rows)).toBe(expected);
      }
    }
  },
);

test('days are those of the billing time zone, whichever way they are summed', async () => {
  const rolledUp = await pages(
    'from_ts=2026-02-28T18:30:00Z&to_ts=2026-03-03T18:30:00Z&granularity=day&group_by=workspace',
    100,
  );
  const fromFacts = await pages(
    'from_ts=2026-02-28T19:00:00Z&to_ts=2026-03-03T19:00:00Z&granularity=day&group_by=workspace',
    100,
  );
  expect(rolledUp.rows).toEqual(fromFacts.rows);
  expect([...new Set(rolledUp.rows.map(({ start }) => start))]).toEqual([
    '2026-02-28T18:30:00.000Z',
    '2026-03-01T18:30:00.000Z',
    '2026-03-02T18:30:00.000Z',
  ]);
});

test('filters take several values, and an empty one is what is unallocated', async () => {
  expect(total((await pages(`${ALL}&workspace=payments&workspace=`, 10)).rows)).toBe(
    await truth(`workspace in ('payments', '')`),
  );
  expect(total((await pages(`${ALL}&workspace=&charge_type=kafka_ingress_messages&environment=dev`, 10)).rows)).toBe(
    await truth(`workspace = '' and charge_type = 'kafka_ingress_messages' and environment = 'dev'`),
  );
  expect((await pages(`${ALL}&currency=EUR`, 10)).rows).toEqual([]);
});

test('a quantity is told only when all of it has one unit', async () => {
  const [both] = (await pages(ALL, 10)).rows;
  expect(both).not.toHaveProperty('quantity');
  const byCharge = (await pages(`${ALL}&group_by=charge_type`, 10)).rows;
  expect(byCharge.map(({ charge_type, unit }) => [charge_type, unit])).toEqual([
    ['kafka_ingress_bytes', 'byte'],
    ['kafka_ingress_messages', 'message'],
  ]);
  expect(byCharge[0]?.quantity).toBe(
    usage
      .filter(({ meter }) => meter === 'kafka_ingress_bytes')
      .reduce((sum, { quantity }) => sum + BigInt(quantity), 0n)
      .toString(),
  );
});

test('a token of one workspace gets that one without asking, page after page', async () => {
  const headers = await api.token('viewer', 'payments');
  const first = (await api.ask(`/v1/costs?${ALL}&group_by=topic&limit=10`, { headers })).json as Costs;
  const rest = (await api.ask(`/v1/costs?${ALL}&group_by=topic&limit=1000&cursor=${first.next_cursor}`, { headers }))
    .json as Costs;
  const whole = (await api.ask(`/v1/costs?${ALL}&group_by=topic&limit=5000`, { headers })).json as Costs;
  expect([...first.data, ...rest.data]).toEqual(whole.data);
  expect(total(whole.data)).toBe(await truth(`workspace = 'payments'`));
  const dimensions = (await api.ask('/v1/dimensions?dimension_type=workspaces', { headers })).json as {
    data: Array<{ value: string }>;
  };
  expect(dimensions.data.map(({ value }) => value)).toEqual(['payments']);
});

test('a cursor of another question, or none at all, is refused', async () => {
  const { next_cursor } = (await api.asAdmin(`/v1/costs?${ALL}&group_by=topic&limit=1`)).json as Costs;
  const forged = Buffer.from(JSON.stringify(['x', ["' or 1=1 --"]])).toString('base64url');
  for (const [query, cursor] of [
    [`${ALL}&group_by=topic&workspace=payments`, next_cursor],
    [`${ALL}&group_by=workspace`, next_cursor],
    [`${ALL}&group_by=topic`, forged],
    [`${ALL}&group_by=topic`, 'e30'],
    [`${ALL}&group_by=topic`, ''],
    [`${ALL}&group_by=topic`, '%00'],
  ]) {
    const { status, json } = await api.asAdmin(`/v1/costs?${query}&cursor=${cursor}`);
    expect([status, (json as { errors: Array<{ path: string }> }).errors[0]?.path]).toEqual([400, 'cursor']);
  }
});

test('everything wrong with a question is listed at once', async () => {
  const { status, json } = await api.asAdmin(
    '/v1/costs?from_ts=x&granularity=week&group_by=workspace,colour&limit=0&currency=usd&org_id=1',
  );
  expect(status).toBe(400);
  expect((json as { errors: Array<{ path: string }> }).errors.map(({ path }) => path).sort()).toEqual([
    'currency',
    'from_ts',
    'granularity',
    'group_by[1]',
    'limit',
    'org_id',
    'to_ts',
  ]);
});

test('dimensions tell every value with its first and last hour', async () => {
  const { data } = (await api.asAdmin('/v1/dimensions?dimension_type=workspaces')).json as { data: unknown[] };
  const [first_seen, last_seen] = [new Date(marchHour(0)).toISOString(), new Date(marchHour(HOURS - 1)).toISOString()];
  expect(data).toEqual(['', 'payments', 'storefront'].map((value) => ({ value, first_seen, last_seen })));
  const topics = (await api.asAdmin('/v1/dimensions?dimension_type=topics')).json as { data: unknown[] };
  expect(topics.data).toHaveLength(TOPICS.length);
  expect((await api.asAdmin('/v1/dimensions?dimension_type=orgs')).json).toMatchObject({ data: [{ value: '' }] });
  expect((await api.asAdmin('/v1/dimensions?dimension_type=colours')).status).toBe(400);
});
