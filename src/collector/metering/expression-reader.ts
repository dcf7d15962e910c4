import { HOUR, type Hour } from '../../domain/hours';
import type { MeterDefinition } from './meters';
import type { PrometheusClient } from './prometheus/client';
import { SeriesIndex, type MeterReadings, type Reading } from './readings';
import { unusable } from './windowed-values';

/** Reads the hours [from, to) of an expression: its value at each hour's end, per resulting series. Throws as readCounter does. */
export async function readExpression(
  prometheus: PrometheusClient,
  meter: MeterDefinition,
  from: Hour,
  to: Hour,
): Promise<MeterReadings> {
  let index = new SeriesIndex();
  let readings: Reading[] = [];
  let bad: string[] = [];
  await prometheus.hourly(meter.query, from + HOUR, to, () => {
    const series = (index = new SeriesIndex());
    const fresh: Reading[] = (readings = []);
    const wrong: string[] = (bad = []);
    return ({ metricText, values }) => {
      const number = series.number(metricText, true);
      for (const [seconds, value] of values ?? []) {
        const hour = Math.round(seconds * 1000) - HOUR;
        if (!Number.isFinite(Number(value))) {
          wrong.push(`${metricText} at ${new Date(hour + HOUR).toISOString()}`);
        }
        fresh.push({ series: number, hour, first: '0', last: '0', growth: value, samples: 1, coverage: 1 });
      }
    };
  });
  if (bad.length > 0) {
    throw unusable(`${meter.query} is NaN or infinite, as a division by zero is,`, bad);
  }
  return { series: index.series, readings, baselines: [], interval: null };
}
