import { Decimal, formatDecimal } from '../../domain/decimal';
import { HOUR, type Hour } from '../../domain/hours';
import { ChargebackError } from '../errors';
import type { MeterDefinition } from './meters';
import type { PrometheusClient } from './prometheus/client';
import type { Selector } from './promql/selector';
import { eachWithRawSamples, type Sample } from './raw-samples';
import { SeriesIndex, type MeterReadings, type Reading } from './readings';
import { coverageOf, learnIntervals } from './scrape-interval';
import { refuseUnusable, unusable, windowedValues } from './windowed-values';

/**
 * Reads the hours [from, to) of a counter: min, last, resets and count of each hour from the server, and raw samples
 * only of series that fell within an hour. Throws UNUSABLE_SAMPLES, PROMETHEUS_UNAVAILABLE, PROMETHEUS_REFUSED.
 */
export async function readCounter(
  prometheus: PrometheusClient,
  meter: MeterDefinition,
  selector: Selector,
  from: Hour,
  to: Hour,
): Promise<MeterReadings> {
  const index = new SeriesIndex();
  await refuseUnusable(prometheus, index, selector, from, to);
  const counts = await windowedValues(prometheus, index, selector, 'count_over_time', from, to);
  const firsts = await windowedValues(prometheus, index, selector, 'min_over_time', from, to);
  const lasts = await windowedValues(prometheus, index, selector, 'last_over_time', from, to);
  const resets = await windowedValues(prometheus, index, selector, 'resets', from, to, ' > 0');

  const readings: Reading[] = [];
  const negative: string[] = [];
  counts.rows.forEach((row, series) => {
    row.forEach((count, hourIndex) => {
      const first = firsts.get(series, hourIndex);
      const last = lasts.get(series, hourIndex);
      if (count === undefined) {
        return;
      }
      if (first === undefined || last === undefined) {
        // Samples that arrive between two of the queries; the next attempt sees them in all.
        throw new ChargebackError(
          'PROMETHEUS_UNAVAILABLE',
          `the samples of ${meter.query} changed while they were read`,
        );
      }
      if (first.startsWith('-') && Number(first) < 0) {
        negative.push(
          `${index.series[series]?.key} in the hour from ${new Date(from + hourIndex * HOUR).toISOString()}`,
        );
      }
      readings.push({
        series,
        hour: from + hourIndex * HOUR,
        first,
        last,
        growth: null,
        samples: Number(count),
        coverage: 0,
      });
    });
  });
  if (negative.length > 0) {
    throw unusable('a negative value, which a counter cannot have (is it a gauge?),', negative);
  }

  const fell = readings.filter(({ series, hour }) => resets.get(series, (hour - from) / HOUR) !== undefined);
  await eachWithRawSamples(prometheus, selector, index, fell, (reading, samples) => {
    reading.first = samples[0]?.[1] ?? reading.first;
    reading.last = samples.at(-1)?.[1] ?? reading.last;
    reading.growth = growthOf(samples);
  });

  const intervalOf =
    meter.interval === null
      ? await learnIntervals(prometheus, selector, index.series, readings)
      : () => meter.interval ?? HOUR;
  for (const reading of readings) {
    reading.coverage = coverageOf(reading.samples, intervalOf(reading.series, reading.hour));
  }
  const newest = readings.at(-1);
  return {
    series: index.series,
    readings,
    baselines: [],
    interval: newest ? intervalOf(newest.series, newest.hour) : null,
  };
}

/**
 * The growth of a counter over its samples: Σ of (next − this), or next where it fell. Exact.
 * Only where it falls do decimals need adding: between falls the growth is last − first.
 */
export function growthOf(samples: Sample[]): string {
  let growth = new Decimal(0);
  let start = samples[0]?.[1] ?? '0';
  let previous = start;
  for (const [, value] of samples.slice(1)) {
    if (Number(value) < Number(previous)) {
      growth = growth.plus(new Decimal(previous).minus(start)).plus(value);
      start = value;
    }
    previous = value;
  }
  return formatDecimal(growth.plus(new Decimal(previous).minus(start)));
}
