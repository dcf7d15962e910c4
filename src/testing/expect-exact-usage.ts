import { formatDecimal } from '../domain/decimal';
import { hoursBetween, isoHour, type Hour } from '../domain/hours';
import type { TestLedger } from './ledger';
import type { RandomMeter } from './random-usage';
import { referenceCounter } from './reference-metering';

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
    notCounted: [...notCounted]
      .filter(([, amount]) => !amount.isZero())
      .map(([hour, amount]) => `${isoHour(hour)} ${amount.toFixed()}`),
    firstHour,
  };
}

/** The same from the views. In the meter's first hour baselines are the rule, so what they hold is left out there. */
async function found(ledger: TestLedger, meter: RandomMeter, firstHour: Hour) {
  const usage = await ledger.database.pool.query<{
    hour: Date;
    resource: string;
    quantity: string;
    estimated: boolean;
  }>(
    `select hour, concat_ws('/', topic, principal, coalesce(labels->>'operation', '')) as resource, quantity, estimated
     from chargeback.hourly_usage where meter = $1 and quantity <> 0`,
    [meter.metric],
  );
  const notCounted = await ledger.database.pool.query<{ hour: Date; not_counted: string }>(
    `select hour, not_counted from chargeback.collection_status where meter = $1 and not_counted <> 0`,
    [meter.metric],
  );
  return {
    usage: usage.rows.map((row): ResourceHour => ({
      ...row,
      hour: row.hour.getTime(),
      quantity: formatDecimal(row.quantity),
    })),
    notCounted: notCounted.rows
      .filter((row) => row.hour.getTime() !== firstHour)
      .map((row) => `${isoHour(row.hour.getTime())} ${formatDecimal(row.not_counted)}`),
  };
}

/** Fails the test unless the views say of a random meter exactly what the reference says for the hours of its collections. */
export async function expectExactUsage(ledger: TestLedger, meter: RandomMeter, lookbackHours: number): Promise<void> {
  const right = expected(meter, lookbackHours);
  const actual = await found(ledger, meter, right.firstHour);
  // Where nothing but 0 was spread, both flags are right.
  const open = new Set(right.usage.filter(({ estimated }) => estimated === 'open').map(key));
  const lines = (usage: ResourceHour[]) =>
    usage.map((one) => line(open.has(key(one)) ? { ...one, estimated: false } : one)).sort();
  expect({ usage: lines(actual.usage), notCounted: actual.notCounted.sort() }).toEqual({
    usage: lines(right.usage),
    notCounted: right.notCounted.sort(),
  });
}
