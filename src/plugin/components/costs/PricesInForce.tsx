import { Text, TextLink } from '@grafana/ui';
import type { ChargebackSummary } from '../../../api/chargeback';
import { listMeters } from '../../data/meters';
import { useResource } from '../../data/use-resource';
import { describePrice } from '../../format/describe-price';
import { meterName } from '../../format/names';
import { formatValidFrom } from '../../format/time';
import { PAGES } from '../../plugin-id';
import { PlainTable } from '../PlainTable';
import { priceSpans } from './price-spans';

/** The prices that were in force at some moment of the time, from when to when: why the figures are what they are. */
export function PricesInForce({ summary: { rates, period } }: { summary: ChargebackSummary }) {
  const meters = useResource(listMeters);
  // A meter that is no longer configured still has its price here.
  const unitOf = (slug: string) =>
    (meters.state === 'loaded' && meters.value.find((meter) => meter.slug === slug)?.unit) || 'unit';
  if (rates.length === 0) {
    return (
      <Text color="secondary">
        No price was in force in this time.{' '}
        <TextLink href={PAGES.rates} inline>
          See the rate cards
        </TextLink>
      </Text>
    );
  }
  return (
    <PlainTable
      caption="Prices in force"
      columns={[
        { title: 'Meter' },
        { title: 'For' },
        { title: `In force from (${period.timezone})`, tight: true },
        { title: 'Until', tight: true },
        { title: 'Price' },
        { title: 'Rate card' },
      ]}
      rows={priceSpans(rates).map(
        ({ rate_card, rate_card_id, meter, workspace, valid_from, until, currency, per, tiers }) => ({
          key: `${rate_card_id} ${meter}`,
          cells: [
            meterName(meter),
            workspace === '' ? 'Every workspace' : `${workspace} only`,
            formatValidFrom(valid_from, period.timezone),
            until ? formatValidFrom(until, period.timezone) : 'until changed',
            describePrice({ per, tiers }, currency, unitOf(meter)).map((line) => <div key={line}>{line}</div>),
            rate_card,
          ],
        }),
      )}
    />
  );
}
