import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Text, useStyles2 } from '@grafana/ui';
import type { ChargebackSummary } from '../../../api/chargeback';
import { exactMoney, formatAmount } from '../../format/money';
import { PlainTable } from '../PlainTable';
import { shareOf } from './share-of';

interface Props {
  summary: Pick<ChargebackSummary, 'environments' | 'totals' | 'currency'>;
  /** Narrows the page to an environment. */
  onChoose: (environment: string) => void;
}

/** The cost by environment, greatest first, and what part of the whole it is. */
export function EnvironmentTable({ summary: { environments, totals, currency }, onChoose }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <PlainTable
      caption="Cost by environment"
      columns={[
        { title: 'Environment', width: '45%' },
        { title: `Cost (${currency})`, figure: true },
        { title: 'Share', figure: true },
      ]}
      rows={environments.map(({ environment, total_cost }) => {
        const { text, width } = shareOf(total_cost, totals.total_cost);
        return {
          key: environment,
          cells: [
            <div key="name" className={styles.name}>
              <Button
                size="sm"
                fill="text"
                variant="secondary"
                tooltip={`Show only ${environment || 'what has no environment'}`}
                onClick={() => onChoose(environment)}
              >
                {environment || <Text color="secondary">No environment</Text>}
              </Button>
              <div className={styles.bar} style={{ width }} aria-hidden />
            </div>,
            <span key="cost" title={exactMoney(total_cost, currency)}>
              {formatAmount(total_cost, currency)}
            </span>,
            text,
          ],
        };
      })}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  name: css({ overflow: 'hidden', '& button': { maxWidth: '100%', padding: 0 } }),
  bar: css({
    height: 4,
    minWidth: 1,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.primary.main,
  }),
});
