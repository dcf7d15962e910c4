import type { Chargeback } from '../../../api/chargeback';
import type { ExplainedDays, ExplainedHours, ExplainedReadings } from '../../../api/explanations';
import { Decimal } from '../../../domain/decimal';
import { HOUR, isoHour } from '../../../domain/hours';
import { createLedger, type TestLedger } from '../../../testing/ledger';
import type { LocalServer } from '../../../testing/local-server';
import { startPrometheus } from '../../../testing/prometheus-server';
import type { Sample, SampleSeries } from '../../../testing/sample-set';
import { startApi, type TestApi } from '../../../testing/test-api';

/** 25 October 2026 has 25 hours in Berlin, 29 March 23. */
const ZONE = 'Europe/Berlin';
const LONG_DAY = Date.parse('2026-10-24T22:00:00Z');
const HOURS = 25;
const TIERS = [
  { from: '0', unit_price: '0' },
  { from: '1000', unit_price: '0.01' },
];

/** A pod's counter: a sample every quarter of an hour, some growth, one restart. */
function pod(name: string, step: number, restartAt: number): SampleSeries {
  const samples: Sample[] = [];
  let value = 500;
  for (let quarter = -4; quarter <= HOURS * 4; quarter += 1) {
    value = quarter === restartAt ? 3 : value + step;
    samples.push([LONG_DAY + quarter * 900_000, String(value)]);
  }
  return { labels: { __name__: 'gateway_bytes_total', pod: name, topic: 'orders' }, samples };
}

let prometheus: LocalServer;
let ledger: TestLedger;
let api: TestApi;
beforeAll(async () => {
  prometheus = await startPrometheus([
    pod('a', 7, 30),
    pod('b', 5, -1000),
    { ...pod('c', 11, -1000), labels: { __name__: 'gateway_bytes_total', pod: 'c', topic: 'audit' } },
  ]);
  ledger = await createLedger({
    prometheusUrl: prometheus.url,
    timezone: ZONE,
    meters: [
      { slug: 'kafka_ingress_bytes', unit: 'byte', counter: 'gateway_bytes_total', dimensions: { topic: 'topic' } },
    ],
    directory: {
      rules: [
        { match: { topic: 'orders' }, set: { workspace: 'payments', application: 'checkout' } },
        { match: { topic: 'audit' }, set: { workspace: 'platform', application: 'audit' } },
      ],
    },
    rates: {
      rate_cards: [
        { name: 'tiers', valid_from: '2026-10-01', prices: { kafka_ingress_bytes: { per: 3, tiers: TIERS } } },
        {
          name: 'agreed',
          workspace: 'platform',
          valid_from: '2026-10-25T06:00:00Z',
          currency: 'EUR',
          prices: { kafka_ingress_bytes: { unit_price: '2' } },
        },
      ],
    },
  });
  await ledger.collect(LONG_DAY, LONG_DAY + HOURS * HOUR);
  api = await startApi(ledger);
});
afterAll(async () => {
  await api?.stop();
  await ledger?.drop();
  await prometheus?.stop();
});

const ask = async <T>(path: string) => {
  const answer = await api.get(path);
  expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
  return answer.json<T>();
};
const METER = 'charge_type=kafka_ingress_bytes';
const sum = (amounts: Array<string | null>) =>
  amounts.reduce((total, amount) => total.plus(amount ?? '0'), new Decimal(0)).toFixed();

/** The raw samples that Prometheus has of a series in (from, to]. */
async function rawSamples(labels: Record<string, string>, from: number, to: number): Promise<Sample[]> {
  const selector = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  const query = new URLSearchParams({
    query: `gateway_bytes_total{${selector.join(',')}}[${to - from}ms]`,
    time: String(to / 1000),
  });
  const answer = (await (await fetch(`${prometheus.url}/api/v1/query?${query}`)).json()) as {
    data: { result: Array<{ values: Array<[number, string]> }> };
  };
  return (answer.data.result[0]?.values ?? [])
    .map(([seconds, value]): Sample => [seconds * 1000, value])
    .filter(([at]) => at > from);
}

