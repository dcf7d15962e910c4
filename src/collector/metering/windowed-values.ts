import { HOUR, type Hour } from '../../domain/hours';
import { ChargebackError } from '../errors';
import type { PrometheusClient } from './prometheus/client';
import { renderSelector, type Selector } from './promql/selector';
import type { SeriesIndex } from './readings';

/** Values by series number and hour: `get(series)[hourIndex]`. */
export class HourTable<T> {
  readonly rows: Array<Array<T | undefined>> = [];
  set(series: number, hourIndex: number, value: T): void {
    (this.rows[series] ??= [])[hourIndex] = value;
  }
  get(series: number, hourIndex: number): T | undefined {
    return this.rows[series]?.[hourIndex];
  }
}

/**
 * Evaluates `fn(selector[1 h])` for the hours [from, to), each window being exactly (hour, hour + 1 h].
 * `condition` filters on the server, for example ` > 0`.
 */
export async function windowedValues(
  prometheus: PrometheusClient,
  index: SeriesIndex,
  selector: Selector,
  fn: string,
  from: Hour,
  to: Hour,
  condition = '',
): Promise<HourTable<string>> {
  const query = `${fn}(${renderSelector(selector)}[${await prometheus.window(HOUR)}])${condition}`;
  let table = new HourTable<string>();
  await prometheus.hourly(query, from + HOUR, to, () => {
    const fresh = (table = new HourTable<string>());
    return ({ metricText, values }) => {
      const series = index.number(metricText);
      for (const [seconds, value] of values ?? []) {
        fresh.set(series, Math.round((seconds * 1000 - from) / HOUR) - 1, value);
      }
    };
  });
  return table;
}

/**
 * Throws UNUSABLE_SAMPLES when a series of `selector` has a NaN or infinite sample in [from, to): such a sample has
 * no place in a bill, and min, last and resets would hide it.
 */
export async function refuseUnusable(
  prometheus: PrometheusClient,
  index: SeriesIndex,
  selector: Selector,
  from: Hour,
  to: Hour,
): Promise<void> {
  // A finite sum times 0 is 0; NaN and Inf times 0 are NaN, which differs from everything.
  const query = `sum_over_time(${renderSelector(selector)}[${await prometheus.window(HOUR)}]) * 0 != 0`;
  let found: string[] = [];
  await prometheus.hourly(query, from + HOUR, to, () => {
    const fresh: string[] = (found = []);
    return ({ metricText, values }) => {
      const at = values?.[0]?.[0];
      if (at !== undefined) {
        fresh.push(
          `${index.series[index.number(metricText)]?.key} in the hour from ${new Date(at * 1000 - HOUR).toISOString()}`,
        );
      }
    };
  });
  if (found.length > 0) {
    throw unusable('a NaN or infinite sample', found);
  }
}

/** UNUSABLE_SAMPLES for series with `what`, naming the first five. */
export function unusable(what: string, series: string[]): ChargebackError {
  const more = series.length > 5 ? ` and ${series.length - 5} more` : '';
  return new ChargebackError(
    'UNUSABLE_SAMPLES',
    `${what} in ${series.slice(0, 5).join(', ')}${more}. Mend the exporter, or leave these series out with a matcher in meters.yaml; then collect the hours again.`,
  );
}
