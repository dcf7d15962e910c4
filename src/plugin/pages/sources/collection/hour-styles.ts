import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

const stripes = (one: string, other: string) =>
  `repeating-linear-gradient(135deg, ${one}, ${one} 4px, ${other} 4px, ${other} 8px)`;

/** How the hours of a meter look. */
export const getGridStyles = ({ colors, spacing, typography, shape }: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  grid: css({
    width: '100%',
    minWidth: 760,
    maxWidth: 1280,
    tableLayout: 'fixed',
    borderCollapse: 'separate',
    borderSpacing: 2,
    fontSize: typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    'thead th': { color: colors.text.secondary, fontWeight: typography.fontWeightRegular, textAlign: 'center' },
    'thead th:first-child, tbody th': {
      width: 96,
      textAlign: 'left',
      color: colors.text.secondary,
      fontWeight: typography.fontWeightRegular,
      whiteSpace: 'nowrap',
    },
    td: { padding: 0, borderRadius: shape.radius.default },
    'td:focus-visible': { outline: `2px solid ${colors.primary.main}`, outlineOffset: 1 },
  }),
  marks: css({ display: 'flex', gap: 1, minHeight: 20 }),
  mark: css({
    flex: 1,
    height: 20,
    lineHeight: '18px',
    textAlign: 'center',
    borderRadius: shape.radius.default,
    border: '1px solid transparent',
    fontWeight: typography.fontWeightBold,
  }),
  collected: css({ background: colors.success.main, color: colors.success.contrastText }),
  partial: css({
    borderColor: colors.success.border,
    color: colors.text.primary,
  }),
  empty: css({ background: 'transparent', borderColor: colors.success.border, color: colors.text.secondary }),
  failed: css({ background: colors.error.main, color: colors.error.contrastText }),
  missing: css({
    background: stripes(colors.warning.transparent, colors.background.primary),
    borderColor: colors.warning.border,
    color: colors.text.primary,
  }),
  due: css({ borderColor: colors.border.strong, borderStyle: 'dashed', color: colors.text.secondary }),
  future: css({ borderColor: colors.border.weak, borderStyle: 'dotted' }),
  legend: css({ display: 'flex', flexWrap: 'wrap', gap: spacing(2), color: colors.text.secondary }),
  sample: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: spacing(0.5),
    '> span:first-child': { width: 22, flex: 'none' },
  }),
  details: css({ minHeight: 64 }),
});
