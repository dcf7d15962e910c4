import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RateCard } from '../../../api/rate-cards';
import { formatInstant } from '../../format/time';
import type { CardSpan } from './card-spans';
import { describeSpan } from './describe-span';
import { everyWorkspace } from './every-workspace';

interface Props {
  card: RateCard;
  span: CardSpan | undefined;
  timeZone: string;
}

/** Whom a version is for, from when to when, why, and who wrote it. */
export function CardFacts({ card, span, timeZone }: Props) {
  const styles = useStyles2(getStyles);
  const by = (who: string) => (who === '' ? '' : ` by ${who}`);
  const facts: Array<[string, string]> = [
    ['For', everyWorkspace(card.workspace)],
    ['In force', span ? `${describeSpan(span, undefined, timeZone)} (${timeZone})` : ''],
    ['Currency', card.currency],
    ['Notes', card.notes],
    ['Created', `${formatInstant(card.created_at, timeZone)}${by(card.created_by)}`],
    ['Changed', card.version === 1 ? '' : `${formatInstant(card.updated_at, timeZone)}${by(card.updated_by)}`],
  ];
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({ margin: 0, display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1.5, 4) }),
  name: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightRegular,
  }),
  value: css({ margin: 0, maxWidth: '70ch', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
});
