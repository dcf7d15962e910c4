import { HOUR, type Hour } from '../../domain/hours';
import { ChargebackError } from '../errors';
import type { PrometheusClient } from './prometheus/client';
import { renderSelector, type Selector } from './promql/selector';
import { labelsOf, type Reading, type SeriesIndex } from './readings';

/** A raw sample: milliseconds since the epoch and the value as the server prints it. */
export type Sample = [at: number, value: string];

/**
 * Streams the raw samples in (from, to] of every series of `selector`, narrowed to exactly `labels` when given.
 * `begin` is called at every attempt and returns the function that takes a series.
 */
export async function readRawSamples(
  prometheus: PrometheusClient,
  selector: Selector,
  labels: Record<string, string> | null,
  from: Hour,
  to: Hour,
  begin: () => (metricText: string, samples: Sample[]) => void,
): Promise<void> {
  // A millisecond beyond the end, and without what it adds, for the reason given at PrometheusClient.hourly.
  const query = `${renderSelector(selector, labels ?? {})}[${await prometheus.window(to + 1 - from)}]`;
  await prometheus.instant(query, to + 1, () => {
    const take = begin();
    return ({ metricText, values }) => {
      const samples = (values ?? []).map(([seconds, value]): Sample => [Math.round(seconds * 1000), value]);
      take(
        metricText,
        samples.filter(([at]) => at > from && at <= to),
      );
    };
  });
}

/** With more series than this a raw read takes the whole selector at once instead of a query a series. */
const SINGLE_QUERIES = 32;

/**
 * Raw samples in (from, to] of just those series whose keys are `wanted`: one query each while they are few, else the
 * whole selector, of which the others are passed over.
 */
async function readRawSamplesOf(
  prometheus: PrometheusClient,
  selector: Selector,
  index: SeriesIndex,
  wanted: Set<string>,
  from: Hour,
  to: Hour,
): Promise<Map<string, Sample[]>> {
  const found = new Map<string, Sample[]>();
  const begin = () => (metricText: string, samples: Sample[]) => {
    const key = index.series[index.number(metricText)]?.key ?? '';
    if (wanted.has(key)) {
      found.set(key, samples);
    }
  };
  if (wanted.size > SINGLE_QUERIES) {
    await readRawSamples(prometheus, selector, null, from, to, begin);
  } else {
    for (const key of wanted) {
      await readRawSamples(prometheus, selector, labelsOf({ key }), from, to, begin);
    }
  }
  return found;
}

/** Gives each of the `readings` its raw samples; throws PROMETHEUS_UNAVAILABLE when they are not as many as were counted. */
export async function eachWithRawSamples(
  prometheus: PrometheusClient,
  selector: Selector,
  index: SeriesIndex,
  readings: Reading[],
  take: (reading: Reading, samples: Sample[]) => void,
): Promise<void> {
  for (const hour of new Set(readings.map((reading) => reading.hour))) {
    const inHour = new Map(
      readings
        .filter((reading) => reading.hour === hour)
        .map((reading) => [index.series[reading.series]?.key ?? '', reading]),
    );
    const samples = await readRawSamplesOf(prometheus, selector, index, new Set(inHour.keys()), hour, hour + HOUR);
    for (const [key, reading] of inHour) {
      const own = samples.get(key);
      if (!own || own.length !== reading.samples) {
        throw new ChargebackError('PROMETHEUS_UNAVAILABLE', `the samples of ${key} changed while they were read`);
      }
      take(reading, own);
    }
  }
}
