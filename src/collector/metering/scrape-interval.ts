import { HOUR, type Hour } from '../../domain/hours';
import { contiguousRuns } from '../../domain/hours';
import type { PrometheusClient } from './prometheus/client';
import type { Selector } from './promql/selector';
import { readRawSamples, type Sample } from './raw-samples';
import { labelsOf, type ReadSeries } from './readings';

/** Prometheus' own default, for a job of which no two samples of one hour were ever seen. */
const DEFAULT_INTERVAL = 60_000;

/** How often a series was sampled in an hour. */
export interface SampleCount {
  series: number;
  hour: Hour;
  samples: number;
}

/** Scrape interval in milliseconds of the series `series` in `hour`. */
export type IntervalOf = (series: number, hour: Hour) => number;

/**
 * Learns the scrape interval of each job and hour from the spacing of samples: the commonest spacing in the
 * best-covered series of the job. Per hour, because intervals are changed; per job, because jobs have their own.
 */
export async function learnIntervals(
  prometheus: PrometheusClient,
  selector: Selector,
  series: ReadSeries[],
  counts: SampleCount[],
): Promise<IntervalOf> {
  const jobs = series.map(jobOf);
  const slotOf = (number: number, hour: Hour) => `${hour} ${jobs[number]}`;
  const best = new Map<string, SampleCount>();
  for (const count of counts) {
    const slot = slotOf(count.series, count.hour);
    const known = best.get(slot);
    if (
      !known ||
      count.samples > known.samples ||
      (count.samples === known.samples && keyOf(series, count) < keyOf(series, known))
    ) {
      best.set(slot, count);
    }
  }
  const hoursOfSeries = new Map<number, Hour[]>();
  for (const { series: number, hour, samples } of best.values()) {
    if (samples > 1) {
      hoursOfSeries.set(number, [...(hoursOfSeries.get(number) ?? []), hour]);
    }
  }
  const learned = new Map<string, number>();
  for (const [number, hours] of hoursOfSeries) {
    for (const run of contiguousRuns(hours, 48)) {
      await readRawSamples(
        prometheus,
        selector,
        labelsOf(series[number]),
        run.from,
        run.to,
        () => (_labels, samples) => {
          for (let hour = run.from; hour < run.to; hour += HOUR) {
            const spacing = commonestSpacing(samples.filter(([at]) => at > hour && at <= hour + HOUR));
            if (spacing !== null) {
              learned.set(slotOf(number, hour), spacing);
            }
          }
        },
      );
    }
  }
  const fallback = [...learned.values()].at(-1) ?? DEFAULT_INTERVAL;
  return (number, hour) => learned.get(slotOf(number, hour)) ?? fallback;
}

function keyOf(series: ReadSeries[], count: SampleCount): string {
  return series[count.series]?.key ?? '';
}

const JOB = /[{,]"job":("(?:[^"\\]|\\.)*")/;

/** The job of a series, without parsing its other labels. */
function jobOf({ key }: ReadSeries): string {
  const job = JOB.exec(key)?.[1];
  return job ? (JSON.parse(job) as string) : '';
}

/** The commonest distance between neighbouring samples in milliseconds (to the second where it is above two: scrapes jitter); the smaller of equals. */
export function commonestSpacing(samples: Sample[]): number | null {
  const times = new Map<number, number>();
  samples.slice(1).forEach(([at], index) => {
    const distance = at - (samples[index]?.[0] ?? at);
    const rounded = distance > 2000 ? Math.round(distance / 1000) * 1000 : distance;
    times.set(rounded, (times.get(rounded) ?? 0) + 1);
  });
  const [commonest] = [...times].sort(([a, n], [b, m]) => m - n || a - b);
  return commonest?.[0] || null;
}

/** samples × interval ÷ 1 h, at most 1. */
export function coverageOf(samples: number, interval: number): number {
  return Math.min(1, (samples * interval) / HOUR);
}
