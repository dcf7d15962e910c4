import { Alert, Stack, Text } from '@grafana/ui';
import type { Meter } from '../../../../api/meters';
import { unitOf } from '../rates-data';
import { fieldId } from './field-names';
import { MeterPrice } from './MeterPrice';
import type { PriceForm, RateCardForm } from './rate-card-form';

interface Props {
  form: RateCardForm;
  meters: Meter[];
  problemOf: (path: string) => string | undefined;
  /** A field was left: from then on its problem shows. */
  onTouch: (path: string) => void;
  onChange: (slug: string, price: PriceForm, path: string) => void;
}

/** The price of every meter; one that is left out keeps its older price. */
export function PriceFields({ form, meters, problemOf, onTouch, onChange }: Props) {
  const problem = problemOf('prices');
  return (
    <Stack direction="column" gap={1}>
      <Text element="h3" variant="h5">
        Prices
      </Text>
      <Text color="secondary">
        A meter that this card does not price keeps the price of an older card, if there is one.
      </Text>
      <div id={fieldId('prices')} tabIndex={-1}>
        {problem && <Alert severity="error" title={`Prices: ${problem}`} bottomSpacing={0} />}
      </div>
      {Object.entries(form.prices).map(([slug, price]) => (
        <MeterPrice
          key={slug}
          slug={slug}
          unit={unitOf(meters, slug)}
          price={price}
          currency={form.currency}
          problemOf={(path) => problemOf(path === '' ? `prices.${slug}` : `prices.${slug}.${path}`)}
          onTouch={(path) => onTouch(`prices.${slug}.${path}`)}
          onChange={(next, path) => onChange(slug, next, path === '' ? 'prices' : `prices.${slug}.${path}`)}
        />
      ))}
    </Stack>
  );
}
