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

/** A series by its labels without the metric's name, as JSON with the names in order. */
export interface ReadSeries {
  key: string;
}

/** The labels of a series. */
export function labelsOf(series: ReadSeries | undefined): Record<string, string> {
  return series ? (JSON.parse(series.key) as Record<string, string>) : {};
}

/** All that was read of a meter for a run of hours. */
export interface MeterReadings {
  series: ReadSeries[];
  readings: Reading[];
  baselines: Baseline[];
  /** Scrape interval in milliseconds seen in the newest hour; null when nothing was read or the meter has none. */
  interval: number | null;
}

const NAME = /^\{"__name__":"(?:[^"\\]|\\.)*",?/;

/** Numbers series in the order in which they are first seen. */
export class SeriesIndex {
  readonly series: ReadSeries[] = [];
  /** By their key, and by other spellings of it that a server uses. */
  readonly #numbers = new Map<string, number>();

  /** The number of the series with these labels (a JSON object); `__name__` is no part of its identity unless `named`. */
  number(labels: string, named = false): number {
    const text = named ? labels : labels.replace(NAME, '{');
    return this.#numbers.get(text) ?? this.#add(text, named);
  }

  #add(text: string, named: boolean): number {
    const { __name__, ...rest } = JSON.parse(text) as Record<string, string>;
    const own = named && __name__ !== undefined ? { ...rest, __name__ } : rest;
    const canonical = JSON.stringify(Object.fromEntries(Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1))));
    const known = this.#numbers.get(canonical);
    const number = known ?? this.series.length;
    if (known === undefined) {
      this.series.push({ key: canonical });
      this.#numbers.set(canonical, number);
    }
    if (text !== canonical) {
      this.#numbers.set(text, number);
    }
    return number;
  }
}
