import type { z } from 'zod';
import type { CollectedHours } from '../../api/collections';
import { HOUR, type Hour } from '../../domain/hours';
import type { Context } from '../context';
import { newestSettled } from './due-hours';

type CollectedHour = z.infer<typeof CollectedHours>['hours'][number];
type HourRow = Omit<CollectedHour, 'hour' | 'samples' | 'coverage' | 'collected_at'> & {
  hour: Date;
  samples: string;
  coverage: string | null;
  collected_at: Date | null;
};

/** Every hour of [from, to) of a meter and how far it is; nothing but the range decides how many there are. */
export async function collectedHours(
  { pool, config, now }: Pick<Context, 'pool' | 'config' | 'now'>,
  { meterId, meter, from, to }: { meterId: number; meter: string; from: Hour; to: Hour },
): Promise<CollectedHours> {
  const present = now();
  const { rows } = await pool.query<HourRow>(
    `select h.hour, case
         when c.error is not null then 'failed'
         when c.collected_at is not null then 'collected'
         when h.hour > $4::timestamptz - interval '1 hour' then 'future'
         when h.hour > $5 then 'due'
         else 'missing' end as state,
       coalesce(c.series, 0) as series, coalesce(c.samples, 0)::text as samples, c.coverage::text as coverage, c.collected_at,
       coalesce(c.attempts, 0) as attempts, c.error
     from generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', interval '1 hour') as h(hour)
     left join chargeback_data.collection c on c.meter_id = $1 and c.hour = h.hour
     order by h.hour`,
    [meterId, new Date(from), new Date(to), new Date(present), new Date(newestSettled(present, config.settleMinutes))],
  );
  return {
    meter,
    timezone: config.timezone,
    hours: rows.map((row) => ({
      ...row,
      hour: row.hour.toISOString(),
      samples: Number(row.samples),
      coverage: row.coverage === null ? null : Number(row.coverage),
      collected_at: row.collected_at?.toISOString() ?? null,
    })),
  };
}

/** Longest range of hours that is told at once. */
export const LONGEST_HOURS: number = 100 * 24 * HOUR;
