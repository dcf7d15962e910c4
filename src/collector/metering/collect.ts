import { formatDecimal, Decimal } from '../../domain/decimal';
import { HOUR, hoursBetween, isOnHour, isoHour, type Hour } from '../../domain/hours';
import type { Context } from '../context';
import { inTransaction } from '../db/pool';
import { ChargebackError, type Finding } from '../errors';
import { closedUntil } from '../ledger/restate';
import { storeRun } from './store-run';
import { recordFailure } from './collection-record';
import { readRun, type ReadRun } from './read-run';
import { storedMeters } from './stored-meters';
import type { StoredMeter } from './meters';

/** The hours [from, to) to collect, of all active meters or of those named. */
export interface CollectRequest {
  from: Hour;
  to: Hour;
  meters?: string[];
  signal?: AbortSignal;
  onProgress?: (progress: CollectProgress) => void;
}

/** `done` of `total` meter-hours; `hour` is the first one not yet collected of `meter`. */
export interface CollectProgress {
  done: number;
  total: number;
  meter: string;
  hour: Hour;
}

export interface MeterOutcome {
  meter: string;
  /** Hours collected. */
  hours: number;
  /** Facts that were written, changed or removed. */
  changed: number;
  /** Most series seen in a run. */
  series: number;
  /** Growth from before a process was first scraped, in the meter's unit. */
  notCounted: string;
  errors: Array<{ from: Hour; to: Hour; error: string }>;
}

export interface CollectOutcome {
  meters: MeterOutcome[];
}

const TEN_YEARS = 10 * 366 * 24;
/** Every hour from the first one collected on is looked after: one in a mistaken year would make millions. */
const EARLIEST: Hour = Date.UTC(2010, 0, 1);
/** Series × hours that one run may read: bounds memory. */
const RUN_SIZE = 30_000;
const LONGEST_RUN = 168;

/**
 * Reads the hours again and makes the facts what they say. Hours that fail (unusable samples, a refused query) are
 * recorded with the server's words and the others go on; when Prometheus or the database is away it throws.
 * Throws INVALID_REQUEST listing every problem of the range, BILLING_PERIOD_LOCKED for closed hours.
 */
export async function collect(context: Context, request: CollectRequest): Promise<CollectOutcome> {
  const meters = await storedMeters(context.pool);
  if (meters.length === 0) {
    throw new ChargebackError(
      'INVALID_CONFIGURATION',
      'this ledger has no meters; start the program with a meters.yaml, or without one for the preset kafka-gateway',
    );
  }
  const wanted = request.meters ? meters.filter(({ slug }) => request.meters?.includes(slug)) : meters;
  await checkRange(context, request, meters);
  // The look-back may store what it saw in months before.
  await context.pool.query('select chargeback_data.ensure_partitions($1, $2)', [
    new Date(request.from - context.config.lookbackHours * HOUR),
    new Date(request.to),
  ]);

  const total = ((request.to - request.from) / HOUR) * wanted.length;
  let done = 0;
  const outcomes: MeterOutcome[] = [];
  for (const meter of wanted) {
    const outcome = await collectMeter(context, meter, request, (hour, finished) => {
      done += finished;
      request.onProgress?.({ done, total, meter: meter.slug, hour });
    });
    outcomes.push(outcome);
  }
  return { meters: outcomes };
}

/** Throws INVALID_REQUEST with every problem of the range and the meters, or BILLING_PERIOD_LOCKED. */
export async function checkRange(
  context: Context,
  { from, to, meters }: CollectRequest,
  known: StoredMeter[],
): Promise<void> {
  const findings: Finding[] = [];
  for (const [path, at] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isOnHour(at)) {
      findings.push({
        path,
        message: `${new Date(at).toISOString()} is not on the hour; write it as ${isoHour(Math.floor(at / HOUR) * HOUR)}`,
      });
    }
  }
  if (from >= to) {
    findings.push({ path: 'to', message: `must be later than from: the range is half-open [from, to)` });
  }
  if (to > context.now()) {
    findings.push({
      path: 'to',
      message: `the hour before ${isoHour(to)} has not ended; the latest possible is ${isoHour(Math.floor(context.now() / HOUR) * HOUR)}`,
    });
  }
  if (from < EARLIEST) {
    findings.push({
      path: 'from',
      message: `is before ${isoHour(EARLIEST)}, when there was no Prometheus; is the year right?`,
    });
  }
  if ((to - from) / HOUR > TEN_YEARS) {
    findings.push({ path: 'from', message: 'the range is longer than ten years; collect it in parts' });
  }
  const slugs = known.map(({ slug }) => slug);
  for (const slug of meters ?? []) {
    if (!slugs.includes(slug)) {
      findings.push({ path: 'meters', message: `there is no meter ${slug}; known are ${slugs.join(', ')}` });
    }
  }
  if (findings.length > 0) {
    throw new ChargebackError('INVALID_REQUEST', 'These hours cannot be collected:', findings);
  }
  const closed = await closedUntil(context.pool);
  if (from < closed) {
    throw new ChargebackError(
      'BILLING_PERIOD_LOCKED',
      `hours before ${isoHour(closed)} are closed; collect from ${isoHour(closed)} on`,
    );
  }
}

