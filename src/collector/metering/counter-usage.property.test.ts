import fc from 'fast-check';
import { hoursBetween, isoHour, type Hour } from '../../domain/hours';
import { formatDecimal } from '../../domain/decimal';
import { createLedger, type TestLedger } from '../../testing/ledger';
import type { LocalServer } from '../../testing/local-server';
import { noise, randomMeter, type RandomMeter } from '../../testing/random-usage';
import { referenceCounter } from '../../testing/reference-metering';
import { startPrometheus } from '../../testing/prometheus-server';
import { startVictoriaMetrics } from '../../testing/victoria-metrics-server';

const SEED = Number(process.env.CHARGEBACK_TEST_SEED ?? Date.now() % 2 ** 31);
const METERS = Number(process.env.CHARGEBACK_TEST_RUNS ?? 36);
const START = Date.parse('2026-02-27T00:00:00Z');
const LOOKBACKS = [1, 5, 24];

const meters = fc.sample(randomMeter(START), { numRuns: METERS, seed: SEED }).map((make, index) => make(`m${index}`));
const lookbackOf = (index: number) => LOOKBACKS[index % LOOKBACKS.length] ?? 24;

/** Makes the collections in their order; what was interrupted is made again at the end. */
async function collectAll(ledger: TestLedger, meter: RandomMeter, random: () => number): Promise<void> {
  let begun: Array<Promise<void>> = [];
  const again: Array<{ from: Hour; to: Hour }> = [];
  for (const { from, to, manner } of meter.collections) {
    if (manner !== 'together') {
      await Promise.all(begun);
      begun = [];
    }
    if (manner === 'interrupted') {
      again.push({ from, to });
      await ledger.collectInterrupted(random() * 80, from, to, meter.metric);
    } else {
      begun.push(ledger.collect(from, to, meter.metric));
    }
  }
  await Promise.all(begun);
  for (const { from, to } of again) {
    await ledger.collect(from, to, meter.metric);
  }
}

interface ResourceHour {
  hour: Hour;
  resource: string;
  quantity: string;
  estimated: boolean | 'open';
}
const key = ({ hour, resource }: Pick<ResourceHour, 'hour' | 'resource'>) => `${isoHour(hour)} ${resource}`;
const line = (usage: ResourceHour) => `${key(usage)} = ${usage.quantity}${usage.estimated ? ' ~' : ''}`;

/** What the reference says, by resource. */
function expected(meter: RandomMeter, lookbackHours: number) {
  const collected = meter.collections.flatMap(({ from, to }) => hoursBetween(from, to));
  const { usage, notCounted, firstHour } = referenceCounter({ ...meter, collected, lookbackHours });
  const resources = new Map<string, ResourceHour>();
  for (const { labels, hour, quantity, estimated } of usage) {
    const resource = [labels.topic, labels.principal, labels.operation].map((label) => label ?? '').join('/');
    const sum = resources.get(key({ hour, resource }));
    resources.set(key({ hour, resource }), {
      hour,
      resource,
      quantity: quantity.plus(sum?.quantity ?? 0).toFixed(),
      estimated: sum?.estimated === true ? true : estimated || (sum?.estimated ?? false),
    });
  }
  return {
    usage: [...resources.values()].filter(({ quantity }) => quantity !== '0'),
    notCounted: [...notCounted].filter(([, amount]) => !amount.isZero()).map(([hour, amount]) => `${isoHour(hour)} ${amount.toFixed()}`),
    firstHour,
  };
}

/** The same from the views. In the meter's first hour baselines are the rule, so what they hold is left out there. */
async function found(ledger: TestLedger, meter: RandomMeter, firstHour: Hour) {
  const usage = await ledger.database.pool.query<{ hour: Date; resource: string; quantity: string; estimated: boolean }>(
    `select hour, concat_ws('/', topic, principal, coalesce(labels->>'operation', '')) as resource, quantity, estimated
     from chargeback.hourly_usage where meter = $1 and quantity <> 0`,
    [meter.metric]
  );
  const notCounted = await ledger.database.pool.query<{ hour: Date; not_counted: string }>(
    `select hour, not_counted from chargeback.collection_status where meter = $1 and not_counted <> 0`,
    [meter.metric]
  );
  return {
    usage: usage.rows.map((row): ResourceHour => ({ ...row, hour: row.hour.getTime(), quantity: formatDecimal(row.quantity) })),
    notCounted: notCounted.rows
      .filter((row) => row.hour.getTime() !== firstHour)
      .map((row) => `${isoHour(row.hour.getTime())} ${formatDecimal(row.not_counted)}`),
  };
}

async function expectExact(ledger: TestLedger, meter: RandomMeter, lookbackHours: number): Promise<void> {
  const right = expected(meter, lookbackHours);
  const actual = await found(ledger, meter, right.firstHour);
  // Where nothing but 0 was spread, both flags are right.
  const open = new Set(right.usage.filter(({ estimated }) => estimated === 'open').map(key));
  const lines = (usage: ResourceHour[]) => usage.map((one) => line(open.has(key(one)) ? { ...one, estimated: false } : one)).sort();
  expect({ usage: lines(actual.usage), notCounted: actual.notCounted.sort() }).toEqual({ usage: lines(right.usage), notCounted: right.notCounted.sort() });
}

describe.each([
  ['Prometheus', startPrometheus],
  ['VictoriaMetrics', startVictoriaMetrics],
] as const)('%s', (_name, start) => {
  let server: LocalServer;
  const ledgers: TestLedger[] = [];

  beforeAll(async () => {
    // A series with another direction, which the meters' selectors leave out.
    const others = meters.map(({ series }) => ({ ...series[0], labels: { ...series[0]?.labels, direction: 'consume' }, samples: series[0]?.samples ?? [] }));
    server = await start([...meters.flatMap(({ series, up, processStart }) => [...series, ...up, ...processStart]), ...others]);
    for (const [index, lookbackHours] of LOOKBACKS.entries()) {
      ledgers.push(
        await createLedger({
          prometheusUrl: server.url,
          lookbackHours,
          meters: meters
            .filter((_meter, number) => number % LOOKBACKS.length === index)
            .map(({ metric }) => ({
              slug: metric,
              unit: 'byte',
              counter: `${metric}{direction="produce"}`,
              dimensions: { topic: 'topic', principal: 'principal' },
              labels: ['operation'],
            })),
        })
      );
    }
  });
  afterAll(async () => {
    await Promise.all(ledgers.map((ledger) => ledger.drop()));
    await server?.stop();
  });

  test.each(meters.map((meter, index) => [`meter ${index} of seed ${SEED}`, meter, index] as const))(
    'usage is what the samples say: %s',
    async (_title, meter, index) => {
      const ledger = ledgers[index % LOOKBACKS.length];
      if (!ledger) {
        throw new Error('no ledger');
      }
      await collectAll(ledger, meter, noise(SEED + index));
      await expectExact(ledger, meter, lookbackOf(index));
    }
  );
});
