import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { Budget } from '../../../api/budgets';
import { exactMoney, formatMoney } from '../../format/money';
import { periodLabel } from '../../format/period';
import { formatInstant } from '../../format/time';
import { severityOfUse } from './budget-state';
import { formatPercent, INTERVAL_NAMES, periodWords, scopeParts } from './budget-words';
import { BurnRatio } from './BurnRatio';
import { describeStatus, reachedOf } from './describe-status';
import { UsedBar } from './UsedBar';

interface Props {
  budget: Budget;
  timeZone: string;
}

/** What a budget is for and how it stands, with its running period as a bar. */
export function BudgetFacts({ budget, timeZone }: Props) {
  const styles = useStyles2(getStyles);
  const { status, currency } = budget;
  const money = (amount: string) => <span title={exactMoney(amount, currency)}>{formatMoney(amount, currency)}</span>;
  const by = (who: string) => (who === '' ? '' : ` by ${who}`);
  const standing: Array<[string, ReactNode]> = status
    ? [
        ['Spent', money(status.spent)],
        [
          'Used',
          <span key="used" title={`${status.used_percent} %`}>
            {formatPercent(status.used_percent)}
          </span>,
        ],
        ['Left', money(status.remaining)],
        ['Time passed', formatPercent(status.elapsed_percent)],
        ['Burn ratio', <BurnRatio key="burn" ratio={status.burn_ratio} />],
      ]
    : [];
  const facts: Array<[string, ReactNode]> = [
    ['For', scopeParts(budget.scope).join(', ')],
    [
      'Amount',
      <>
        {money(budget.amount)} per {INTERVAL_NAMES[budget.interval].toLowerCase()}
      </>,
    ],
    ['First period begins', periodLabel(budget.valid_from)],
    ['Owner', budget.owner],
    ['Contact', budget.contact.join(', ')],
    ['Created', `${formatInstant(budget.created_at, timeZone)}${by(budget.created_by)}`],
    ['Changed', budget.version === 1 ? '' : `${formatInstant(budget.updated_at, timeZone)}${by(budget.updated_by)}`],
    ['Notes', budget.notes],
  ];
  return (
    <div className={styles.both}>
      {status ? (
        <div className={styles.standing}>
          <div className={styles.period}>{periodWords(status.period)}</div>
          <UsedBar
            label={describeStatus(budget, status)}
            severity={severityOfUse(reachedOf(status))}
            used={status.used_percent}
            elapsed={status.elapsed_percent}
            scale={Math.max(100, Number(status.used_percent))}
          />
          <Facts facts={standing} />
        </div>
      ) : (
        <div className={styles.standing}>
          {`Its first period begins with ${periodLabel(budget.valid_from)}. Nothing was collected in it yet.`}
        </div>
      )}
      <Facts facts={facts.filter(([, value]) => value !== '')} />
    </div>
  );
}

function Facts({ facts }: { facts: Array<[string, ReactNode]> }) {
  const styles = useStyles2(getStyles);
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  both: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  standing: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  period: css({ fontWeight: theme.typography.fontWeightMedium }),
  facts: css({ margin: 0, display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1.5, 4) }),
  name: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightRegular,
  }),
  value: css({
    margin: 0,
    maxWidth: '70ch',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontVariantNumeric: 'tabular-nums',
  }),
});
