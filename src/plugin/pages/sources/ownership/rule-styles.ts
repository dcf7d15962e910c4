import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** How the list of rules looks: what stands below each other has the same width in every rule. */
export const getRuleStyles = ({ colors, spacing, shape, shadows, typography }: GrafanaTheme2) => {
  const line = { minHeight: 32, display: 'flex', alignItems: 'center' } as const;
  return {
    list: css({
      margin: 0,
      padding: 0,
      border: `1px solid ${colors.border.weak}`,
      borderRadius: shape.radius.default,
    }),
    heading: css({
      display: 'flex',
      gap: spacing(1),
      padding: spacing(0, 1),
      color: colors.text.secondary,
      fontWeight: typography.fontWeightMedium,
      '> span': { ...line, flexDirection: 'row' },
      '> span:first-of-type': { justifyContent: 'flex-start' },
      // In a narrow window what a rule does stands below it: the heading would tell nothing.
      '@media (max-width: 900px)': { display: 'none' },
    }),
    item: css({
      display: 'flex',
      alignItems: 'flex-start',
      flexWrap: 'wrap',
      gap: spacing(1),
      padding: spacing(0.5, 1),
      listStyle: 'none',
      borderBottom: `1px solid ${colors.border.weak}`,
      background: colors.background.primary,
      '&:last-child': { borderBottom: 'none' },
    }),
    dragged: css({ boxShadow: shadows.z3, border: `1px solid ${colors.primary.border}` }),
    wrong: css({ borderLeft: `3px solid ${colors.error.border}` }),
    place: css({ ...line, gap: spacing(0.5) }),
    handle: css({
      display: 'inline-flex',
      padding: spacing(0.5),
      cursor: 'grab',
      color: colors.text.secondary,
      borderRadius: shape.radius.default,
      '&:focus-visible': { outline: `2px solid ${colors.primary.main}` },
    }),
    hidden: css({ visibility: 'hidden' }),
    group: css({
      flex: '1 0 100%',
      color: colors.text.secondary,
      fontSize: typography.bodySmall.fontSize,
      fontWeight: typography.fontWeightMedium,
    }),
    number: css({ ...line, minWidth: 40, color: colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
    // As wide as a handle and a field for the place.
    fixed: css({ minWidth: 92, paddingLeft: spacing(4) }),
    what: css({
      flex: '1 1 360px',
      minWidth: 0,
      minHeight: 32,
      display: 'flex',
      flexDirection: 'column',
      justifyContent: 'center',
      gap: spacing(0.5),
    }),
    effect: css({ ...line, flex: '0 0 190px' }),
    cost: css({
      ...line,
      flex: '0 0 150px',
      justifyContent: 'flex-end',
      fontVariantNumeric: 'tabular-nums',
    }),
    buttons: css({ ...line, flex: '0 0 56px', gap: spacing(1), justifyContent: 'flex-end' }),
    lock: css({ display: 'inline-flex', color: colors.text.secondary }),
    three: css({ flexBasis: 84 }),
  };
};
