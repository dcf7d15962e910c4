import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Chargeback } from '../../../api/chargeback';
import { exactMoney, formatMoney } from '../../format/money';
import { exactQuantity, formatBytes, formatCount } from '../../format/quantity';

interface Card {
  title: string;
  cost: string;
  /** What was used, or how to read the figure. */
  note: string;
  exactNote?: string;
}

/** The month's cost at a glance: in total, and by what it was for. */
export function SummaryCards({ chargeback: { totals, currency, lines } }: { chargeback: Chargeback }) {
  const styles = useStyles2(getStyles);
  const bytes = (title: string, quantity: string, cost: string): Card => ({
    title,
    cost,
    note: formatBytes(quantity),
    exactNote: exactQuantity(quantity, 'byte'),
  });
  const cards: Card[] = [
    {
      title: 'Total',
      cost: totals.total_cost,
      note: lines.length === 1 ? '1 line' : `${formatCount(String(lines.length))} lines`,
    },
    bytes('Ingress', totals.ingress_bytes, totals.ingress_cost),
    bytes('Egress', totals.egress_bytes, totals.egress_cost),
    {
      title: 'Messages',
      cost: totals.message_cost,
      note: `${formatCount(totals.messages)} messages`,
      exactNote: exactQuantity(totals.messages, 'message'),
    },
    { title: 'Other', cost: totals.other_cost, note: 'All other meters' },
  ];
  return (
    <ul className={styles.cards} aria-label="Summary of the month">
      {cards.map(({ title, cost, note, exactNote }) => (
        <li key={title} className={styles.card} data-testid={`summary-${title.toLowerCase()}`}>
          <div className={styles.title}>{title}</div>
          <div className={styles.cost} title={exactMoney(cost, currency)}>
            {formatMoney(cost, currency)}
          </div>
          <div className={styles.note} title={exactNote}>
            {note}
          </div>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  cards: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))',
    gap: theme.spacing(2),
    listStyle: 'none',
    margin: 0,
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
    fontSize: theme.typography.h3.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
    overflowWrap: 'anywhere',
    margin: theme.spacing(0.5, 0),
  }),
  note: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
});
