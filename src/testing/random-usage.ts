import fc from 'fast-check';
import { HOUR, type Hour } from '../domain/hours';
import type { Sample, SampleSeries } from './sample-set';

const MINUTE = 60_000;

/** A counter meter of its own with everything that can happen to it, and the collections to be made of it. */
export interface RandomMeter {
  /** The metric; also the `job` of its targets. */
  metric: string;
  series: SampleSeries[];
  up: SampleSeries[];
  processStart: SampleSeries[];
  /** Collections in the order in which they are made; together they say which hours are collected. */
  collections: Collection[];
}

/** `together`: begun at the same time as the one before; `interrupted`: broken off somewhere, later made again. */
export interface Collection {
  from: Hour;
  to: Hour;
  manner: 'alone' | 'together' | 'interrupted';
}

/** A small generator with a state of its own: the noise within a series, which fast-check only seeds. */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const minutes = (min: number, max: number) => fc.integer({ min, max });

/** Minutes with samples, then minutes without. */
const stretch = fc.record({
  on: fc.oneof({ weight: 3, arbitrary: minutes(1, 90) }, { weight: 6, arbitrary: minutes(60, 900) }),
  off: fc.oneof(
    { weight: 6, arbitrary: minutes(1, 150) },
    { weight: 4, arbitrary: minutes(60, 600) },
    { weight: 1, arbitrary: minutes(1500, 4000) },
  ),
});

const oneSeries = (hours: number) =>
  fc.record({
    seed: fc.nat(),
    topic: fc.constantFrom('orders', 'refunds', 'x'),
    principal: fc.constantFrom('', 'alice'),
    operation: fc.constantFrom('', 'fetch'),
    target: fc.option(fc.constantFrom(0, 1), { freq: 3 }),
    /** Minutes after the beginning of the timeline (or before it) at which the series begins; null: with its target. */
    begins: fc.oneof(minutes(-1800, 0), minutes(0, hours * 45), fc.constant(null)),
    stretches: fc.array(stretch, { minLength: 1, maxLength: 10 }),
    interval: fc.constantFrom(1, 5, 5, 10, 20, 45),
    /** Seconds after the full minute; 0 puts samples exactly on the hour. */
    offset: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 59 })),
    style: fc.constantFrom('whole', 'fraction', 'large', 'idle'),
    resets: fc.constantFrom(0, 0.01, 0.05, 0.3),
  });
type OneSeries = ReturnType<typeof oneSeries> extends fc.Arbitrary<infer T> ? T : never;

/** The samples of one series on the timeline; values are made in thousandths, so that they are exact. */
function samplesOf(spec: OneSeries, begins: number, start: number, end: number): Sample[] {
  const next = noise(spec.seed);
  const samples: Sample[] = [];
  const step = { whole: 100_000, fraction: 5_000, large: 9_000_000_000, idle: 1_000 }[spec.style];
  const unit = spec.style === 'fraction' ? 1 : 1000;
  const amount = (most: number) => Math.floor((next() * most) / unit) * unit;
  let value = spec.style === 'large' ? 700_000_000_000_000 : next() < 0.4 ? 0 : amount(step * 20);
  let minute = Math.ceil(begins / spec.interval) * spec.interval;
  for (const { on, off } of spec.stretches) {
    for (const until = minute + on; minute < until; minute += spec.interval) {
      const busy = spec.style === 'idle' ? next() < 0.05 : next() < 0.8;
      // After a reset the value is anything: nothing, little, or within one step beyond what it was before.
      value =
        next() < spec.resets
          ? amount(next() < 0.3 ? value * 1.5 : step)
          : value + (busy ? amount(next() < 0.05 ? step * 30 : step) : 0);
      const at = start + minute * MINUTE + spec.offset * 1000;
      if (at <= end) {
        samples.push([at, String(value / 1000)]);
      }
    }
    minute = Math.ceil((minute + off) / spec.interval) * spec.interval;
  }
  return samples;
}

const target = (hours: number) =>
  fc.record({
    /** Minutes after the timeline's beginning. */
    processStarts: minutes(-3000, hours * 40),
    scrapes: fc.array(fc.record({ after: fc.oneof(minutes(-1600, 0), minutes(0, hours * 50)), for: minutes(5, 900) }), {
      minLength: 1,
      maxLength: 3,
    }),
  });

const timeline = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 5, max: 36 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 110 }) },
);

/** Random counter meters whose timelines begin at `start` (an hour); the metric's name is given later. */
export function randomMeter(start: Hour): fc.Arbitrary<(metric: string) => RandomMeter> {
  return fc
    .noBias(timeline)
    .chain((hours) => fc.noBias(meterSpec(hours)).map((spec) => (metric) => build(metric, spec, start, hours)));
}

const meterSpec = (hours: number) =>
  fc.record({
    series: fc.array(oneSeries(hours), { minLength: 1, maxLength: 8 }),
    targets: fc.tuple(target(hours), target(hours)),
    collections: fc.array(
      fc.record({
        from: fc.integer({ min: -2, max: hours - 1 }),
        length: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: Math.min(hours, 30) })),
        manner: fc.constantFrom<Collection['manner']>('alone', 'alone', 'together', 'interrupted'),
      }),
      { minLength: 3, maxLength: 12 },
    ),
  });
type MeterSpec = ReturnType<typeof meterSpec> extends fc.Arbitrary<infer T> ? T : never;

function build(metric: string, spec: MeterSpec, start: Hour, hours: number): RandomMeter {
  const end = start + (hours + 2) * HOUR;
  const ofTarget = (index: number) => ({ job: metric, instance: `i${index}` });
  const scrapes = spec.targets.map(({ scrapes: stretches }) => {
    const found = new Set<number>();
    for (const { after, for: length } of stretches) {
      for (let minute = after; minute < after + length; minute += 10) {
        found.add(minute);
      }
    }
    return [...found].sort((a, b) => a - b);
  });
  const scraped = (name: string, value: (index: number) => string) =>
    scrapes.map((times, index) => ({
      labels: { __name__: name, ...ofTarget(index) },
      samples: times.map((minute): Sample => [start + minute * MINUTE, value(index)]),
    }));
  return {
    metric,
    series: spec.series.map((one, index) => ({
      labels: {
        __name__: metric,
        direction: 'produce',
        pod: `p${index}`,
        topic: one.topic,
        ...(one.principal && { principal: one.principal }),
        ...(one.operation && { operation: one.operation }),
        ...(one.target !== null && ofTarget(one.target)),
      },
      samples: samplesOf(one, one.begins ?? scrapes[one.target ?? 0]?.[0] ?? 0, start, end),
    })),
    up: scraped('up', () => '1'),
    // A quarter of a second off: no process begins exactly on an hour.
    processStart: scraped('process_start_time_seconds', (index) =>
      String((start + (spec.targets[index]?.processStarts ?? 0) * MINUTE) / 1000 + 0.25),
    ),
    collections: spec.collections.map(({ from, length, manner }) => ({
      from: start + from * HOUR,
      to: start + (from + length) * HOUR,
      manner,
    })),
  };
}
