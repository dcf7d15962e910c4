import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** How every table of figures looks: figures to the right with digits of one width, a heading that stays, a total that stands out. */
export const getTableStyles = (theme: GrafanaTheme2) => ({
  scroll: css({
    overflowX: 'auto',
    // What is there only to be heard would else widen the page.
    position: 'relative',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  table: css({
    width: '100%',
    borderCollapse: 'collapse',
    'th, td': {
      padding: theme.spacing(1),
      textAlign: 'left',
      verticalAlign: 'top',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    'tbody tr:hover': { background: theme.colors.action.hover },
    'tbody tr:last-child td': { borderBottom: 'none' },
    'thead th': {
      background: theme.colors.background.secondary,
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightMedium,
      verticalAlign: 'bottom',
      // Headings are longer than what stands below them.
      whiteSpace: 'normal',
    },
    'tfoot td, tfoot th': {
      background: theme.colors.background.secondary,
      borderTop: `1px solid ${theme.colors.border.medium}`,
      fontWeight: theme.typography.fontWeightMedium,
    },
  }),
  figure: css({ textAlign: 'right !important' as 'right', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }),
  tight: css({ whiteSpace: 'nowrap' }),
  muted: css({ color: theme.colors.text.secondary }),
  sort: css({
    all: 'unset',
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    cursor: 'pointer',
    borderRadius: theme.shape.radius.default,
    '&:hover': { color: theme.colors.text.primary },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  caption: css({
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  }),
});
