import { Badge, EmptyState, Stack, Text, TextLink } from '@grafana/ui';
import type { ExplainedDays } from '../../../api/explanations';
import { describePrice } from '../../format/describe-price';
import { formatValidFrom } from '../../format/time';
import { PAGES } from '../../plugin-id';
import { PlainTable } from '../PlainTable';
import { ExactMoney, ExactQuantity } from './Exact';
import { formatDay } from './format-hour';
import { UnratedLink } from './MeterLevel';
import { isFlat, product, type PriceVersion } from './price-arithmetic';
import { SumProof } from './SumProof';

interface Props {
  value: ExplainedDays;
  /** The meter's cost as the level above says it, when it does. */
  above: string | undefined;
  hrefOf: (day: string) => string;
  onReload: () => void;
}

/** Price versions × usage per day of one meter. */
export function DayLevel({ value, above, hrefOf, onReload }: Props) {
  const { days, prices, unit, currency, timezone, total } = value;
  if (days.length === 0) {
    return (
      <EmptyState variant="not-found" message="Nothing was used of this meter">
        This meter counted nothing for this line in these hours.
      </EmptyState>
    );
  }
  const estimated = days.some(({ estimated_facts }) => estimated_facts > 0);
  const count = new Set(days.filter(({ cost }) => cost !== null).map(({ day }) => day)).size;
  return (
    <>
      <SumProof
        of={count === 1 ? '1 day' : `${count} days`}
        parts={days.flatMap(({ cost }) => cost ?? [])}
        whole={{ amount: above ?? total.cost, name: 'the cost of the meter' }}
        currency={currency}
        onReload={onReload}
      />
      {prices.length > 0 && <PriceVersions value={value} />}
      <PlainTable
        caption={`Usage and cost by day (${timezone})`}
        columns={[
          { title: `Day (${timezone})`, tight: true },
          { title: 'Usage', figure: true },
          { title: 'How', width: '50%' },
          { title: 'Cost', figure: true },
        ]}
        rows={days.map(({ day, price_id, quantity, cost, estimated_facts, facts }) => ({
          key: `${day} ${price_id}`,
          cells: [
            <Stack key="day" gap={1} alignItems="center">
              <TextLink href={hrefOf(day)} inline={false}>
                {formatDay(day)}
              </TextLink>
              {estimated_facts > 0 && (
                <Badge
                  color="orange"
                  text="estimated"
                  tooltip={`${estimated_facts} of ${facts} resource-hours of the day were estimated`}
                />
              )}
            </Stack>,
            <ExactQuantity key="usage" quantity={quantity} unit={unit} />,
            daySentence(
              quantity,
              unit,
              prices.find((price) => price.price_id === price_id),
              prices.length,
            ),
            cost === null ? <UnratedLink key="cost" /> : <ExactMoney key="cost" amount={cost} currency={currency} />,
          ],
        }))}
        totals={[
          {
            key: 'total',
            cells: [
              'Total of what is priced',
              <ExactQuantity key="usage" quantity={total.quantity} unit={unit} />,
              '',
              <ExactMoney key="cost" amount={total.cost} currency={currency} />,
            ],
          },
        ]}
      />
      <Text color="secondary" variant="bodySmall">
        Costs are calculated hour by hour, stored with 12 decimals and rounded only on the screen; point at a figure to
        see it exactly.
        {estimated && ` ${ESTIMATED}`}
      </Text>
    </>
  );
}

export const ESTIMATED =
  'Estimated: for whole hours no sample was there, so the growth of the counter over the gap is divided evenly over its hours. The sum is exact, how it falls on the hours is not.';

function daySentence(quantity: string, unit: string, price: PriceVersion | undefined, versions: number): string {
  if (!price) {
    return 'No price was in force: it is in no total';
  }
  const named = versions > 1 ? ` (${price.rate_card})` : '';
  return isFlat(price)
    ? product(quantity, unit, price, price.tiers[0]?.unit_price ?? '0') + named
    : `${price.tiers.length} tiers by the month to date: open the day to see each hour${named}`;
}

function PriceVersions({ value: { prices, unit, timezone } }: { value: ExplainedDays }) {
  return (
    <PlainTable
      caption="Price versions that took part"
      columns={[
        { title: 'Rate card' },
        { title: 'For' },
        { title: `In force from (${timezone})`, tight: true },
        { title: 'Price' },
        { title: 'Usage', figure: true },
        { title: 'Cost', figure: true },
      ]}
      rows={prices.map((price) => ({
        key: String(price.price_id),
        cells: [
          <TextLink key="card" href={`${PAGES.rates}?card=${price.rate_card_id}`} inline={false}>
            {price.rate_card}
          </TextLink>,
          price.workspace === '' ? 'Every workspace' : price.workspace,
          formatValidFrom(price.valid_from, timezone),
          describePrice(price, price.currency, unit).map((line) => <div key={line}>{line}</div>),
          <ExactQuantity key="usage" quantity={price.quantity} unit={unit} />,
          <ExactMoney key="cost" amount={price.cost} currency={price.currency} />,
        ],
      }))}
    />
  );
}
