import { HOUR, hoursBetween, isoHour, type Hour } from '../../domain/hours';
import type { Context } from '../context';
import { inTransaction } from '../db/pool';
import { ChargebackError } from '../errors';
import { closedUntil, lockMeters, restate } from '../ledger/restate';
import { recordCollected } from './collection-record';
import { findPreexisting } from './process-age';
import type { ReadRun } from './read-run';
import { registerSeries } from './series-registry';
import type { StoredMeter } from './meters';
import { storeReadings } from './store-readings';

export interface RunOutcome {
  changed: number;
  series: number;
  /** Hours whose stored readings were kept because the server has no samples of them any more. */
  kept: number;
  errors: Array<{ from: Hour; to: Hour; error: string }>;
}

/**
 * Stores what was read of a run of hours: readings, facts, roll-up and the note that it was done in one transaction, so that an
 * interruption at any point leaves nothing half done.
 */
export async function storeRun(
  context: Context,
  meter: StoredMeter,
  { from, to, read, begun }: ReadRun,
): Promise<RunOutcome> {
  const { pool, config } = context;
  const ids = await registerSeries(pool, meter, read.series, config.timezone);
  const preexisting = await findPreexisting(context, meter, read, ids);

  return inTransaction(pool, async (db) => {
    await lockMeters(db, [meter.id]);
    const closed = await closedUntil(db);
    if (from < closed) {
      throw new ChargebackError('BILLING_PERIOD_LOCKED', `hours before ${isoHour(closed)} were closed meanwhile`);
    }
    const { rows } = await db.query<{ last: Date | null; emptied: Date[] | null }>(
      `select max(hour) as last,
         array_agg(hour) filter (where hour >= $2 and hour < $3 and series > 0 and not hour = any ($4::timestamptz[])) as emptied
       from chargeback_data.collection where meter_id = $1`,
      [
        meter.id,
        new Date(from),
        new Date(to),
        [...new Set(read.readings.map(({ hour }) => hour))].map((hour) => new Date(hour)),
      ],
    );
    // A server whose retention has passed these hours answers with nothing: that must not erase what was billed from them.
    const emptied = new Set((rows[0]?.emptied ?? []).map(Number));
    const hours = hoursBetween(from, to).filter((hour) => !emptied.has(hour));
    const errors = [...emptied].map((hour) => ({
      from: hour,
      to: hour + HOUR,
      error: `meter ${meter.slug}, hour ${isoHour(hour)}: Prometheus has no samples of this hour any more; the readings collected before were kept`,
    }));
    await db.query(
      'update chargeback_data.collection set collected_at = $3 where meter_id = $1 and hour = any ($2::timestamptz[])',
      [meter.id, [...emptied].map((hour) => new Date(hour)), new Date(context.now())],
    );
    if (hours.length === 0) {
      return { changed: 0, series: 0, kept: emptied.size, errors };
    }
    const fresh = (rows[0]?.last?.getTime() ?? -Infinity) < from;
    await recordCollected(db, meter, hours, read, new Date(context.now()), Math.round(performance.now() - begun));
    const dirty = await storeReadings(db, { meter, hours, read, ids, preexisting, fresh });
    // An hour collected for the first time may hold a part of a gap, even if no series has a sample in it.
    const concerned = [...new Set([...dirty, ...hours])].sort((a, b) => a - b);
    const changed = await restate(db, meter, concerned, config.timezone, fresh ? from : Infinity);
    return { changed, series: read.series.length, kept: emptied.size, errors };
  });
}
