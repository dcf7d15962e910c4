import type { Client } from '../db/pool';
import { meterKinds } from '../metering/meters';
import { closedUntil, lockMeters, restate } from './restate';
import { recordRestatement, type Restatement } from './restatement';

/**
 * Re-derives the collected open hours of every meter that measures one of the observed resources, from the given moments
 * (ms) on, and puts down what that made of their costs. Returns how many facts changed. Locks the meters.
 */
export async function restateOpenHours(
  db: Client,
  changedFrom: Map<number, number>,
  timezone: string,
  by: Restatement,
): Promise<number> {
  const { rows } = await db.query<{ meter_id: number; resource_id: number }>(
    'select distinct meter_id, resource_id from chargeback_data.series where resource_id = any ($1::integer[])',
    [[...changedFrom.keys()]],
  );
  const from = new Map<number, number>();
  for (const { meter_id, resource_id } of rows) {
    from.set(meter_id, Math.min(from.get(meter_id) ?? Infinity, changedFrom.get(resource_id) ?? Infinity));
  }
  const meterIds = [...from.keys()];
  await lockMeters(db, meterIds);
  const earliest = Math.min(...from.values());
  return recordRestatement(db, { ...by, meterIds, from: earliest, timezone }, () => restateMeters(db, from, timezone));
}

/** The collected open hours of the meters (id → from which moment, ms, on); returns how many facts changed. */
async function restateMeters(db: Client, from: Map<number, number>, timezone: string): Promise<number> {
  const closed = await closedUntil(db);
  let changed = 0;
  for (const meter of await meterKinds(db, [...from.keys()])) {
    const start = Math.max(from.get(meter.id) ?? -Infinity, closed);
    const { rows: hours } = await db.query<{ hour: Date }>(
      'select hour from chargeback_data.collection where meter_id = $1 and collected_at is not null and hour >= $2 order by hour',
      [meter.id, Number.isFinite(start) ? new Date(start) : '-infinity'],
    );
    changed += await restate(
      db,
      meter,
      hours.map(({ hour }) => hour.getTime()),
      timezone,
    );
  }
  return changed;
}