test('a FinOps person follows a cent of the bill to its samples', async () => {
  const bill = await ask<Chargeback>('/v1/chargeback?period=2026-10');
  const line = bill.lines.find(({ application }) => application === 'checkout');

  const days = await ask<ExplainedDays>(
    `/v1/explanations/days?period=2026-10&${METER}&workspace=payments&application=checkout`,
  );
  expect(days.total).toEqual({ quantity: line?.ingress_bytes, cost: line?.ingress_cost });
  expect(days.prices).toMatchObject([{ rate_card: 'tiers', per: '3', tiers: TIERS, cost: line?.total_cost }]);
  expect(days.days.map(({ day, facts }) => [day, facts])).toEqual([['2026-10-25', HOURS]]);

  const { hours } = await ask<ExplainedHours>(
    `/v1/explanations/hours?day=2026-10-25&${METER}&workspace=payments&application=checkout`,
  );
  expect(hours).toHaveLength(HOURS);
  expect(sum(hours.map(({ cost }) => cost))).toBe(line?.total_cost);
  expect(sum(hours.map(({ quantity }) => quantity))).toBe(line?.ingress_bytes);

  // The hour in which the included quantity was used up: only what is beyond it costs.
  const crossing = hours.find(
    ({ month_to_date }) => Number(month_to_date?.before) < 1000 && Number(month_to_date?.after) > 1000,
  );
  const beyond = new Decimal(crossing?.month_to_date?.after ?? 'NaN').minus(1000);
  expect(crossing?.cost).toBe(beyond.times('0.01').div(3).toDecimalPlaces(12, Decimal.ROUND_HALF_UP).toFixed());

  // The hour in which pod a was restarted.
  const restarted = LONG_DAY + 7 * HOUR;
  const readings = await ask<ExplainedReadings>(
    `/v1/explanations/readings?hour=${isoHour(restarted)}&${METER}&workspace=payments&application=checkout`,
  );
  const hour = hours.find((one) => Date.parse(one.hour) === restarted);
  expect(readings.total).toEqual({ quantity: hour?.quantity, cost: hour?.cost });
  expect(readings).toMatchObject({ kind: 'counter', query: 'gateway_bytes_total', found: 2, unexplained: null });
  for (const { labels, first, last, growth, samples, previous, link, usage } of readings.data) {
    const raw = await rawSamples(labels, restarted, restarted + HOUR);
    const before = (await rawSamples(labels, restarted - HOUR, restarted)).at(-1);
    expect([first, last, samples]).toEqual([raw[0]?.[1], raw.at(-1)?.[1], raw.length]);
    expect(previous).toEqual({ hour: new Date(restarted - HOUR).toISOString(), last: before?.[1] });
    const steps = [before, ...raw].map((sample) => Number(sample?.[1]));
    const grown = steps
      .slice(1)
      .map((value, index) => (value >= (steps[index] ?? 0) ? value - (steps[index] ?? 0) : value));
    expect([link?.amount, growth, usage]).toEqual([
      String(grown[0]),
      String(grown.slice(1).reduce((a, b) => a + b, 0)),
      String(grown.reduce((a, b) => a + b, 0)),
    ]);
  }
  expect(sum(readings.data.map(({ usage }) => usage))).toBe(hour?.quantity);
});

test('a day has as many hours as it has in the billing time zone', async () => {
  const count = async (day: string) =>
    (await ask<ExplainedHours>(`/v1/explanations/hours?day=${day}&${METER}`)).hours.map((one) => one.hour);
  expect(await count('2026-10-25')).toHaveLength(25);
  const short = await count('2026-03-29');
  expect([short.length, short[0], short.at(-1)]).toEqual([23, '2026-03-28T23:00:00.000Z', '2026-03-29T21:00:00.000Z']);
});

test('costs in another currency are explained in theirs, usage before any agreement is not lost', async () => {
  const other = await ask<ExplainedDays>(
    `/v1/explanations/days?period=2026-10&${METER}&workspace=platform&currency=EUR`,
  );
  const own = await ask<ExplainedDays>(`/v1/explanations/days?period=2026-10&${METER}&workspace=platform`);
  expect(other.prices.map(({ rate_card, workspace }) => [rate_card, workspace])).toEqual([['agreed', 'platform']]);
  expect(own.prices.map(({ rate_card }) => rate_card)).toEqual(['tiers']);
  expect([own.days[0]?.facts, other.days[0]?.facts]).toEqual([8, 17]);
  // The month goes on counting, under whatever card.
  const { hours } = await ask<ExplainedHours>(
    `/v1/explanations/hours?day=2026-10-25&${METER}&workspace=platform&currency=EUR`,
  );
  const first = hours.find(({ resources }) => resources > 0);
  expect(first).toMatchObject({ hour: '2026-10-25T06:00:00.000Z', quantity: '44', cost: '88' });
  expect(first?.month_to_date?.before).toBe(own.total.quantity);
  const readings = (currency: string) =>
    ask<ExplainedReadings>(
      `/v1/explanations/readings?hour=2026-10-25T06:00:00Z&${METER}&topic=audit&currency=${currency}`,
    );
  expect(await readings('EUR')).toMatchObject({ found: 1, total: { quantity: '44', cost: '88' }, unexplained: null });
  expect(await readings('USD')).toMatchObject({ found: 0, total: { quantity: '0', cost: null }, unexplained: null });
});
