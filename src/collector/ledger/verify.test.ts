import { createPricedLedger, KAFKA_RATES, marchHour } from '../../testing/priced-ledger';
import type { TestDatabase } from '../../testing/database';
import { testContext } from '../../testing/test-context';
import type { Context } from '../context';
import { verify, verifyIn } from './verify';

const TIERS = `${KAFKA_RATES}      kafka_requests: { tiers: [ { from: 0, unit_price: "0" }, { from: 100, unit_price: "0.001" }, { from: 1000, unit_price: "0.0007" } ] }\n`;

/**
 * Facts of 40 hours over the edge of a month, with readings of one sample an hour that say the same: each series grows
 * in its hour by what the fact holds.
 */
let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  const usage = Array.from({ length: 40 }, (_, index) =>
    ['a', 'b', 'c'].flatMap((topic, place) => [
      {
        hour: marchHour(index - 10),
        meter: 'kafka_ingress_bytes',
        resource: { workspace: place ? 'shop' : '', topic },
        quantity: String(1_000_003 * (index + place + 1)),
      },
      {
        hour: marchHour(index - 10),
        meter: 'kafka_requests',
        resource: { workspace: place ? 'shop' : '', topic },
        quantity: String(13 * index + place + 1),
      },
    ]),
  ).flat();
  database = await createPricedLedger({ rates: TIERS, usage });
  await database.pool.query(`
    insert into chargeback_data.series (meter_id, fingerprint, labels, resource_id, first_hour)
      select meter_id, decode(md5(resource_id::text), 'hex'), '{}', resource_id, min(hour) - interval '1 hour' from chargeback_data.fact group by meter_id, resource_id;
    insert into chargeback_data.reading (series_id, hour, first, last, growth, samples, coverage)
      select s.id, s.first_hour, 0, 0, 0, 0, 1 from chargeback_data.series s
      union all
      select s.id, f.hour, total, total, 0, 1, 1 from (
        select *, sum(quantity) over (partition by meter_id, resource_id order by hour) as total from chargeback_data.fact
      ) f join chargeback_data.series s on s.meter_id = f.meter_id and s.resource_id = f.resource_id;
    insert into chargeback_data.ownership (observed_id, valid_from, valid_to, resource_id)
      select distinct resource_id, '-infinity'::timestamptz, 'infinity'::timestamptz, resource_id from chargeback_data.series`);
  context = testContext({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await context.pool.end();
  await database.drop();
});

test('a sound ledger holds, of one month and of all', async () => {
  for (const period of [undefined, '2026-02', '2026-03', '2026-04']) {
    const { ok, checks, facts } = await verify(context, period);
    expect(checks.filter(({ problems }) => problems > 0)).toEqual([]);
    expect([ok, facts]).toEqual([true, { all: 240, '2026-02': 60, '2026-03': 180, '2026-04': 0 }[period ?? 'all']]);
  }
});

const FIRST = `where hour = '2026-03-01 05:00Z' and meter_id = (select id from chargeback_data.meter where slug = 'kafka_requests') and resource_id = (select min(resource_id) from chargeback_data.fact)`;

test.each([
  [
    'a cost that is a millionth of a millionth off',
    `update chargeback_data.fact set cost = cost + 0.000000000001 ${FIRST}`,
    ['the cost of a workspace, meter and hour is its usage at the price', 'the daily roll-up is the sum of the facts'],
  ],
  [
    'a fact that is gone',
    `delete from chargeback_data.fact ${FIRST}`,
    ['the facts are the usage that the readings say', 'the daily roll-up is the sum of the facts'],
  ],
  [
    'usage that no sample shows',
    `update chargeback_data.fact set quantity = quantity + 1 ${FIRST}`,
    [
      'the facts are the usage that the readings say',
      'the cost of a workspace, meter and hour is its usage at the price',
      'the daily roll-up is the sum of the facts',
    ],
  ],
  [
    'a reading that was lost',
    `delete from chargeback_data.reading where hour = '2026-03-01 05:00Z'`,
    ['the facts are the usage that the readings say', 'growth over hours without samples is spread exactly'],
  ],
  [
    'a day of the roll-up that is off',
    `update chargeback_data.daily_fact set cost = cost + 1 where day = '2026-03-02'`,
    ['the daily roll-up is the sum of the facts', 'the monthly roll-up is the sum of the daily one'],
  ],
  [
    'a month of the roll-up that is gone',
    'delete from chargeback_data.monthly_fact',
    ['the monthly roll-up is the sum of the daily one'],
  ],
  [
    'an hour that was never collected',
    `delete from chargeback_data.collection where hour = '2026-03-01 05:00Z'`,
    ['the facts are the usage that the readings say', 'only collected hours have facts'],
  ],
  [
    'two owners at once',
    `insert into chargeback_data.ownership select observed_id, '2026-01-01Z', '2026-02-01Z', resource_id from chargeback_data.ownership limit 1`,
    ['everything observed has one owner at every moment'],
  ],
  [
    'a price that changed behind the facts',
    `update chargeback_data.price_tier set unit_price = 0.2 where from_quantity = 0 and unit_price = 0.1`,
    ['the cost of a workspace, meter and hour is its usage at the price'],
  ],
  [
    'a price that came behind the facts',
    `update chargeback_data.price set valid_from = '2026-03-01 02:00Z' where meter_id = (select id from chargeback_data.meter where slug = 'kafka_ingress_bytes')`,
    ['prices and their rate cards agree', 'every fact has the price in force at its hour'],
  ],
  [
    'a cost that moved from one resource to the other',
    `update chargeback_data.fact f set cost = f.cost + case when f.resource_id = x.low then 0.5 else -0.5 end
     from (select min(id) as low, max(id) as high from chargeback_data.resource where workspace = 'shop') x
     where f.hour = '2026-03-02 05:00Z' and f.resource_id in (x.low, x.high) and f.meter_id = (select id from chargeback_data.meter where slug = 'kafka_requests')`,
    ['the cost of a cell is shared out to its resources by quantity', 'the daily roll-up is the sum of the facts'],
  ],
])('%s is found and named', async (_what, damage, expected) => {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query(damage);
    const { ok, checks } = await verifyIn(client, 'UTC');
    expect(ok).toBe(false);
    const found = checks.filter(({ problems }) => problems > 0);
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(expected));
    expect(found.every(({ examples }) => examples.length > 0)).toBe(true);
  } finally {
    await client.query('rollback');
    client.release();
  }
});
