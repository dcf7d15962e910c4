/** A sample: milliseconds since the epoch, and the value as Prometheus writes it (`12.5`, `1e+21`, `NaN`, `+Inf`). */
export type Sample = [timestamp: number, value: string];

/** One time series with all its samples, ascending in time; the metric's name is the label `__name__`. */
export interface SampleSeries {
  labels: Record<string, string>;
  samples: Sample[];
}

/** `NAME{a="…"}` as the exposition formats write it. */
export function seriesText({ __name__: name = '', ...labels }: Record<string, string>): string {
  const escaped = (value: string) => value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

/** How many samples there are, and the instants (ms) of the first and the last. */
export function extent(series: SampleSeries[]): { count: number; first: number; last: number } {
  let [count, first, last] = [0, Infinity, -Infinity];
  for (const { samples } of series) {
    for (const [at] of samples) {
      count += 1;
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
  }
  return { count, first, last };
}
