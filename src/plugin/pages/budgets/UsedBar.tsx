import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Severity } from './budget-state';

interface Props {
  /** What the bar shows, in words. */
  label: string;
  severity: Severity;
  /** Percent of the amount. */
  used: string;
  /** How much of the period has passed, in percent; a mark. */
  elapsed?: string;
  /** What percent is as long as the bar: more than 100 where bars beside each other show more. */
  scale?: number;
}

/** How much of a budget is used, with a mark where it would be if it were used evenly. Lengths are drawn, not read: the label has the figures. */
export function UsedBar({ label, severity, used, elapsed, scale = 100 }: Props) {
  const styles = useStyles2(getStyles);
  const place = (percent: number) => `${Math.min(Math.max((100 * percent) / scale, 0), 100)}%`;
  return (
    <div role="img" aria-label={label} title={label} className={styles.bar}>
      <div className={styles.amount} style={{ width: place(100) }} />
      <div className={`${styles.used} ${styles[severity]}`} style={{ width: place(Number(used)) }} />
      {scale > 100 && <div className={styles.limit} style={{ left: place(100) }} />}
      {elapsed !== undefined && <div className={styles.elapsed} style={{ left: place(Number(elapsed)) }} />}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ position: 'relative', height: 10, minWidth: 120, margin: theme.spacing(0.5, 0) }),
  amount: css({
    position: 'absolute',
    inset: '0 auto 0 0',
    background: theme.colors.action.disabledBackground,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
  }),
  used: css({ position: 'absolute', inset: '0 auto 0 0', borderRadius: theme.shape.radius.default }),
  good: css({ background: theme.colors.success.main }),
  notice: css({ background: theme.colors.info.main }),
  warning: css({ background: theme.colors.warning.main }),
  bad: css({ background: theme.colors.error.main }),
  limit: css({ position: 'absolute', top: -3, bottom: -3, width: 1, background: theme.colors.text.secondary }),
  elapsed: css({
    position: 'absolute',
    top: -3,
    bottom: -3,
    width: 3,
    marginLeft: -1,
    background: theme.colors.text.primary,
    // Seen on every colour of what is used.
    border: `0.5px solid ${theme.colors.background.primary}`,
  }),
});
