import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

/** Height of a lane and the space around bars, in pixels. */
export const LANE = 30;

const stripes = (color: string, theme: GrafanaTheme2) =>
  `repeating-linear-gradient(-45deg, ${color}, ${color} 2px, ${theme.colors.background.primary} 2px, ${theme.colors.background.primary} 7px)`;

/** How the timeline looks. What a bar stands for is told by its border and pattern too, never by colour alone. */
export const getTimelineStyles = (theme: GrafanaTheme2) => ({
  scroll: css({
    overflowX: 'auto',
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
  }),
  chart: css({ minWidth: 720 }),
  list: css({ listStyle: 'none', margin: 0, padding: 0 }),
  row: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(180px, 24%) 1fr',
    borderTop: `1px solid ${theme.colors.border.weak}`,
    '&:hover': { background: theme.colors.action.hover },
  }),
  axis: css({ borderTop: 'none', '&:hover': { background: 'none' } }),
  label: css({
    padding: theme.spacing(0.75, 1.5),
    borderRight: `1px solid ${theme.colors.border.weak}`,
    minWidth: 0,
  }),
  name: css({
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    fontWeight: theme.typography.fontWeightMedium,
  }),
  about: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
  track: css({ position: 'relative', minHeight: 44, overflow: 'hidden' }),
  axisTrack: css({ height: 44, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  tick: css({ position: 'absolute', bottom: 4, whiteSpace: 'nowrap', paddingLeft: theme.spacing(0.5) }),
  line: css({ position: 'absolute', top: 0, bottom: 0, borderLeft: `1px solid ${theme.colors.border.weak}` }),
  now: css({ position: 'absolute', top: 0, bottom: 0, borderLeft: `2px solid ${theme.colors.warning.main}` }),
  nowLabel: css({
    position: 'absolute',
    top: 4,
    padding: theme.spacing(0, 0.5),
    color: theme.colors.warning.text,
    whiteSpace: 'nowrap',
    fontWeight: theme.typography.fontWeightMedium,
  }),
  closed: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    left: 0,
    background: theme.colors.action.disabledBackground,
    borderRight: `1px dashed ${theme.colors.border.strong}`,
  }),
  closedLabel: css({ position: 'absolute', top: 4, paddingRight: theme.spacing(0.5), whiteSpace: 'nowrap' }),
  bars: css({ listStyle: 'none', margin: 0, padding: 0 }),
  bar: css({
    position: 'absolute',
    height: LANE - 6,
    minWidth: 10,
    display: 'block',
    overflow: 'hidden',
    borderRadius: theme.shape.radius.default,
    border: '1px solid',
    color: theme.colors.text.primary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: `${LANE - 8}px`,
    '&:hover': { color: theme.colors.text.maxContrast, textDecoration: 'underline' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1, zIndex: 1 },
  }),
  text: css({
    position: 'relative',
    display: 'block',
    padding: theme.spacing(0, 0.75),
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  }),
  partly: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    right: 0,
    background: stripes(theme.colors.border.weak, theme),
  }),
  current: css({ boxShadow: `0 0 0 2px ${theme.colors.primary.border}` }),
  'in force': css({ background: theme.colors.success.transparent, borderColor: theme.colors.success.border }),
  'partly in force': css({ background: theme.colors.info.transparent, borderColor: theme.colors.info.border }),
  future: css({
    background: theme.colors.background.secondary,
    borderColor: theme.colors.text.secondary,
    borderStyle: 'dashed',
  }),
  superseded: css({ background: theme.colors.background.secondary, borderColor: theme.colors.border.medium }),
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  key: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75) }),
  swatch: css({
    position: 'relative',
    display: 'inline-block',
    width: 22,
    height: 12,
    overflow: 'hidden',
    border: '1px solid',
    borderRadius: theme.shape.radius.default,
  }),
});
