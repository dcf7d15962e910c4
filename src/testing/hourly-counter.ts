import { Decimal } from '../domain/decimal';
import { HOUR, type Hour } from '../domain/hours';
import type { Sample, SampleSeries } from './sample-set';

/**
 * A counter that grows by `growths[n]` (decimal text or a whole number) in hour n after `start`: a sample in the middle
 * of each hour, and one in the hour before, which is the baseline. `null` leaves the hour without a sample.
 */
export function hourlyCounter(
  labels: Record<string, string>,
  start: Hour,
  growths: Array<string | number | null>,
): SampleSeries {
  let value = new Decimal(1000);
  const samples: Sample[] = [[start - HOUR / 2, value.toFixed()]];
  growths.forEach((growth, index) => {
    if (growth !== null) {
      value = value.plus(growth);
      samples.push([start + index * HOUR + HOUR / 2, value.toFixed()]);
    }
  });
  return { labels, samples };
}
