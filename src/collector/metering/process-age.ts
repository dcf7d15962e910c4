import { HOUR, type Hour } from '../../domain/hours';
import type { Context } from '../context';
import type { StoredMeter } from './meters';
import type { PrometheusClient } from './prometheus/client';
import { labelsOf, type MeterReadings } from './readings';

/** Whether the process behind a series is known to be older than its first scrape. */
export type IsPreexisting = (labels: Record<string, string>) => boolean;

const targetOf = (labels: Record<string, string>) => JSON.stringify([labels.job, labels.instance]);

/**
 * Says for the targets first seen in `hour` which of them belong to a process that ran before: the target (job,
 * instance) has no `up` sample in the look-back, so it was not scraped, and its process_start_time_seconds lies
 * before the hour. Such a counter's first sample holds growth of times that nobody measured.
 */
export async function readProcessAges(
  prometheus: PrometheusClient,
  hour: Hour,
  lookbackHours: number,
): Promise<IsPreexisting> {
  let started = new Map<string, number>();
  // The earliest start seen in the hour is that of the process that gave the first sample.
  await prometheus.hourly(
    `min by (job, instance) (min_over_time(process_start_time_seconds[${await prometheus.window(HOUR)}]))`,
    hour + HOUR,
    hour + HOUR,
    () => {
      const fresh = (started = new Map<string, number>());
      return ({ metric, values }) => {
        const start = values?.[0]?.[1];
        if (start !== undefined) {
          fresh.set(targetOf(metric), Number(start) * 1000);
        }
      };
    },
  );
  let scraped = new Set<string>();
  if (started.size > 0) {
    await prometheus.hourly(
      `count by (job, instance) (count_over_time(up[${await prometheus.window(lookbackHours * HOUR)}]))`,
      hour,
      hour,
      () => {
        const fresh = (scraped = new Set<string>());
        return ({ metric }) => {
          fresh.add(targetOf(metric));
        };
      },
    );
  }
  return (labels) => {
    const start = started.get(targetOf(labels));
    return (
      labels.job !== undefined &&
      labels.instance !== undefined &&
      start !== undefined &&
      start < hour &&
      !scraped.has(targetOf(labels))
    );
  };
}

/** The readings (as `id:hour`) that are a series' first and belong to a process that ran before it was scraped. */
export async function findPreexisting(
  context: Context,
  meter: StoredMeter,
  read: MeterReadings,
  ids: number[],
): Promise<Set<string>> {
  const found = new Set<string>();
  if (meter.kind !== 'counter' || read.readings.length === 0) {
    return found;
  }
  const seenBefore = new Set(read.baselines.map(({ series }) => series));
  const earliest = read.readings.reduce((least, { hour }) => Math.min(least, hour), Infinity);
  const { rows } = await context.pool.query<{ id: number; first_hour: Date | number }>(
    'select id, first_hour from chargeback_data.series where meter_id = $1 and first_hour >= $2',
    [meter.id, new Date(earliest)],
  );
  if (rows.length === 0) {
    return found;
  }
  const candidates = new Map(rows.map(({ id, first_hour }) => [id, Number(first_hour)]));
  const firsts = new Map<number, Hour>();
  for (const { series, hour } of read.readings) {
    firsts.set(series, Math.min(firsts.get(series) ?? Infinity, hour));
  }
  const byHour = new Map<Hour, number[]>();
  for (const [series, hour] of firsts) {
    if (
      !seenBefore.has(series) &&
      (candidates.get(ids[series] ?? 0) ?? -Infinity) >= hour &&
      labelsOf(read.series[series]).instance !== undefined
    ) {
      byHour.set(hour, [...(byHour.get(hour) ?? []), series]);
    }
  }
  for (const [hour, series] of byHour) {
    const isPreexisting = await readProcessAges(context.prometheus, hour, context.config.lookbackHours);
    for (const number of series) {
      if (isPreexisting(labelsOf(read.series[number]))) {
        found.add(`${ids[number]}:${hour}`);
      }
    }
  }
  return found;
}
