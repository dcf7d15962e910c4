import { EmptyState, Text, TextLink } from '@grafana/ui';
import { meterName } from '../../format/names';
import { PAGES } from '../../plugin-id';
import { PlainTable } from '../PlainTable';
import { ExactMoney, ExactQuantity } from './Exact';
import type { ScopeMeters } from './meters-of-scope';
import { SumProof } from './SumProof';

interface Props {
  value: ScopeMeters;
  hrefOf: (meter: string) => string;
  onReload: () => void;
}

/** The meters of a line with their cost: the first step from an amount to its reasons. */
export function MeterLevel({ value: { meters, currency, total }, hrefOf, onReload }: Props) {
  if (meters.length === 0) {
    return (
      <EmptyState variant="not-found" message="Nothing was used here">
        No meter counted anything for this line in these hours. Choose another period or line.
      </EmptyState>
    );
  }
  const rated = meters.flatMap(({ cost }) => cost ?? []);
  return (
    <>
      <Text color="secondary">What was metered, and what it costs. Choose a meter to see its prices and days.</Text>
      <SumProof
        of={rated.length === 1 ? '1 meter' : `${rated.length} meters`}
        parts={rated}
        whole={{ amount: total, name: 'the cost of the line' }}
        currency={currency}
        onReload={onReload}
      />
      <PlainTable
        caption="Meters of the line"
        columns={[{ title: 'Meter' }, { title: 'Quantity', figure: true }, { title: 'Cost', figure: true }]}
        rows={meters.map(({ charge_type, cost, quantity, unit }) => ({
          key: `${charge_type} ${cost === null}`,
          cells: [
            <TextLink key="meter" href={hrefOf(charge_type)} inline={false}>
              {meterName(charge_type)}
            </TextLink>,
            quantity !== undefined && unit !== undefined ? <ExactQuantity quantity={quantity} unit={unit} /> : '',
            cost === null ? <UnratedLink /> : <ExactMoney amount={cost} currency={currency} />,
          ],
        }))}
      />
    </>
  );
}

/** Usage for which no price was in force, and where to set one. */
export function UnratedLink() {
  return (
    <TextLink href={PAGES.rates} inline={false}>
      Unrated: see Rates
    </TextLink>
  );
}
