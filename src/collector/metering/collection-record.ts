import type { Hour } from '../../domain/hours';
import type { Context } from '../context';
import type { Client } from '../db/pool';
import type { MeterReadings } from './readings';
import type { StoredMeter } from './meters';

/** Notes that these hours of a meter were read, with what was seen. `duration` in milliseconds is that of the whole run. */
export async function recordCollected(
  db: Client,
  meter: StoredMeter,
  hours: Hour[],
  read: MeterReadings,
  at: Date,
  duration: number,
): Promise<void> {
  const seen = new Map(hours.map((hour) => [hour, { series: 0, samples: 0, coverage: 0 }]));
  for (const { hour, samples, coverage } of read.readings) {
    const sum = seen.get(hour);
    if (sum) {
      sum.series += 1;
      sum.samples += samples;
      sum.coverage += coverage;
    }
  }
  const rows = [...seen].map(([hour, { series, samples, coverage }]) => ({
    hour: new Date(hour).toISOString(),
    series,
    samples,
    coverage: series > 0 ? (coverage / series).toFixed(4) : null,
  }));
  await db.query(
    `insert into chargeback_data.collection as c (meter_id, hour, collected_at, series, samples, coverage, duration_ms, attempts)
     select $1, r.hour, $2, r.series, r.samples, r.coverage, $3, 1 from jsonb_to_recordset($4::jsonb) as r(hour timestamptz, series integer, samples bigint, coverage numeric)
     on conflict (meter_id, hour) do update set collected_at = excluded.collected_at, series = excluded.series, samples = excluded.samples,
       coverage = excluded.coverage, duration_ms = excluded.duration_ms, attempts = c.attempts + 1, failed_at = null, error = null, transient = false`,
    [meter.id, at, duration, JSON.stringify(rows)],
  );
  if (read.interval !== null && meter.interval === null) {
    await db.query(
      'update chargeback_data.meter set learned_interval_ms = $2 where id = $1 and learned_interval_ms is distinct from $2',
      [meter.id, read.interval],
    );
  }
}

/**
 * Notes why these hours of a meter could not be read; what was collected of them before stays. `transient`: it is not the
 * hours' fault (Prometheus was away), so they are tried again soon.
 */
export async function recordFailure(
  context: Context,
  meter: StoredMeter,
  hours: Hour[],
  error: string,
  transient: boolean,
): Promise<void> {
  await context.pool.query(
    `insert into chargeback_data.collection as c (meter_id, hour, attempts, failed_at, error, transient)
     select $1, h.hour, 1, $3, $4, $5 from unnest($2::timestamptz[]) as h(hour)
     on conflict (meter_id, hour) do update set attempts = c.attempts + 1, failed_at = excluded.failed_at, error = excluded.error, transient = excluded.transient`,
    [meter.id, hours.map((hour) => new Date(hour)), new Date(context.now()), error, transient],
  );
  context.log.warn(
    { meter: meter.slug, hours: hours.length, from: new Date(hours[0] ?? 0).toISOString(), error },
    'collection failed',
  );
}
