import { cx } from '@emotion/css';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { getGridStyles } from './hour-styles';
import type { CollectedHour } from './hour-grid';
import { lacksSamples } from './hour-words';

/** Told by a sign and a pattern, too, because not everybody sees colours. */
const SIGNS = { collected: '', failed: '!', missing: '–', due: '…', future: '' } as const;

/** The more samples lack, the paler; pale enough for the sign to be read. */
const shade = (colour: string, coverage: number) =>
  `color-mix(in srgb, ${colour} ${Math.round(10 + coverage * 45)}%, transparent)`;

/** The mark of an hour: its state, and for what was collected how complete its samples are. */
export function HourMark({ hour }: { hour: CollectedHour }) {
  const styles = useStyles2(getGridStyles);
  const { colors } = useTheme2();
  const partial = lacksSamples(hour);
  const empty = hour.state === 'collected' && hour.series === 0;
  return (
    <span
      aria-hidden
      className={cx(styles.mark, styles[hour.state], partial && styles.partial, empty && styles.empty)}
      style={partial ? { background: shade(colors.success.main, hour.coverage ?? 0) } : undefined}
    >
      {partial ? '~' : empty ? '0' : SIGNS[hour.state]}
    </span>
  );
}
