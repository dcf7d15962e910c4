import type { Queryable } from '../db/pool';

/** The end of the last hour that is complete for every meter that was ever collected; null when nothing was. */
export async function currentWatermark(db: Queryable): Promise<Date | null> {
  const { rows } = await db.query<{ watermark: Date | null }>(
    'select min(watermark) as watermark from chargeback.meter_status',
  );
  return rows[0]?.watermark ?? null;
}
