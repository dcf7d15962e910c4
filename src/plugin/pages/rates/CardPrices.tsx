import { Stack, Text } from '@grafana/ui';
import type { RateCard } from '../../../api/rate-cards';
import { PlainTable } from '../../components/PlainTable';
import { describePrice } from '../../format/describe-price';
import { meterName } from '../../format/names';
import { perExplained } from '../../format/per';
import { formatValidFrom } from '../../format/time';
import type { CardSpan } from './card-spans';
import { unitOf, type RatesData } from './rates-data';

interface Props {
  card: RateCard;
  span: CardSpan | undefined;
  now: number;
  data: RatesData;
}

/** What a version asks for each meter, for exactly how much, and until when. */
export function CardPrices({ card, span, now, data }: Props) {
  const until = (slug: string) => {
    const end = span?.ends[slug] ?? Infinity;
    const at = end === Infinity ? undefined : formatValidFrom(new Date(end).toISOString(), data.me.timezone);
    return at === undefined ? 'open' : end <= now ? `superseded ${at}` : at;
  };
  return (
    <Stack direction="column" gap={1}>
      <Text element="h3" variant="h5">
        Prices
      </Text>
      <PlainTable
        caption={`Prices of ${card.name}`}
        columns={[
          { title: 'Meter', width: '22%' },
          { title: 'Price' },
          { title: 'Exactly', width: '20%' },
          { title: 'Until', width: '16%', tight: true },
        ]}
        rows={Object.entries(card.prices).map(([slug, price]) => {
          const unit = unitOf(data.meters, slug);
          return {
            key: slug,
            cells: [
              <span key="meter" title={slug}>
                {meterName(slug)}
              </span>,
              <div key="price" style={{ fontVariantNumeric: 'tabular-nums' }}>
                {describePrice(price, card.currency, unit).map((line) => (
                  <div key={line}>{line}</div>
                ))}
              </div>,
              perExplained(price.per, unit),
              until(slug),
            ],
          };
        })}
      />
    </Stack>
  );
}
