import { contiguousRuns, HOUR, type Hour } from '../../domain/hours';
import type { Context } from '../context';
import { closedUntil } from '../ledger/restate';

/** A run of hours of a meter that is to be collected now. */
export interface DueRun {
  meter: string;
  from: Hour;
  to: Hour;
}

/** Longest run of one job: short enough that a collector that dies loses little, long enough to be quick. */
const LONGEST_JOB = 24;

/** The newest hour that has ended and settled. */
export function newestSettled(now: number, settleMinutes: number): Hour {
  return Math.floor((now - settleMinutes * 60_000) / HOUR) * HOUR - HOUR;
}

/**
 * What is to be collected, oldest first: hours that are missing between a meter's first collected hour and the newest
 * settled one; the last hours again after each new one, for late samples; failed hours, each minute
 * when Prometheus was away, else with growing patience (1 min, doubling, at most 6 h). A meter that was never collected begins with the newest settled hour.
 */
export async function dueHours(context: Pick<Context, 'pool' | 'config' | 'now'>): Promise<DueRun[]> {
  const { pool, config } = context;
  const now = context.now();
  const newest = newestSettled(now, config.settleMinutes);
  const closed = await closedUntil(pool);
  const { rows } = await pool.query<{ slug: string; hours: Date[] | null }>(
    `select m.slug, array_agg(h.hour order by h.hour) filter (where
        c.meter_id is null
        or (c.error is not null and c.failed_at <= $3::timestamptz - case when c.transient then interval '1 minute'
            else least(interval '6 hours', interval '30 seconds' * 2 ^ least(c.attempts, 12)) end)
        or (c.error is null and c.collected_at is null)
        or (c.error is null and h.hour >= $1::timestamptz - $4::integer * interval '1 hour' and c.collected_at < $2)) as hours
     from chargeback_data.meter m
     left join lateral (
       select min(hour) as hour from chargeback_data.collection where meter_id = m.id and (collected_at is not null or error is not null)
     ) first on true
     cross join lateral generate_series(greatest(coalesce(first.hour, $1), $5), $1, interval '1 hour') as h(hour)
     left join chargeback_data.collection c on c.meter_id = m.id and c.hour = h.hour
     where m.active
     group by m.slug`,
    [
      new Date(newest),
      new Date(newest + HOUR + config.settleMinutes * 60_000),
      new Date(now),
      config.recollectHours,
      Number.isFinite(closed) ? new Date(closed) : new Date(0),
    ],
  );
  return rows
    .flatMap(({ slug, hours }) =>
      contiguousRuns((hours ?? []).map(Number), LONGEST_JOB).map((run) => ({ meter: slug, ...run })),
    )
    .sort((a, b) => a.from - b.from || (a.meter < b.meter ? -1 : 1));
}

/**
 * Takes back the note "collected" from hours that have not ended yet: the clock was ahead when it was made. Returns how many.
 */
export async function forgetFutureHours({ pool, now }: Pick<Context, 'pool' | 'now'>): Promise<number> {
  const { rowCount } = await pool.query(
    `update chargeback_data.collection set collected_at = null where collected_at is not null and hour > $1::timestamptz - interval '1 hour'`,
    [new Date(now())],
  );
  return rowCount ?? 0;
}
