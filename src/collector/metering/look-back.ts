import { HOUR, type Hour } from '../../domain/hours';
import type { PrometheusClient } from './prometheus/client';
import { renderSelector, type Selector } from './promql/selector';
import type { Baseline, ReadSeries } from './readings';
import { SeriesIndex } from './readings';

/**
 * The last sample at or before `before` of every series that has one in the last `lookbackHours` hours.
 * Needed where the hour before was not collected: its growth belongs to nobody, but its last value is the baseline.
 */
export async function readBaselines(
  prometheus: PrometheusClient,
  selector: Selector,
  before: Hour,
  lookbackHours: number,
): Promise<{ series: ReadSeries[]; baselines: Baseline[] }> {
  const query = `last_over_time(${renderSelector(selector)}[${await prometheus.window(HOUR)}])`;
  let index = new SeriesIndex();
  let last = new Map<number, Baseline>();
  await prometheus.hourly(query, before - (lookbackHours - 1) * HOUR, before, () => {
    const series = (index = new SeriesIndex());
    const fresh = (last = new Map<number, Baseline>());
    return ({ metricText, values }) => {
      const newest = values?.findLast(([, value]) => Number.isFinite(Number(value)));
      if (newest) {
        const number = series.number(metricText);
        fresh.set(number, { series: number, hour: Math.round(newest[0] * 1000) - HOUR, last: newest[1] });
      }
    };
  });
  return { series: index.series, baselines: [...last.values()] };
}
