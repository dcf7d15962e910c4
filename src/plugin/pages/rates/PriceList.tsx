import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Meter } from '../../../api/meters';
import type { RateCard } from '../../../api/rate-cards';
import { meterName } from '../../format/names';
import { perExplained } from '../../format/per';
import { describePrice } from '../../format/describe-price';

/** A card's prices in words, a meter a line. */
export function PriceList({ card, meters }: { card: RateCard; meters: Meter[] }) {
  const styles = useStyles2(getStyles);
  return (
    <dl className={styles.list}>
      {Object.entries(card.prices).map(([slug, price]) => {
        const unit = meters.find((meter) => meter.slug === slug)?.unit ?? 'unit';
        return (
          <div
            key={slug}
            className={styles.item}
            title={[slug, perExplained(price.per, unit)].filter(Boolean).join(': ')}
          >
            <dt className={styles.meter}>{meterName(slug)}</dt>
            <dd className={styles.price}>
              {describePrice(price, card.currency, unit).map((line) => (
                <div key={line}>{line}</div>
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ margin: 0 }),
  item: css({
    display: 'flex',
    // Beside each other where there is room, else the price below the meter.
    flexWrap: 'wrap',
    columnGap: theme.spacing(2),
  }),
  meter: css({
    flex: '1 1 170px',
    maxWidth: 220,
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightRegular,
  }),
  price: css({ flex: '1 1 260px', margin: 0, fontVariantNumeric: 'tabular-nums' }),
});
