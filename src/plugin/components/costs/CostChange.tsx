import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, Tooltip, useStyles2 } from '@grafana/ui';
import { exactMoney, formatDifference } from '../../format/money';
import { changeOf, isLargeRise } from './change';

interface Props {
  /** Of what the cost is, for those who hear it. */
  name: string;
  now: string;
  /** The cost before, what everything cost then, how much was used, and whether all of it is known; null: nothing is. */
  previous: { cost: string; all: string; quantity?: string; complete: boolean } | null;
  currency: string;
}

const ARROWS = { up: 'arrow-up', down: 'arrow-down', same: 'minus' } as const;

/** How a cost moved, in a neutral colour: more cost is often more business. Only a rise that is large for the whole stands out. */
export function CostChange({ name, now, previous, currency }: Props) {
  const styles = useStyles2(getStyles);
  if (!previous) {
    return <div className={styles.change}>no data to compare</div>;
  }
  const { direction, text, difference } = changeOf(now, previous.cost);
  const large = previous.complete && isLargeRise(now, previous.cost, previous.all);
  return (
    <div className={styles.change}>
      <Tooltip
        content={
          <>
            <div>Before: {exactMoney(previous.cost, currency)}</div>
            <div>Now: {exactMoney(now, currency)}</div>
            {previous.quantity && <div>Used before: {previous.quantity}</div>}
            {!previous.complete && <div>Only a part of the time before was collected.</div>}
          </>
        }
      >
        <button type="button" className={styles.button} aria-label={`Change of ${name}: ${text}`}>
          <span className={large ? styles.large : undefined}>
            <Icon name={ARROWS[direction]} size="sm" /> {text}
          </span>
          {direction !== 'same' && ` (${formatDifference(difference, currency)})`}
        </button>
      </Tooltip>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  change: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    marginTop: theme.spacing(0.5),
  }),
  button: css({
    all: 'unset',
    cursor: 'help',
    borderRadius: theme.shape.radius.default,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  large: css({ color: theme.colors.warning.text, fontWeight: theme.typography.fontWeightMedium }),
});
