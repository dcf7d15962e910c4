import { HOUR, type Hour } from '../../domain/hours';
import type { Context } from '../context';
import { ChargebackError } from '../errors';
import { readCounter } from './counter-reader';
import { readExpression } from './expression-reader';
import { readGauge } from './gauge-reader';
import { readBaselines } from './look-back';
import type { StoredMeter } from './meters';
import { SeriesIndex, type MeterReadings } from './readings';

/** What Prometheus said of the hours [from, to); `begun` is when it was asked (performance.now). */
export interface ReadRun {
  from: Hour;
  to: Hour;
  read: MeterReadings;
  begun: number;
}

/**
 * Reads the hours [from, to) of a meter from Prometheus; for a counter also the look-back, where the hour before was not
 * collected and is not being collected right now (`previousComing`). Throws as readCounter does.
 */
export async function readRun(
  context: Context,
  meter: StoredMeter,
  from: Hour,
  to: Hour,
  previousComing = false,
): Promise<ReadRun> {
  const begun = performance.now();
  const { prometheus } = context;
  if (meter.kind === 'expression' || meter.selector === null) {
    return { from, to, begun, read: await readExpression(prometheus, meter, from, to) };
  }
  if (meter.kind === 'gauge') {
    return { from, to, begun, read: await readGauge(prometheus, meter, meter.selector, from, to) };
  }
  const type = await prometheus.metricType(meter.selector.metric);
  if (type === 'gauge') {
    throw new ChargebackError(
      'UNUSABLE_SAMPLES',
      `${meter.selector.metric} is a gauge by Prometheus' metadata, not a counter. Write \`gauge: ${meter.query}\` in meters.yaml.`,
    );
  }
  const read = await readCounter(prometheus, meter, meter.selector, from, to);
  const continued = previousComing || (await isCollected(context, meter, from - HOUR));
  return { from, to, begun, read: continued ? read : await withBaselines(context, meter, read, from) };
}

async function isCollected({ pool }: Context, meter: StoredMeter, hour: Hour): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select from chargeback_data.collection where meter_id = $1 and hour = $2 and collected_at is not null',
    [meter.id, new Date(hour)],
  );
  return rowCount !== 0;
}

async function withBaselines(
  { prometheus, config }: Context,
  meter: StoredMeter,
  read: MeterReadings,
  from: Hour,
): Promise<MeterReadings> {
  if (meter.selector === null) {
    return read;
  }
  const before = await readBaselines(prometheus, meter.selector, from, config.lookbackHours);
  const index = new SeriesIndex();
  read.series.forEach(({ key }) => index.number(key));
  const baselines = before.baselines.map((baseline) => ({
    ...baseline,
    series: index.number(before.series[baseline.series]?.key ?? '{}'),
  }));
  return { ...read, series: index.series, baselines };
}
