import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import type { Budget } from '../../../api/budgets';
import { SortableHeading } from '../../components/SortableHeading';
import { getTableStyles } from '../../components/table-styles';
import { exactMoney, formatAmount, formatMoney } from '../../format/money';
import { formatInstant } from '../../format/time';
import { FIGURES, type BudgetOrder, type OrderColumn } from './budget-order';
import { severityOfUse } from './budget-state';
import { BudgetStateBadge } from './BudgetStateBadge';
import { formatPercent, formatThreshold, INTERVAL_NAMES, periodWords, scopeParts } from './budget-words';
import { BurnRatio } from './BurnRatio';
import { describeStatus, reachedOf } from './describe-status';
import { UsedBar } from './UsedBar';

const COLUMNS: Array<{ column: OrderColumn; title: string }> = [
  { column: 'name', title: 'Budget' },
  { column: 'scope', title: 'For' },
  { column: 'period', title: 'Period' },
  { column: 'amount', title: 'Amount' },
  { column: 'used', title: 'Spent' },
  { column: 'elapsed', title: 'Elapsed' },
  { column: 'burn', title: 'Burn ratio' },
  { column: 'owner', title: 'Owner' },
  { column: 'crossed', title: 'Crossed' },
];

/** Columns whose cells are figures alone. */
const TO_THE_RIGHT: ReadonlySet<OrderColumn> = new Set(['amount', 'elapsed', 'burn']);

interface Props {
  budgets: Budget[];
  /** The billing time zone. */
  timeZone: string;
  order: BudgetOrder;
  onOrder: (order: BudgetOrder) => void;
  hrefOf: (id: number) => string;
}

/** Budgets and how they stand in their running periods; the name leads to the budget. */
export function BudgetTable({ budgets, timeZone, order, onOrder, hrefOf }: Props) {
  const table = useStyles2(getTableStyles);
  const styles = useStyles2(getStyles);
  return (
    <div className={table.scroll} role="region" aria-label="Budgets" tabIndex={0}>
      <table className={table.table}>
        <caption className={table.caption}>Budgets</caption>
        <thead>
          <tr>
            {COLUMNS.map(({ column, title }) => {
              const sorted = order.column === column;
              return (
                <SortableHeading
                  key={column}
                  title={title}
                  figure={TO_THE_RIGHT.has(column)}
                  order={sorted ? (order.descending ? 'descending' : 'ascending') : undefined}
                  onSort={() => onOrder({ column, descending: sorted ? !order.descending : FIGURES.has(column) })}
                />
              );
            })}
          </tr>
        </thead>
        <tbody>
          {budgets.map((budget) => (
            <tr key={budget.id}>
              <td className={styles.name}>
                <TextLink href={hrefOf(budget.id)} weight="medium" inline>
                  {budget.name}
                </TextLink>
                <div className={styles.badge}>
                  <BudgetStateBadge budget={budget} />
                </div>
              </td>
              <td className={styles.text}>
                {scopeParts(budget.scope).map((part) => (
                  <div key={part}>{part}</div>
                ))}
              </td>
              <td className={styles.period}>
                {budget.status ? periodWords(budget.status.period) : `from ${budget.valid_from}`}
                <div className={table.muted}>{INTERVAL_NAMES[budget.interval]}</div>
              </td>
              <td className={table.figure} title={exactMoney(budget.amount, budget.currency)}>
                {formatAmount(budget.amount, budget.currency)}
                <div className={table.muted}>{budget.currency}</div>
              </td>
              <StatusCells budget={budget} table={table} styles={styles} />
              <td className={styles.text}>{budget.owner}</td>
              <td>
                <CrossedCell budget={budget} timeZone={timeZone} table={table} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Tables = ReturnType<typeof getTableStyles>;

/** The highest threshold that was crossed, and when; those below it in short. */
function CrossedCell({ budget, timeZone, table }: { budget: Budget; timeZone: string; table: Tables }) {
  const crossed = (budget.status?.thresholds ?? []).flatMap(({ percent, crossed_at: at }) =>
    at === null ? [] : [{ percent: formatThreshold(percent), at: formatInstant(at, timeZone) }],
  );
  const highest = crossed.at(-1);
  const lower = crossed.slice(0, -1);
  return (
    highest && (
      <>
        <span className={table.tight}>{highest.percent}</span>{' '}
        <span className={`${table.tight} ${table.muted}`}>{highest.at}</span>
        {lower.length > 0 && (
          <div className={table.muted} title={lower.map(({ percent, at }) => `${percent} ${at}`).join('\n')}>
            {lower.length > 3 ? `and ${lower.length} lower ones` : lower.map(({ percent }) => percent).join(', ')}
          </div>
        )}
      </>
    )
  );
}

interface StatusCellsProps {
  budget: Budget;
  table: Tables;
  styles: ReturnType<typeof getStyles>;
}

/** What is spent, how much time has passed, and how the one relates to the other; nothing before the first period. */
function StatusCells({ budget, table, styles }: StatusCellsProps) {
  const { status, currency } = budget;
  if (!status) {
    return (
      <>
        <td className={`${styles.used} ${table.muted}`}>Nothing yet</td>
        <td className={table.figure}>–</td>
        <td className={table.figure}>–</td>
      </>
    );
  }
  return (
    <>
      <td className={styles.used}>
        <div className={styles.usedWords}>
          <span title={exactMoney(status.spent, currency)}>{formatMoney(status.spent, currency)}</span>
          <span title={`${status.used_percent} %`}>{formatPercent(status.used_percent)}</span>
        </div>
        <UsedBar
          label={describeStatus(budget, status)}
          severity={severityOfUse(reachedOf(status))}
          used={status.used_percent}
          elapsed={status.elapsed_percent}
        />
      </td>
      <td className={table.figure} title={`${status.elapsed_percent} %`}>
        {formatPercent(status.elapsed_percent)}
      </td>
      <td className={table.figure}>
        <BurnRatio ratio={status.burn_ratio} />
      </td>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  name: css({ minWidth: 140, maxWidth: 280, overflowWrap: 'anywhere' }),
  badge: css({ marginTop: theme.spacing(0.5) }),
  period: css({ minWidth: 120 }),
  // No narrower than the longest name of a field.
  text: css({ minWidth: 115, maxWidth: 240, overflowWrap: 'anywhere' }),
  used: css({ minWidth: 190 }),
  usedWords: css({
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  }),
});
