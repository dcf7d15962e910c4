import { useStyles2 } from '@grafana/ui';
import { cx } from '@emotion/css';
import { formatValidFrom } from '../../../format/time';
import { getTimelineStyles } from './timeline-styles';
import { shareOf, type Tick, type TimelineWindow } from './timeline-window';

interface Props {
  ticks: Tick[];
  window: TimelineWindow;
  now: number;
  /** Hours before it are closed. */
  closed?: number;
}

const percent = (share: number) => `${share * 100}%`;

/** The months, the present and the closed hours behind the bars of a row. */
export function TimelineMarks({ ticks, window, now, closed }: Props) {
  const styles = useStyles2(getTimelineStyles);
  return (
    <div aria-hidden>
      {closed !== undefined && closed > window.from && (
        <div className={styles.closed} style={{ width: percent(shareOf(closed, window)) }} />
      )}
      {ticks.map(({ at, share }) => (
        <div key={at} className={styles.line} style={{ left: percent(share) }} />
      ))}
      <div className={styles.now} style={{ left: percent(shareOf(now, window)) }} />
    </div>
  );
}

/** The same above the rows, with their names. */
export function TimelineAxis({ timeZone, ...marks }: Props & { timeZone: string }) {
  const styles = useStyles2(getTimelineStyles);
  const { ticks, window, now, closed } = marks;
  const closedShare = closed === undefined ? 0 : shareOf(closed, window);
  const nowShare = shareOf(now, window);
  return (
    <div className={cx(styles.track, styles.axisTrack)}>
      <TimelineMarks {...marks} />
      {closed !== undefined && closedShare > 0.12 && (
        <div className={styles.closedLabel} style={{ right: percent(1 - closedShare) }}>
          {`closed until ${formatValidFrom(new Date(closed).toISOString(), timeZone)}`}
        </div>
      )}
      <div
        className={styles.nowLabel}
        style={nowShare > 0.9 ? { right: percent(1 - nowShare) } : { left: percent(nowShare) }}
      >
        now
      </div>
      {ticks.map(({ at, share, label }) => (
        <div key={at} className={styles.tick} style={{ left: percent(share) }}>
          {share < 0.95 ? label : ''}
        </div>
      ))}
    </div>
  );
}
