import type { Collections, MeterCollection } from '../../api/collections';
import { contiguousRuns, HOUR } from '../../domain/hours';
import type { Context } from '../context';
import { recentJobs } from './requested-collections';

interface CollectionRow {
  meter: string;
  first: Date | null;
  watermark: Date | null;
  collected_hours: number;
  missing: Date[] | null;
  failed: Array<{ hour: string; attempts: number; error: string; at: string }> | null;
  not_counted: string;
  last_at: Date | null;
  last_duration: number | null;
  last_series: number | null;
  last_samples: string | null;
}

/** How far each active meter is collected, what is missing or failed, and the jobs that were asked for. */
export async function collections(context: Context): Promise<Collections> {
  const { rows } = await context.pool.query<CollectionRow>(
    `select s.meter, s.first, s.watermark,
       (select count(*)::integer from chargeback_data.collection where meter_id = m.id and collected_at is not null) as collected_hours,
       (select array_agg(hour order by hour) from chargeback.collection_status c where c.meter = s.meter and c.state = 'missing') as missing,
       (select jsonb_agg(jsonb_build_object('hour', hour, 'attempts', attempts, 'error', error, 'at', failed_at) order by hour)
        from chargeback_data.collection where meter_id = m.id and error is not null) as failed,
       (select coalesce(sum(not_counted), 0)::text from chargeback_data.collection where meter_id = m.id) as not_counted,
       l.collected_at as last_at, l.duration_ms as last_duration, l.series as last_series, l.samples as last_samples
     from chargeback.meter_status s
     join chargeback_data.meter m on m.slug = s.meter
     left join lateral (
       select * from chargeback_data.collection where meter_id = m.id and collected_at is not null order by collected_at desc, hour desc limit 1
     ) l on true
     order by s.meter`,
  );
  const watermarks = rows.flatMap(({ watermark }) => (watermark ? [watermark.getTime()] : []));
  return {
    watermark: watermarks.length > 0 ? new Date(Math.min(...watermarks)).toISOString() : null,
    meters: rows.map(meterCollection),
    jobs: await recentJobs(context),
  };
}

function meterCollection(row: CollectionRow): MeterCollection {
  const missing = (row.missing ?? []).map(Number);
  return {
    meter: row.meter,
    first: row.first?.toISOString() ?? null,
    watermark: row.watermark?.toISOString() ?? null,
    collected_hours: row.collected_hours,
    missing_hours: missing.length,
    missing: contiguousRuns(missing).map(({ from, to }) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    })),
    failed: failures(row.failed ?? []),
    not_counted: row.not_counted,
    last_run:
      row.last_at === null
        ? null
        : {
            at: row.last_at.toISOString(),
            duration_ms: row.last_duration ?? 0,
            series: row.last_series ?? 0,
            samples: Number(row.last_samples ?? 0),
          },
  };
}

/** Neighbouring hours that failed with the same words are one entry. */
function failures(
  rows: Array<{ hour: string; attempts: number; error: string; at: string }>,
): MeterCollection['failed'] {
  const found: MeterCollection['failed'] = [];
  for (const { hour, attempts, error, at } of rows) {
    const from = new Date(hour);
    const last = found.at(-1);
    if (last && last.error === error && Date.parse(last.to) === from.getTime()) {
      last.to = new Date(from.getTime() + HOUR).toISOString();
      last.attempts = Math.max(last.attempts, attempts);
    } else {
      found.push({
        from: from.toISOString(),
        to: new Date(from.getTime() + HOUR).toISOString(),
        attempts,
        error,
        at: new Date(at).toISOString(),
      });
    }
  }
  return found;
}
