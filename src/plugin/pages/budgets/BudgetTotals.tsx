import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Budget } from '../../../api/budgets';
import { isInState, type BudgetState } from './budget-state';
import { STATE_MEANINGS, STATE_NAMES } from './BudgetStateBadge';

const SHOWN = ['breached', 'burning too fast', 'threshold crossed', 'on track', 'not begun'] as const;

interface Props {
  budgets: Budget[];
  chosen: BudgetState | 'all';
  /** Narrows the list to a state, or shows all again. */
  onChoose: (state: BudgetState | 'all') => void;
}

/** How many budgets are in which state; each number narrows the list to those. */
export function BudgetTotals({ budgets, chosen, onChoose }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.totals} aria-label="Budgets by state">
      {SHOWN.map((state) => {
        const count = budgets.filter((budget) => isInState(budget, state)).length;
        const grave = count > 0 && (state === 'breached' || state === 'burning too fast');
        return (
          <li key={state} className={styles.item}>
            <button
              type="button"
              aria-pressed={chosen === state}
              title={STATE_MEANINGS[state]}
              className={styles.total}
              onClick={() => onChoose(chosen === state ? 'all' : state)}
            >
              <span className={styles.name}>{STATE_NAMES[state]}</span>
              <span className={grave ? (state === 'breached' ? styles.bad : styles.warning) : styles.count}>
                {count.toLocaleString('en')}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const count = {
    fontSize: theme.typography.h3.fontSize,
    lineHeight: theme.typography.h3.lineHeight,
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
  };
  return {
    totals: css({
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))',
      gap: theme.spacing(1.5),
      listStyle: 'none',
      margin: 0,
      padding: 0,
    }),
    item: css({ display: 'flex' }),
    total: css({
      flex: 1,
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-start',
      padding: theme.spacing(1.5, 2),
      background: theme.colors.background.secondary,
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      color: theme.colors.text.primary,
      '&:hover': { background: theme.colors.emphasize(theme.colors.background.secondary, 0.03) },
      '&[aria-pressed="true"]': { borderColor: theme.colors.primary.border },
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
    }),
    name: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    count: css(count),
    warning: css({ ...count, color: theme.colors.warning.text }),
    bad: css({ ...count, color: theme.colors.error.text }),
  };
};
