import { Decimal, formatDecimal } from '../../domain/decimal';
import { HOUR, type Hour } from '../../domain/hours';
import { ChargebackError } from '../errors';
import type { MeterDefinition } from './meters';
import type { PrometheusClient } from './prometheus/client';
import type { Selector } from './promql/selector';
import { eachWithRawSamples, type Sample } from './raw-samples';
import { SeriesIndex, type MeterReadings, type Reading } from './readings';
import { coverageOf, learnIntervals } from './scrape-interval';
import { refuseUnusable, windowedValues } from './windowed-values';

/**
 * Reads the hours [from, to) of a gauge as Σ samples × interval in unit-seconds. A gauge that did not move in an hour
 * needs no raw samples; the server's own sums are floats and would not be exact. Throws as readCounter does.
 */
export async function readGauge(
  prometheus: PrometheusClient,
  meter: MeterDefinition,
  selector: Selector,
  from: Hour,
  to: Hour,
): Promise<MeterReadings> {
  const index = new SeriesIndex();
  await refuseUnusable(prometheus, index, selector, from, to);
  const counts = await windowedValues(prometheus, index, selector, 'count_over_time', from, to);
  const least = await windowedValues(prometheus, index, selector, 'min_over_time', from, to);
  const most = await windowedValues(prometheus, index, selector, 'max_over_time', from, to);

  const readings: Reading[] = [];
  const moved: Reading[] = [];
  counts.rows.forEach((row, series) => {
    row.forEach((count, hourIndex) => {
      const low = least.get(series, hourIndex);
      const high = most.get(series, hourIndex);
      if (count === undefined) {
        return;
      }
      if (low === undefined || high === undefined) {
        throw new ChargebackError(
          'PROMETHEUS_UNAVAILABLE',
          `the samples of ${meter.query} changed while they were read`,
        );
      }
      const sum = low === high ? formatDecimal(new Decimal(low).times(count)) : null;
      const reading: Reading = {
        series,
        hour: from + hourIndex * HOUR,
        first: low,
        last: high,
        growth: sum,
        samples: Number(count),
        coverage: 0,
      };
      readings.push(reading);
      if (sum === null) {
        moved.push(reading);
      }
    });
  });

  await eachWithRawSamples(prometheus, selector, index, moved, (reading, samples) => {
    reading.growth = sumOf(samples);
  });

  const intervalOf =
    meter.interval === null
      ? await learnIntervals(prometheus, selector, index.series, readings)
      : () => meter.interval ?? HOUR;
  for (const reading of readings) {
    const interval = intervalOf(reading.series, reading.hour);
    reading.coverage = coverageOf(reading.samples, interval);
    reading.growth = formatDecimal(new Decimal(reading.growth ?? '0').times(interval).times('0.001'));
  }
  const newest = readings.at(-1);
  return {
    series: index.series,
    readings,
    baselines: [],
    interval: newest ? intervalOf(newest.series, newest.hour) : null,
  };
}

/** The exact sum of samples. Whole numbers that add up below 2⁵³ need no decimals, which are 100 times slower. */
export function sumOf(samples: Sample[]): string {
  let whole = 0;
  let rest = new Decimal(0);
  for (const [, value] of samples) {
    const number = Number(value);
    if (Number.isSafeInteger(number) && Number.isSafeInteger(whole + number)) {
      whole += number;
    } else {
      rest = rest.plus(value);
    }
  }
  return formatDecimal(rest.plus(whole));
}
