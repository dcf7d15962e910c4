import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Stack, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

/** What can be done with what is written, in reach however long it is. */
export function EditorBar({ children }: { children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.bar}>
      <Stack gap={1} wrap="wrap" alignItems="center">
        {children}
      </Stack>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    padding: theme.spacing(1.5, 0),
    background: theme.colors.background.canvas,
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
});