/** Collects one meter run by run, oldest first; `progress` gets the next hour and how many were finished. */
async function collectMeter(
  context: Context,
  meter: StoredMeter,
  { from, to, signal }: CollectRequest,
  progress: (hour: Hour, finished: number) => void,
): Promise<MeterOutcome> {
  const outcome: MeterOutcome = { meter: meter.slug, hours: 0, changed: 0, series: 0, notCounted: '0', errors: [] };
  let length = 2;
  // While a run is stored the next one is read: PostgreSQL and Prometheus work side by side.
  let ahead: Promise<ReadRun> | undefined;
  for (let start = from; start < to;) {
    signal?.throwIfAborted();
    const end = Math.min(to, start + length * HOUR);
    const begun = performance.now();
    const report = (kind: 'collected' | 'failed') =>
      context.onCollection?.({
        meter: meter.slug,
        outcome: kind,
        hours: (end - start) / HOUR,
        seconds: (performance.now() - begun) / 1000,
      });
    try {
      const current = ahead ?? readRun(context, meter, start, end);
      ahead = undefined;
      const read = await current;
      const nextLength = Math.max(
        1,
        Math.min(LONGEST_RUN, Math.floor(RUN_SIZE / Math.max(1, read.read.series.length))),
      );
      if (end < to && read.read.series.length < RUN_SIZE) {
        ahead = readRun(context, meter, end, Math.min(to, end + nextLength * HOUR), true);
        // Its failure is met when its turn comes.
        ahead.catch(() => undefined);
      }
      length = nextLength;
      const run = await storeRun(context, meter, read);
      report('collected');
      outcome.hours += (end - start) / HOUR - run.kept;
      outcome.changed += run.changed;
      outcome.series = Math.max(outcome.series, run.series);
      outcome.errors.push(...run.errors);
      progress(end, (end - start) / HOUR);
      start = end;
    } catch (error) {
      ahead = undefined;
      if (
        !(error instanceof ChargebackError) ||
        !['UNUSABLE_SAMPLES', 'PROMETHEUS_REFUSED', 'PROMETHEUS_UNAVAILABLE'].includes(error.code)
      ) {
        throw error;
      }
      if (end - start > HOUR && error.code !== 'PROMETHEUS_UNAVAILABLE') {
        // One bad hour must not hold back the good ones beside it.
        length = 1;
        continue;
      }
      const hours = hoursBetween(start, end);
      report('failed');
      await recordFailure(context, meter, hours, error.message, error.code === 'PROMETHEUS_UNAVAILABLE');
      if (error.code === 'PROMETHEUS_UNAVAILABLE') {
        throw new ChargebackError(
          'PROMETHEUS_UNAVAILABLE',
          `meter ${meter.slug}, hour ${isoHour(start)}: ${error.detail}`,
          error.findings,
          { cause: error },
        );
      }
      outcome.errors.push({
        from: start,
        to: end,
        error: `meter ${meter.slug}, hour ${isoHour(start)}: ${error.message}`,
      });
      length = 1;
      progress(end, 1);
      start = end;
    }
  }
  outcome.notCounted = await notCounted(context, meter.id, from, to);
  return outcome;
}

async function notCounted(context: Context, meterId: number, from: Hour, to: Hour): Promise<string> {
  return inTransaction(context.pool, async (db) => {
    const { rows } = await db.query<{ amount: string }>(
      'select coalesce(sum(not_counted), 0)::text as amount from chargeback_data.collection where meter_id = $1 and hour >= $2 and hour < $3',
      [meterId, new Date(from), new Date(to)],
    );
    return formatDecimal(new Decimal(rows[0]?.amount ?? '0'));
  });
}
