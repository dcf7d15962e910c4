import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import type { ChargebackAmounts, ChargebackSummary } from '../../../api/chargeback';
import { exactMoney, formatMoney } from '../../format/money';
import { exactQuantity, formatBytes, formatCount, formatShortCount, plural } from '../../format/quantity';
import { CostChange } from './CostChange';
import { comparedWith } from './compared-with';

interface Card {
  title: string;
  cost: (totals: ChargebackAmounts) => string;
  /** What was used, or how to read the figure. */
  note: string;
  /** What was used in the month before, where that is known. */
  before?: string;
  exactNote?: string;
}

/** The cost at a glance: in total, and by what it was for, against the time before. */
export function SummaryCards({ summary }: { summary: ChargebackSummary }) {
  const styles = useStyles2(getCardStyles);
  const { totals, currency, previous, lines, workspaces } = summary;
  const count = (amount: number, unit: string) => `${formatCount(String(amount))} ${plural(String(amount), unit)}`;
  const bytes = (title: string, quantity: 'ingress_bytes' | 'egress_bytes', cost: Card['cost']): Card => ({
    title,
    cost,
    note: formatBytes(totals[quantity]),
    before: previous ? formatBytes(previous.totals[quantity]) : undefined,
    exactNote: exactQuantity(totals[quantity], 'byte'),
  });
  const cards: Card[] = [
    {
      title: 'Total',
      cost: ({ total_cost }) => total_cost,
      note: workspaces > 1 ? count(workspaces, 'workspace') : count(lines, 'line'),
    },
    bytes('Ingress', 'ingress_bytes', ({ ingress_cost }) => ingress_cost),
    bytes('Egress', 'egress_bytes', ({ egress_cost }) => egress_cost),
    {
      title: 'Messages',
      cost: ({ message_cost }) => message_cost,
      note: formatShortCount(totals.messages),
      before: previous ? formatShortCount(previous.totals.messages) : undefined,
      exactNote: exactQuantity(totals.messages, 'message'),
    },
    { title: 'Other', cost: ({ other_cost }) => other_cost, note: 'All other meters' },
  ];
  return (
    <div>
      <ul className={styles.cards} aria-label="Summary">
        {cards.map(({ title, cost, note, before, exactNote }) => (
          <li key={title} className={styles.card} data-testid={`summary-${title.toLowerCase()}`}>
            <div className={styles.title}>{title}</div>
            <div className={styles.cost} title={exactMoney(cost(totals), currency)}>
              {formatMoney(cost(totals), currency)}
            </div>
            <div className={styles.note} title={exactNote}>
              {note}
            </div>
            <CostChange
              name={title}
              now={cost(totals)}
              previous={
                previous && {
                  cost: cost(previous.totals),
                  all: previous.totals.total_cost,
                  quantity: before,
                  complete: previous.complete,
                }
              }
              currency={currency}
            />
          </li>
        ))}
      </ul>
      <Text variant="bodySmall" color="secondary">
        {comparedWith(summary)}
      </Text>
    </div>
  );
}

/** Also how the cards look while they are loading. */
export const getCardStyles = (theme: GrafanaTheme2) => ({
  cards: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(172px, 1fr))',
    gap: theme.spacing(1.5),
    listStyle: 'none',
    margin: theme.spacing(0, 0, 1),
    padding: 0,
  }),
  card: css({
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(2),
    minWidth: 0,
  }),
  title: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  cost: css({
    fontSize: theme.typography.h4.fontSize,
    lineHeight: theme.typography.h4.lineHeight,
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
    overflowWrap: 'anywhere',
    margin: theme.spacing(0.5, 0),
  }),
  note: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
});
