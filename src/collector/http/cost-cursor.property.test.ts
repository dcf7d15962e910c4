import fc from 'fast-check';
import type { Costs } from '../../api/costs';
import { startApi, type ApiServer } from '../../testing/api-server';
import type { TestDatabase } from '../../testing/database';
import { addUsage } from '../../testing/facts';
import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const [TOPICS, HOURS] = [24, 20];
const RANGE = 'from_ts=2026-03-01T00:00:00Z&to_ts=2026-03-01T20:00:00Z';
const workspaceOf = (topic: number) => ['pay-eu', 'pay-us', 'search', ''][topic % 4] ?? '';

let database: TestDatabase;
let api: ApiServer;
let member: Record<string, string>;
beforeAll(async () => {
  database = await createPricedLedger({
    rates: KAFKA_RATES,
    // Before the range, so that every topic has its price and none is there yet.
    usage: Array.from({ length: TOPICS }, (_, topic) => ({
      hour: marchHour(-24),
      meter: 'kafka_ingress_bytes',
      resource: { topic: `topic-${topic}`, workspace: workspaceOf(topic) },
      quantity: '1073741824',
    })),
  });
  await database.pool.query(`select chargeback_data.ensure_partitions('2026-03-01Z', '2026-04-01Z')`);
  api = await startApi(database.url);
  member = await api.token('viewer', 'pay-*');
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

interface Place {
  hour: number;
  topic: number;
}
const places = fc.array(fc.record({ hour: fc.nat({ max: HOURS - 1 }), topic: fc.nat({ max: TOPICS - 1 }) }), {
  maxLength: 12,
});

async function add(where: Place[]): Promise<void> {
  await database.pool.query(
    `insert into chargeback_data.fact (hour, meter_id, resource_id, price_id, quantity, cost, coverage, estimated)
     select '2026-03-01Z'::timestamptz + (p->>'hour')::integer * interval '1 hour', f.meter_id, f.resource_id, f.price_id, 1, 1, 1, false
     from jsonb_array_elements($1::jsonb) p
     join chargeback_data.resource r on r.topic = 'topic-' || (p->>'topic')
     join chargeback_data.fact f on f.resource_id = r.id and f.hour = '2026-02-28Z'
     on conflict do nothing`,
    [JSON.stringify(where)],
  );
}

const rowKey = ({ start, topic }: Costs['data'][number]) => `${start ?? ''} ${topic}`;

test.each([
  ['hour', 'the administrator'],
  ['hour', 'a member'],
  ['total', 'the administrator'],
  ['total', 'a member'],
] as const)(
  `by %s, for %s: rows that come between the pages neither repeat nor leave out one that was there (seed ${SEED})`,
  async (granularity, who) => {
    const mine = (topic: number) => who === 'the administrator' || workspaceOf(topic).startsWith('pay-');
    const keyOf = ({ hour, topic }: Place) =>
      `${granularity === 'hour' ? new Date(marchHour(hour)).toISOString() : ''} topic-${topic}`;
    const ask = async (query: string) =>
      (await (who === 'a member' ? api.ask(query, { headers: member }) : api.asAdmin(query))).json as Costs;
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.array(places, { maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        async (before, between, limit) => {
          await database.pool.query(`delete from chargeback_data.fact where hour >= '2026-03-01Z'`);
          await add(before);
          const seen: string[] = [];
          let cursor: string | null = '';
          for (let page = 0; cursor !== null; page++) {
            const answer: Costs = await ask(
              `/v1/costs?${RANGE}&granularity=${granularity}&group_by=topic&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`,
            );
            seen.push(...answer.data.map(rowKey));
            cursor = answer.next_cursor;
            await add(between[page] ?? []);
          }
          expect(new Set(seen).size).toBe(seen.length);
          const expected = before.filter(({ topic }) => mine(topic)).map(keyOf);
          expect(seen).toEqual(expect.arrayContaining(expected));
          const possible = new Set([...before, ...between.flat()].filter(({ topic }) => mine(topic)).map(keyOf));
          expect(seen.filter((key) => !possible.has(key))).toEqual([]);
        },
      ),
      { numRuns: 12, seed: SEED },
    );
  },
  60_000,
);

test('a new workspace that a grant covers does not end the reading of the others', async () => {
  await add(Array.from({ length: TOPICS }, (_, topic) => ({ hour: 0, topic })));
  const query = `/v1/costs?${RANGE}&group_by=workspace&limit=1`;
  const first = (await api.ask(query, { headers: member })).json as Costs;
  await addUsage(database.pool, [
    {
      hour: marchHour(2),
      meter: 'kafka_ingress_bytes',
      resource: { topic: 'new', workspace: 'pay-zz' },
      quantity: '1',
    },
  ]);
  const rest = (
    await api.ask(`${query.replace('limit=1', 'limit=50')}&cursor=${first.next_cursor}`, { headers: member })
  ).json as Costs;
  expect([...first.data, ...rest.data].map(({ workspace }) => workspace)).toEqual(['pay-eu', 'pay-us', 'pay-zz']);
});

test('a cursor of somebody else is refused, and one that was made up shows nothing of others', async () => {
  await add(Array.from({ length: TOPICS }, (_, topic) => ({ hour: 1, topic })));
  const query = `/v1/costs?${RANGE}&group_by=workspace&limit=1`;
  const { next_cursor } = (await api.asAdmin(query)).json as Costs;
  const taken = await api.ask(`${query}&cursor=${next_cursor}`, { headers: member });
  expect([taken.status, (taken.json as { errors: Array<{ path: string }> }).errors[0]?.path]).toEqual([400, 'cursor']);
  const own = ((await api.ask(query, { headers: member })).json as Costs).next_cursor ?? '';
  const [print] = JSON.parse(Buffer.from(own, 'base64url').toString('utf8')) as [string];
  const forged = Buffer.from(JSON.stringify([print, ['pay-us', 'USD']])).toString('base64url');
  const { data } = (await api.ask(`${query.replace('limit=1', 'limit=50')}&cursor=${forged}`, { headers: member }))
    .json as Costs;
  expect(data.filter(({ workspace }) => !workspace?.startsWith('pay-'))).toEqual([]);
});
