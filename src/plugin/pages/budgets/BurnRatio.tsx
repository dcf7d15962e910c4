import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { severityOfBurn } from './budget-state';
import { formatRatio } from './budget-words';

const WORDS = { good: 'lasts', warning: 'a little too fast', bad: 'too fast' } as const;

/** Used % ÷ elapsed %, in the colour of what it means. */
export function BurnRatio({ ratio }: { ratio: string | null }) {
  const styles = useStyles2(getStyles);
  if (ratio === null) {
    return <span title="Nothing of the period has passed">–</span>;
  }
  const severity = severityOfBurn(ratio);
  return (
    <span className={styles[severity]} title={`${ratio}: ${WORDS[severity]}`}>
      {formatRatio(ratio)}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  good: css({ color: theme.colors.success.text }),
  warning: css({ color: theme.colors.warning.text }),
  bad: css({ color: theme.colors.error.text, fontWeight: theme.typography.fontWeightMedium }),
});
