import { Alert, Stack, Text } from '@grafana/ui';
import type { Meter } from '../../../api/meters';
import { MeterPrice } from './MeterPrice';
import type { PriceForm, RateCardForm } from './rate-card-form';

interface Props {
  form: RateCardForm;
  meters: Meter[];
  problemOf: (path: string) => string | undefined;
  onChange: (slug: string, price: PriceForm, path: string) => void;
}

/** The price of every meter; one that is left out keeps its older price. */
export function PriceFields({ form, meters, problemOf, onChange }: Props) {
  const problem = problemOf('prices');
  return (
    <Stack direction="column" gap={1}>
      <Text element="h3" variant="h5">
        Prices
      </Text>
      <Text color="secondary">
        A meter that this card does not price keeps the price of an older card, if there is one.
      </Text>
      {problem && <Alert severity="error" title={`Prices: ${problem}`} bottomSpacing={0} />}
      {Object.entries(form.prices).map(([slug, price]) => (
        <MeterPrice
          key={slug}
          slug={slug}
          unit={meters.find((meter) => meter.slug === slug)?.unit ?? 'unit'}
          price={price}
          currency={form.currency}
          problemOf={(path) => problemOf(path === '' ? `prices.${slug}` : `prices.${slug}.${path}`)}
          onChange={(next, path) => onChange(slug, next, path === '' ? 'prices' : `prices.${slug}.${path}`)}
        />
      ))}
    </Stack>
  );
}
