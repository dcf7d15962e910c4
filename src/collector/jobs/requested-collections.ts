import { makeWorkerUtils } from 'graphile-worker';
import type { Job } from '../../api/collections';
import { HOUR, type Hour } from '../../domain/hours';
import type { Context } from '../context';
import { inTransaction, ownPool } from '../db/pool';
import { ChargebackError } from '../errors';
import { checkRange, collect } from '../metering/collect';
import { storedMeters } from '../metering/stored-meters';
import { recordCollection } from './record-collection';

/** The queue's name for a collection that somebody asked for. */
export const REQUESTED = 'collect-requested';

interface JobRow {
  id: string;
  state: Job['state'];
  from_hour: Date;
  to_hour: Date;
  meters: string[];
  done: number;
  total: number;
  created_at: Date;
  started_at: Date | null;
  error: string | null;
}

/** Puts a collection of [from, to) into the queue and records who asked for it; returns the job's id. Throws as collect does for bad ranges. */
export async function requestCollection(
  context: Context,
  { from, to, meters }: { from: Hour; to: Hour; meters?: string[] | undefined },
  actor: string,
): Promise<string> {
  const known = await storedMeters(context.pool);
  await checkRange(context, { from, to, ...(meters ? { meters } : {}) }, known);
  const slugs = meters ?? known.map(({ slug }) => slug);
  const id = await inTransaction(context.pool, async (db) => {
    const { rows } = await db.query<{ id: string }>(
      'insert into chargeback_data.job (from_hour, to_hour, meters, total, created_by) values ($1, $2, $3, $4, $5) returning id',
      [new Date(from), new Date(to), JSON.stringify(slugs), ((to - from) / HOUR) * slugs.length, actor],
    );
    const job = rows[0]?.id ?? '';
    await recordCollection(db, { from, to, meters: slugs }, actor, job);
    return job;
  });
  const queue = await makeWorkerUtils({ pgPool: ownPool(context.pool) });
  try {
    await queue.addJob(REQUESTED, { id }, { jobKey: `requested:${id}`, maxAttempts: 10 });
  } finally {
    await queue.release();
  }
  return id;
}

/**
 * Works a requested collection off, writing its progress; after an interruption it begins anew, which changes nothing
 * twice. `lastAttempt` tells that a failure is final.
 */
export async function runRequested(
  context: Context,
  id: string,
  signal: AbortSignal,
  lastAttempt: boolean,
): Promise<void> {
  const { rows } = await context.pool.query<JobRow>(
    `update chargeback_data.job set state = 'running', started_at = $2, done = 0 where id = $1 and state <> 'done' returning *`,
    [id, new Date(context.now())],
  );
  const job = rows[0];
  if (!job) {
    return;
  }
  try {
    let reported = Promise.resolve<unknown>(undefined);
    const { meters } = await collect(context, {
      from: job.from_hour.getTime(),
      to: job.to_hour.getTime(),
      meters: job.meters,
      signal,
      onProgress: ({ done }) => {
        reported = reported
          .then(() => context.pool.query('update chargeback_data.job set done = $2 where id = $1', [id, done]))
          .catch(() => undefined);
      },
    });
    await reported;
    const errors = meters.flatMap((meter) => meter.errors.map(({ error }) => error));
    await finish(context, id, errors.length > 0 ? 'failed' : 'done', errors.join('\n') || null);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const final =
      lastAttempt ||
      (error instanceof ChargebackError && ['INVALID_REQUEST', 'BILLING_PERIOD_LOCKED'].includes(error.code));
    await finish(context, id, final ? 'failed' : 'queued', words);
    if (!final) {
      throw error;
    }
  }
}

async function finish({ pool, now }: Context, id: string, state: Job['state'], error: string | null): Promise<void> {
  await pool.query('update chargeback_data.job set state = $2, error = $3, finished_at = $4 where id = $1', [
    id,
    state,
    error,
    new Date(now()),
  ]);
}

/** A requested collection by its id; null when there is none. */
export async function getJob({ pool, now }: Pick<Context, 'pool' | 'now'>, id: string): Promise<Job | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    return null;
  }
  const { rows } = await pool.query<JobRow>('select * from chargeback_data.job where id = $1', [id]);
  return rows[0] ? answer(rows[0], now()) : null;
}

/** The newest requested collections, unfinished ones first. */
export async function recentJobs({ pool, now }: Pick<Context, 'pool' | 'now'>): Promise<Job[]> {
  const { rows } = await pool.query<JobRow>(
    `select * from chargeback_data.job order by state in ('queued', 'running') desc, created_at desc limit 20`,
  );
  return rows.map((row) => answer(row, now()));
}

function answer(row: JobRow, now: number): Job {
  const elapsed = row.started_at ? (now - row.started_at.getTime()) / 1000 : 0;
  const eta =
    row.state === 'running' && row.done > 0
      ? Math.max(0, Math.round((elapsed / row.done) * (row.total - row.done)))
      : null;
  return {
    id: row.id,
    state: row.state,
    from: row.from_hour.toISOString(),
    to: row.to_hour.toISOString(),
    meters: row.meters,
    done: row.done,
    total: row.total,
    eta_seconds: row.state === 'done' ? 0 : eta,
    created_at: row.created_at.toISOString(),
    ...(row.error ? { error: row.error } : {}),
  };
}
