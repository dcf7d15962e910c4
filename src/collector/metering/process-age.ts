import { HOUR, type Hour } from '../../domain/hours';
import type { PrometheusClient } from './prometheus/client';

/** Whether the process behind a series is known to be older than its first scrape. */
export type IsPreexisting = (labels: Record<string, string>) => boolean;

const targetOf = (labels: Record<string, string>) => JSON.stringify([labels.job, labels.instance]);

/**
 * Says for the targets first seen in `hour` which of them belong to a process that ran before: the target (job,
 * instance) has no `up` sample in the look-back, so it was not scraped, and its process_start_time_seconds lies
 * before the hour. Such a counter's first sample holds growth of times that nobody measured.
 */
export async function readProcessAges(prometheus: PrometheusClient, hour: Hour, lookbackHours: number): Promise<IsPreexisting> {
  let started = new Map<string, number>();
  // The earliest start seen in the hour is that of the process that gave the first sample.
  await prometheus.instant(`min by (job, instance) (min_over_time(process_start_time_seconds[${await prometheus.window(HOUR)}]))`, hour + HOUR, () => {
    const fresh = (started = new Map<string, number>());
    return ({ metric, value }) => {
      if (value) {
        fresh.set(targetOf(metric), Number(value[1]) * 1000);
      }
    };
  });
  let scraped = new Set<string>();
  if (started.size > 0) {
    await prometheus.instant(`count by (job, instance) (count_over_time(up[${await prometheus.window(lookbackHours * HOUR)}]))`, hour, () => {
      const fresh = (scraped = new Set<string>());
      return ({ metric }) => {
        fresh.add(targetOf(metric));
      };
    });
  }
  return (labels) => {
    const start = started.get(targetOf(labels));
    return labels.job !== undefined && labels.instance !== undefined && start !== undefined && start < hour && !scraped.has(targetOf(labels));
  };
}
