import type { Hour } from '../../domain/hours';

/**
 * What one hour of one series says. Counter: `first` and `last` sample, `growth` between them (null: last − first).
 * Gauge: `growth` is unit-seconds. Expression: `growth` is the value. All decimal texts.
 */
export interface Reading {
  /** Index into `series`. */
  series: number;
  hour: Hour;
  first: string;
  last: string;
  growth: string | null;
  samples: number;
  /** Share of the expected scrapes that was seen, 0..1. */
  coverage: number;
}

/** The last sample that a series had before the hours read, and the hour it lies in. */
export interface Baseline {
  series: number;
  hour: Hour;
  last: string;
}

/** A series by its labels without the metric's name; `key` is their canonical JSON. */
export interface ReadSeries {
  key: string;
  labels: Record<string, string>;
}

/** All that was read of a meter for a run of hours. */
export interface MeterReadings {
  series: ReadSeries[];
  readings: Reading[];
  baselines: Baseline[];
  /** Scrape interval in milliseconds seen in the newest hour; null when nothing was read or the meter has none. */
  interval: number | null;
}

/** Numbers series in the order in which they are first seen. */
export class SeriesIndex {
  readonly series: ReadSeries[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of the series with these labels; `__name__` is no part of its identity unless `named`. */
  number(labels: Record<string, string>, named = false): number {
    const { __name__, ...rest } = labels;
    const own = named && __name__ !== undefined ? labels : rest;
    const key = JSON.stringify(Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1)));
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.series.length;
      this.#numbers.set(key, number);
      this.series.push({ key, labels: own });
    }
    return number;
  }
}
