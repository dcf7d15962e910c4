import { cx } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { CARD_STATES } from '../card-state';
import { STATE_NAMES } from '../CardStateBadge';
import { getTimelineStyles } from './timeline-styles';

/** What the bars and the background stand for. */
export function TimelineLegend({ closed }: { closed: boolean }) {
  const styles = useStyles2(getTimelineStyles);
  return (
    <div className={styles.legend} style={{ marginTop: 8 }} aria-hidden>
      {CARD_STATES.map((state) => (
        <span key={state} className={styles.key}>
          <span className={cx(styles.swatch, styles[state])}>
            {state === 'partly in force' && <span className={styles.partly} style={{ width: '50%' }} />}
          </span>
          {STATE_NAMES[state]}
        </span>
      ))}
      {closed && (
        <span className={styles.key}>
          <span className={styles.swatch} style={{ borderStyle: 'none' }}>
            <span className={styles.closed} style={{ width: '100%' }} />
          </span>
          Closed months, whose prices are final
        </span>
      )}
    </div>
  );
}
