import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { Difference } from './rate-card-differences';

interface Props {
  /** What differs, for those who hear it. */
  label: string;
  differences: Difference[];
}

/** What was and what is, thing by thing: `Price  0.10 USD per GB → 0.12 USD per GB`. */
export function DifferenceList({ label, differences }: Props) {
  const styles = useStyles2(getStyles);
  const lines = (texts: string[], gone: boolean) => (
    <span className={gone ? styles.before : styles.after}>
      {texts.map((text, index) => (
        <span key={index} className={styles.line}>
          {text}
        </span>
      ))}
    </span>
  );
  return (
    <dl className={styles.list} aria-label={label}>
      {differences.map(({ label: name, before, after }) => (
        <div key={name} className={styles.item}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.values}>
            {before.length > 0 && lines(before, true)}
            {before.length > 0 && <Icon name="arrow-right" title={after.length > 0 ? 'became' : 'went'} />}
            {after.length > 0 ? lines(after, false) : <span className={styles.nothing}>nothing</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ margin: 0, display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
  item: css({ display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(2) }),
  name: css({
    flex: '0 0 180px',
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightRegular,
  }),
  values: css({
    flex: '1 1 280px',
    margin: 0,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
    fontVariantNumeric: 'tabular-nums',
    overflowWrap: 'anywhere',
  }),
  before: css({ color: theme.colors.text.secondary }),
  after: css({ color: theme.colors.text.primary }),
  nothing: css({ color: theme.colors.text.secondary, fontStyle: 'italic' }),
  line: css({ display: 'block' }),
});
