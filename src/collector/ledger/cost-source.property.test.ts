import fc from 'fast-check';
import { DateTime } from 'luxon';
import { HOUR } from '../../domain/hours';
import { createDatabase, type TestDatabase } from '../../testing/database';
import { addMeters, addUsage } from '../../testing/facts';
import { noise } from '../../testing/random-usage';
import { testContext } from '../../testing/test-context';
import { applyRates } from '../rating/rate-cards';
import { parseRatesFile } from '../rating/rates-file';
import { bindings, costSource, type CostUnit } from './cost-source';

/** Ten weeks over the beginning of summer time in most of these zones; Cairo skips midnight, Lord Howe half an hour. */
const FIRST = Date.parse('2026-03-05T00:00:00Z');
const HOURS = 24 * 70;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'America/St_Johns',
  'Africa/Cairo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
];

/** Bytes are priced from the middle of an April day on, requests never. */
const RATES = `
rate_cards:
  - name: general
    valid_from: 2026-01-01
    prices: { lines: { per: 7, unit_price: "0.10" } }
  - name: later
    valid_from: 2026-04-10T13:00:00Z
    prices: { bytes: { per: 3, unit_price: "0.123456789012" }, lines: { unit_price: "1" } }
`;

const databases = new Map<string, TestDatabase>();
beforeAll(async () => {
  await Promise.all(ZONES.map(async (zone) => databases.set(zone, await filled(zone))));
});
afterAll(async () => {
  await Promise.all([...databases.values()].map((database) => database.drop()));
});

async function filled(timezone: string): Promise<TestDatabase> {
  const database = await createDatabase({ timezone });
  await addMeters(database.pool, { bytes: 'byte', lines: 'line', requests: 'request' });
  const context = testContext({ DATABASE_URL: database.url, CHARGEBACK_TIMEZONE: timezone });
  await applyRates(context, parseRatesFile(RATES, 'rates.yaml'), 'test');
  await context.pool.end();
  const next = noise(timezone.length);
  const usage = Array.from({ length: HOURS }, (_, index) => FIRST + index * HOUR).flatMap((hour) =>
    ['bytes', 'lines', 'requests'].flatMap((meter) =>
      next() < 0.7
        ? [
            {
              hour,
              meter,
              resource: { topic: next() < 0.5 ? 'a' : 'b' },
              quantity: String(Math.floor(next() * 1e9)),
              estimated: next() < 0.2,
            },
          ]
        : [],
    ),
  );
  await addUsage(database.pool, usage, timezone);
  return database;
}

/** Hours, and beginnings of days, which in some zones lie within an hour. */
const boundaries = (zone: string) =>
  fc.oneof(
    fc.integer({ min: -30, max: HOURS + 30 }).map((hours) => FIRST + hours * HOUR),
    fc
      .integer({ min: -2, max: 74 })
      .map((days) => DateTime.fromMillis(FIRST, { zone }).startOf('day').plus({ days }).startOf('day').toMillis()),
    fc.constantFrom(3, 4, 5).map((month) => DateTime.fromObject({ year: 2026, month }, { zone }).toMillis()),
  );

test.each(ZONES)('months, days and edge hours say the same as every single hour, in %s', async (timezone) => {
  const database = databases.get(timezone) ?? (await filled(timezone));
  const sums = async (source: string, unit: CostUnit, values: unknown[]) => {
    const zone = `'${timezone}'`;
    const { rows } = await database.pool.query<{ line: string }>(
      `select concat_ws(' ', date_trunc('${unit}', at at time zone ${zone}), resource_id, meter_id, rate_card_id,
         trim_scale(sum(quantity)), trim_scale(sum(cost)), trim_scale(sum(confident_cost))) as line
       from (${source}) s group by date_trunc('${unit}', at at time zone ${zone}), resource_id, meter_id, rate_card_id order by line`,
      values,
    );
    return rows.map(({ line }) => line);
  };
  const hourly = `select f.hour as at, f.resource_id, f.meter_id, coalesce(p.rate_card_id, 0) as rate_card_id, f.quantity, coalesce(f.cost, 0) as cost,
      coalesce(f.cost * case when f.estimated then 0.7 else 1 end, 0) as confident_cost
    from chargeback_data.fact f left join chargeback_data.price p on p.id = f.price_id where f.hour >= $1 and f.hour < $2`;
  await fc.assert(
    fc.asyncProperty(
      boundaries(timezone),
      boundaries(timezone),
      fc.constantFrom<CostUnit>('month', 'day', 'hour'),
      async (one, other, unit) => {
        fc.pre(one !== other);
        const [from, to] = [new Date(Math.min(one, other)), new Date(Math.max(one, other))];
        const { values, bind } = bindings();
        const source = costSource({ from, to, timezone }, unit, bind);
        expect(await sums(source, unit, values)).toEqual(await sums(hourly, unit, [from, to]));
      },
    ),
    { numRuns: 40 },
  );
});

test('only the hours at the edges are read from the facts, and a month from one row a resource', () => {
  const sql = (from: string, to: string, unit: CostUnit) => {
    const source = costSource(
      { from: new Date(from), to: new Date(to), timezone: 'Asia/Kolkata' },
      unit,
      bindings().bind,
    );
    return [...source.matchAll(/chargeback_data\.(\w*fact)\b/g)].map(([, table]) => table);
  };
  expect(sql('2026-02-28T18:30:00Z', '2026-03-31T18:30:00Z', 'month')).toEqual(['monthly_fact']);
  expect(sql('2026-02-28T18:30:00Z', '2026-03-31T18:30:00Z', 'day')).toEqual(['daily_fact']);
  expect(sql('2026-02-28T18:30:00Z', '2026-03-19T10:00:00Z', 'month')).toEqual(['daily_fact', 'fact']);
  expect(sql('2026-02-10T05:00:00Z', '2026-04-19T10:00:00Z', 'month')).toEqual([
    'fact',
    'daily_fact',
    'monthly_fact',
    'daily_fact',
    'fact',
  ]);
  expect(sql('2026-03-10T05:00:00Z', '2026-03-10T09:00:00Z', 'month')).toEqual(['fact']);
  expect(sql('2026-02-28T18:30:00Z', '2026-03-31T18:30:00Z', 'hour')).toEqual(['fact']);
});
