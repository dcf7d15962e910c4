import { HOUR, hoursBetween, isoHour, type Hour } from '../../domain/hours';
import type { Context } from '../context';
import { inTransaction } from '../db/pool';
import { ChargebackError } from '../errors';
import { closedUntil, lockMeters, restate } from '../ledger/restate';
import { recordCollected } from './collection-record';
import { readCounter } from './counter-reader';
import { readExpression } from './expression-reader';
import { readGauge } from './gauge-reader';
import { readBaselines } from './look-back';
import type { StoredMeter } from './meters';
import { readProcessAges } from './process-age';
import { SeriesIndex, type MeterReadings } from './readings';
import { registerSeries } from './series-registry';
import { storeReadings } from './store-readings';

export interface RunOutcome {
  changed: number;
  series: number;
  /** Hours whose stored readings were kept because the server has no samples of them any more. */
  kept: number;
  errors: Array<{ from: Hour; to: Hour; error: string }>;
}

/**
 * Collects the hours [from, to) of one meter: reads first, then writes readings, facts, roll-up and the note
 * that it was done in one transaction, so that an interruption at any point leaves nothing half done.
 */
export async function collectRun(context: Context, meter: StoredMeter, from: Hour, to: Hour): Promise<RunOutcome> {
  const begun = Date.now();
  const { pool, config } = context;
  const read = await readMeter(context, meter, from, to);
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
      [meter.id, new Date(from), new Date(to), [...new Set(read.readings.map(({ hour }) => hour))].map((hour) => new Date(hour))]
    );
    // A server whose retention has passed these hours answers with nothing: that must not erase what was billed from them.
    const emptied = new Set((rows[0]?.emptied ?? []).map(Number));
    const hours = hoursBetween(from, to).filter((hour) => !emptied.has(hour));
    const errors = [...emptied].map((hour) => ({
      from: hour,
      to: hour + HOUR,
      error: `meter ${meter.slug}, hour ${isoHour(hour)}: Prometheus has no samples of this hour any more; the readings collected before were kept`,
    }));
    if (hours.length === 0) {
      return { changed: 0, series: 0, kept: emptied.size, errors };
    }
    const fresh = (rows[0]?.last?.getTime() ?? -Infinity) < from;
    await recordCollected(db, meter, hours, read, new Date(context.now()), Date.now() - begun);
    const dirty = await storeReadings(db, { meter, hours, read, ids, preexisting, fresh });
    // An hour collected for the first time may hold a part of a gap, even if no series has a sample in it.
    const concerned = [...new Set([...dirty, ...hours])].sort((a, b) => a - b);
    const changed = await restate(db, meter, concerned, config.timezone, fresh ? from : Infinity);
    return { changed, series: read.series.length, kept: emptied.size, errors };
  });
}

/** Reads the hours, and the look-back where the hour before was not collected. */
async function readMeter(context: Context, meter: StoredMeter, from: Hour, to: Hour): Promise<MeterReadings> {
  const { prometheus, config, pool } = context;
  if (meter.kind === 'expression' || meter.selector === null) {
    return readExpression(prometheus, meter, from, to);
  }
  if (meter.kind === 'gauge') {
    return readGauge(prometheus, meter, meter.selector, from, to);
  }
  const type = await prometheus.metricType(meter.selector.metric);
  if (type === 'gauge') {
    throw new ChargebackError('UNUSABLE_SAMPLES', `${meter.selector.metric} is a ${type} by Prometheus' metadata, not a counter. Write \`gauge: ${meter.query}\` in meters.yaml.`);
  }
  const read = await readCounter(prometheus, meter, meter.selector, from, to);
  const { rowCount } = await pool.query('select from chargeback_data.collection where meter_id = $1 and hour = $2 and collected_at is not null', [meter.id, new Date(from - HOUR)]);
  if (rowCount !== 0) {
    return read;
  }
  const before = await readBaselines(prometheus, meter.selector, from, config.lookbackHours);
  const index = new SeriesIndex();
  read.series.forEach(({ labels }) => index.number(labels));
  const baselines = before.baselines.map((baseline) => ({ ...baseline, series: index.number(before.series[baseline.series]?.labels ?? {}) }));
  return { ...read, series: index.series, baselines };
}

/** The readings (as `id:hour`) that are a series' first and belong to a process that ran before it was scraped. */
async function findPreexisting(context: Context, meter: StoredMeter, read: MeterReadings, ids: number[]): Promise<Set<string>> {
  const found = new Set<string>();
  if (meter.kind !== 'counter' || read.readings.length === 0) {
    return found;
  }
  const seenBefore = new Set(read.baselines.map(({ series }) => series));
  const { rows } = await context.pool.query<{ id: number; first_hour: Date | number }>('select id, first_hour from chargeback_data.series where id = any ($1::integer[])', [ids]);
  const known = new Map(rows.map(({ id, first_hour }) => [id, Number(first_hour)]));
  const firsts = new Map<number, Hour>();
  for (const { series, hour } of read.readings) {
    firsts.set(series, Math.min(firsts.get(series) ?? Infinity, hour));
  }
  const byHour = new Map<Hour, number[]>();
  for (const [series, hour] of firsts) {
    if (!seenBefore.has(series) && (known.get(ids[series] ?? 0) ?? Infinity) >= hour && read.series[series]?.labels.instance !== undefined) {
      byHour.set(hour, [...(byHour.get(hour) ?? []), series]);
    }
  }
  for (const [hour, series] of byHour) {
    const isPreexisting = await readProcessAges(context.prometheus, hour, context.config.lookbackHours);
    for (const number of series) {
      if (isPreexisting(read.series[number]?.labels ?? {})) {
        found.add(`${ids[number]}:${hour}`);
      }
    }
  }
  return found;
}
