import fc from 'fast-check';
import type { Costs } from '../../../api/costs';
import type { ExplainedDays, ExplainedHours } from '../../../api/explanations';
import { billingMonth } from '../../../domain/billing-month';
import { Decimal, formatDecimal } from '../../../domain/decimal';
import { HOUR, isoHour } from '../../../domain/hours';
import { startApi, type ApiServer } from '../../../testing/api-server';
import { createLedger, type TestLedger } from '../../../testing/ledger';
import type { LocalServer } from '../../../testing/local-server';
import { startPrometheus } from '../../../testing/prometheus-server';
import { randomLedger } from '../../../testing/random-ledger';
import { noise } from '../../../testing/random-usage';
import { divide } from '../../../testing/reference-rating';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const LEDGERS = Number(process.env.CHARGEBACK_TEST_RUNS ?? 3);
const ledgers = fc.sample(randomLedger, { numRuns: LEDGERS, seed: SEED }).map((make, index) => make(`e${index}`));

let prometheus: LocalServer;
beforeAll(async () => {
  prometheus = await startPrometheus(ledgers.flatMap(({ series }) => series));
});
afterAll(() => prometheus?.stop());

const total = (amounts: Array<string | null>) =>
  formatDecimal(amounts.reduce((sum, amount) => sum.plus(amount ?? '0'), new Decimal(0)));

/** Σ over tiers of what of [0, quantity) lies in the tier × its price, not yet divided by `per`. */
function tierAmount(tiers: Array<{ from: string; unit_price: string }>, quantity: string): Decimal {
  return tiers.reduce((sum, { from, unit_price }, index) => {
    const end = tiers[index + 1]?.from ?? 'Infinity';
    const inTier = Decimal.max(0, Decimal.min(quantity, end).minus(from));
    return sum.plus(inTier.times(unit_price));
  }, new Decimal(0));
}

describe.each(
  ledgers.map((ledger, index) => [`ledger ${index} of seed ${SEED} (${ledger.timezone})`, ledger] as const),
)('%s', (_title, random) => {
  const { timezone, from, to } = random;
  const monthOf = (period: string) => {
    const { start, end } = billingMonth(period, timezone);
    return `from_ts=${start.toISOString()}&to_ts=${end.toISOString()}`;
  };
  const next = noise(SEED);
  const questions = Array.from({ length: 14 }, (_, index) => {
    const begin = from + Math.floor(next() * 40) * HOUR;
    const end = index % 2 ? begin + Math.ceil(next() * 60) * HOUR : to + 24 * HOUR;
    const filter = [
      '',
      '&workspace=payments',
      '&workspace=',
      '&topic=orders.eu&topic=refunds',
      '&principal=bob&team=red',
      '&team=',
    ];
    return {
      meter: random.meters[index % random.meters.length] ?? '',
      ...(index === 0
        ? { range: 'period=2026-03', month: monthOf('2026-03') }
        : { range: `from_ts=${isoHour(begin)}&to_ts=${isoHour(end)}`, month: undefined }),
      filter: filter[index % filter.length] ?? '',
    };
  });

  let ledger: TestLedger;
  let api: ApiServer;
  beforeAll(async () => {
    ledger = await createLedger({
      prometheusUrl: prometheus.url,
      timezone,
      meters: random.meters.map((slug) => ({
        slug,
        unit: 'byte',
        counter: slug,
        dimensions: { topic: 'topic', principal: 'principal' },
      })),
      directory: random.directory,
      ...(random.cards.length > 0 && { rates: { rate_cards: random.cards } }),
    });
    await ledger.collect(from, to);
    api = await startApi(ledger.database.url, { CHARGEBACK_TIMEZONE: timezone });
  });
  afterAll(async () => {
    await api?.close();
    await ledger?.drop();
  });

  const ask = async <T>(path: string) => {
    const { status, text, json } = await api.asAdmin(path);
    expect([status, status === 200 ? '' : text]).toEqual([200, '']);
    return json as T;
  };

  test.each(questions)('days and prices sum to what /v1/costs says: %j', async ({ meter, range, filter, month }) => {
    const days = await ask<ExplainedDays>(`/v1/explanations/days?charge_type=${meter}&${range}${filter}`);
    const costs = await ask<Costs>(
      `/v1/costs?${month ?? range}&charge_type=${meter}${filter}&granularity=day&limit=5000`,
    );
    expect(days.total).toEqual({
      quantity: total(costs.data.map(({ quantity }) => quantity ?? '0')),
      cost: total(costs.data.map(({ cost }) => cost)),
    });
    expect(total(days.days.map(({ cost }) => cost))).toBe(days.total.cost);
    expect(total(days.prices.map(({ cost }) => cost))).toBe(days.total.cost);
    expect(total(days.prices.map(({ quantity }) => quantity))).toBe(days.total.quantity);
    const byDay = new Map<string, string>();
    for (const { day, cost } of days.days.filter(({ price_id }) => price_id !== null)) {
      byDay.set(day, total([byDay.get(day) ?? '0', cost]));
    }
    const dayOf = (start = '') => new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(new Date(start));
    expect([...byDay]).toEqual(costs.data.map(({ start, cost }) => [dayOf(start as string), formatDecimal(cost)]));
  });

  test('hours sum to their day, and each can be reckoned by hand from its month to date and the tiers', async () => {
    for (const meter of random.meters) {
      for (const workspace of ['payments', '']) {
        const asked = `charge_type=${meter}&workspace=${workspace}`;
        const days = await ask<ExplainedDays>(
          `/v1/explanations/days?${asked}&from_ts=${isoHour(from - 24 * HOUR)}&to_ts=${isoHour(to + 24 * HOUR)}`,
        );
        const prices = new Map(days.prices.map((price) => [price.price_id, price]));
        for (const day of new Set(days.days.map((one) => one.day))) {
          const { hours } = await ask<ExplainedHours>(`/v1/explanations/hours?${asked}&day=${day}`);
          const own = days.days.filter((one) => one.day === day);
          expect([day, total(hours.map(({ cost }) => cost)), total(hours.map(({ quantity }) => quantity))]).toEqual([
            day,
            total(own.map(({ cost }) => cost)),
            total(own.map(({ quantity }) => quantity)),
          ]);
          for (const { price_id, month_to_date, cost, quantity, resources } of hours) {
            if (resources > 0) {
              expect(new Decimal(month_to_date?.after ?? 'NaN').minus(month_to_date?.before ?? 'NaN').toFixed()).toBe(
                quantity,
              );
            }
            const price = price_id === null ? undefined : prices.get(price_id);
            if (price && month_to_date) {
              const amount = tierAmount(price.tiers, month_to_date.after).minus(
                tierAmount(price.tiers, month_to_date.before),
              );
              expect(divide(amount, new Decimal(price.per)).toFixed()).toBe(cost);
            } else {
              expect(cost).toBeNull();
            }
          }
        }
      }
    }
  });
});
