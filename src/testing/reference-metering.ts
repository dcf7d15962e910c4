import { Decimal } from '../domain/decimal';
import { HOUR, type Hour } from '../domain/hours';
import type { Sample, SampleSeries } from './sample-set';

/**
 * What a counter's usage must be, straight from the contract ("What is metered, to the digit"): slow, from raw
 * samples, one series after the other. The judge of the collector; it shares no code with it.
 */
export interface CounterInput {
  /** The meter's series. */
  series: SampleSeries[];
  /** Series of `up` and `process_start_time_seconds`, with `job` and `instance`. */
  up: SampleSeries[];
  processStart: SampleSeries[];
  /** The set of hours that were collected, in whatever order. */
  collected: Iterable<Hour>;
  lookbackHours: number;
}

/** Usage of one series in one hour; `estimated` when a part of it was spread over a gap, `open` when all such parts are 0. */
export interface SeriesUsage {
  labels: Record<string, string>;
  hour: Hour;
  quantity: Decimal;
  estimated: boolean | 'open';
}

export interface CounterUsage {
  usage: SeriesUsage[];
  /** First samples of processes that are older than their first scrape, by hour; nothing for the meter's first hour. */
  notCounted: Map<Hour, Decimal>;
  /** The hour of the earliest sample that is known; Infinity without any. */
  firstHour: Hour;
}

/** The hour that owns a sample: hour `h` owns (h, h + 1 h]. */
export function owner(at: number): Hour {
  return Math.ceil(at / HOUR) * HOUR - HOUR;
}

/** A sample's value as the decimal that Prometheus prints: the shortest one that gives the same float64. */
export function valueOf(sample: Sample): Decimal {
  return new Decimal(Number(sample[1]));
}

const between = (samples: Sample[], after: number, upTo: number) => samples.filter(([at]) => at > after && at <= upTo);

/** All samples of collected hours, and of hours before a collected stretch the last one within the look-back. */
function knownSamples(samples: Sample[], collected: Set<Hour>, lookbackHours: number): Sample[] {
  const known = new Map<number, Sample>();
  for (const hour of collected) {
    for (const sample of between(samples, hour, hour + HOUR)) {
      known.set(sample[0], sample);
    }
    const before = collected.has(hour - HOUR) ? undefined : between(samples, hour - lookbackHours * HOUR, hour).at(-1);
    if (before) {
      known.set(before[0], before);
    }
  }
  return [...known.values()].sort((a, b) => a[0] - b[0]);
}

/** `amount` in `count` parts: equal ones cut off behind 12 decimals (or the amount's own, if more), the last takes what remains. */
export function spread(amount: Decimal, count: number): Decimal[] {
  const part = amount.div(count).toDecimalPlaces(Math.max(12, amount.decimalPlaces()), Decimal.ROUND_DOWN);
  return [...Array.from({ length: count - 1 }, () => part), amount.minus(part.times(count - 1))];
}

/** The usage of every series and collected hour that is not 0 or was spread, and what was not counted. */
export function referenceCounter(input: CounterInput): CounterUsage {
  const collected = new Set(input.collected);
  const known = input.series.map(({ samples }) => knownSamples(samples, collected, input.lookbackHours));
  const firstOfMeter = Math.min(...known.map(([first]) => (first ? owner(first[0]) : Infinity)));
  const notCounted = new Map<Hour, Decimal>();
  const usage: SeriesUsage[] = [];

  input.series.forEach(({ labels }, index) => {
    const hours = new Map<Hour, { quantity: Decimal; estimated: boolean | 'open' }>();
    const add = (hour: Hour, quantity: Decimal, isSpread: boolean) => {
      const sum = hours.get(hour) ?? { quantity: new Decimal(0), estimated: false };
      const estimated = isSpread && (quantity.isZero() ? 'open' : true);
      hours.set(hour, {
        quantity: sum.quantity.plus(quantity),
        estimated: sum.estimated === true ? true : estimated || sum.estimated,
      });
    };

    let previous: Sample | undefined;
    for (const sample of known[index] ?? []) {
      const hour = owner(sample[0]);
      if (!collected.has(hour)) {
        // Seen by a look-back only: a baseline for what follows.
      } else if (previous) {
        const growth = valueOf(sample).gte(valueOf(previous))
          ? valueOf(sample).minus(valueOf(previous))
          : valueOf(sample);
        const after = owner(previous[0]);
        const count = Math.max(1, (hour - after) / HOUR);
        spread(growth, count).forEach((part, step) => add(hour - (count - 1 - step) * HOUR, part, count > 1));
      } else if (hour !== firstOfMeter) {
        if (isOlderThanItsScrape(labels, hour, input)) {
          notCounted.set(hour, (notCounted.get(hour) ?? new Decimal(0)).plus(valueOf(sample)));
        } else {
          add(hour, valueOf(sample), false);
        }
      }
      previous = sample;
    }

    for (const [hour, { quantity, estimated }] of hours) {
      if (collected.has(hour) && (estimated || !quantity.isZero())) {
        usage.push({ labels, hour, quantity, estimated });
      }
    }
  });
  return { usage, notCounted, firstHour: firstOfMeter };
}

/** The target was not scraped within the look-back before `hour`, and its process was started before `hour`. */
function isOlderThanItsScrape(labels: Record<string, string>, hour: Hour, input: CounterInput): boolean {
  if (labels.job === undefined || labels.instance === undefined) {
    return false;
  }
  const ofTarget = (series: SampleSeries[]) =>
    series
      .filter(({ labels: { job, instance } }) => job === labels.job && instance === labels.instance)
      .flatMap(({ samples }) => samples);
  const scrapedBefore = between(ofTarget(input.up), hour - input.lookbackHours * HOUR, hour).length > 0;
  const start = between(ofTarget(input.processStart), hour, hour + HOUR)[0];
  return !scrapedBefore && start !== undefined && Number(start[1]) * 1000 < hour;
}

/** Unit-hours of a gauge's resource: Σ samples of all its series × interval ÷ 1 h, 12 decimals, half away from zero. */
export function referenceGauge(series: SampleSeries[], hour: Hour, intervalMs: number): Decimal {
  const sum = series
    .flatMap(({ samples }) => between(samples, hour, hour + HOUR))
    .reduce((total, sample) => total.plus(valueOf(sample)), new Decimal(0));
  return sum.times(intervalMs).div(HOUR).toDecimalPlaces(12, Decimal.ROUND_HALF_UP);
}
