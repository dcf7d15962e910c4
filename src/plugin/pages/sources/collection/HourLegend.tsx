import { useStyles2 } from '@grafana/ui';
import type { CollectedHour } from './hour-grid';
import { HourMark } from './HourMark';
import { getGridStyles } from './hour-styles';

const hour = (about: Partial<CollectedHour>): CollectedHour => ({
  hour: '',
  state: 'collected',
  series: 1,
  samples: 1,
  coverage: 1,
  collected_at: null,
  attempts: 1,
  error: null,
  ...about,
});

const LEGEND: Array<[string, CollectedHour]> = [
  ['Collected', hour({})],
  ['Collected, samples lack', hour({ coverage: 0.7 })],
  ['Collected, no series', hour({ series: 0 })],
  ['Missing', hour({ state: 'missing' })],
  ['Failed', hour({ state: 'failed' })],
  ['Due', hour({ state: 'due' })],
  ['Not over yet', hour({ state: 'future' })],
];

/** What the marks of the hours mean. */
export function HourLegend() {
  const styles = useStyles2(getGridStyles);
  return (
    <div className={styles.legend}>
      {LEGEND.map(([words, example]) => (
        <span key={words} className={styles.sample}>
          <HourMark hour={example} />
          <span>{words}</span>
        </span>
      ))}
    </div>
  );
}
