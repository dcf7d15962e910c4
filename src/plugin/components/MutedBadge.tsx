import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';

/** A badge for what is over; the component library's grey text is too faint on its grey in the light theme. */
export function MutedBadge({ text }: { text: string }) {
  return <Badge color="darkgrey" text={text} className={useStyles2(getStyles)} />;
}

const getStyles = (theme: GrafanaTheme2) => css({ color: theme.colors.text.primary });
