import { Badge, Stack, Text, TextLink } from '@grafana/ui';
import type { ExplainedDays, ExplainedHours } from '../../../api/explanations';
import { Decimal } from '../../../domain/decimal';
import { PlainTable } from '../PlainTable';
import { ESTIMATED } from './DayLevel';
import { ExactMoney, ExactQuantity } from './Exact';
import { formatHourSpan } from './format-hour';
import { UnratedLink } from './MeterLevel';
import { hourSteps, isFlat, type ExplainedHour } from './price-arithmetic';
import { SumProof } from './SumProof';

/** Scrapes are seldom exactly as many as the interval says; below this share some are missing. */
const WELL_COVERED = 0.95;

interface Props {
  value: ExplainedHours;
  days: ExplainedDays;
  day: string;
  hrefOf: (hour: string) => string;
  onReload: () => void;
}

/** The hours of one day with what decided the price of each. */
export function HourLevel({ value: { hours, unit, currency, timezone }, days, day, hrefOf, onReload }: Props) {
  const ofDay = days.days.filter((row) => row.day === day);
  const whole = ofDay.reduce((sum, { cost }) => sum.plus(cost ?? '0'), new Decimal(0)).toFixed();
  const priceOf = (id: number | null) => days.prices.find(({ price_id }) => price_id === id);
  const tiered = days.prices.some((price) => !isFlat(price));
  const used = new Set(hours.filter(({ resources }) => resources > 0).map(({ hour }) => hour)).size;
  return (
    <>
      <SumProof
        of={used === 1 ? '1 hour with usage' : `${used} hours with usage`}
        parts={hours.flatMap(({ cost }) => cost ?? [])}
        whole={{ amount: whole, name: 'the cost of the day' }}
        currency={currency}
        onReload={onReload}
      />
      <PlainTable
        caption={`Hours of the day (${timezone})`}
        columns={[
          { title: `Hour (${timezone})`, tight: true },
          { title: 'Usage', figure: true },
          { title: 'How', width: '50%' },
          { title: 'Cost', figure: true },
        ]}
        rows={hours.map((row) => ({
          key: `${row.hour} ${row.price_id}`,
          cells:
            row.resources === 0
              ? [formatHourSpan(row.hour, timezone), '', <Muted key="none" text="No usage" />, '']
              : [
                  <HourName key="hour" row={row} href={hrefOf(row.hour)} timezone={timezone} />,
                  <ExactQuantity key="usage" quantity={row.quantity} unit={unit} />,
                  <HourSteps key="how" row={row} price={priceOf(row.price_id)} unit={unit} />,
                  row.cost === null ? (
                    <UnratedLink key="cost" />
                  ) : (
                    <ExactMoney key="cost" amount={row.cost} currency={currency} fine />
                  ),
                ],
        }))}
      />
      <Text color="secondary" variant="bodySmall">
        The cost of an hour is rounded once, to 12 decimals.
        {tiered &&
          ' A workspace’s hour is rated as a whole and shared out to its resources by quantity; the largest remainders get the last units, so that the parts sum to it exactly.'}
        {hours.some(({ estimated }) => estimated) && ` ${ESTIMATED}`}
      </Text>
    </>
  );
}

const Muted = ({ text }: { text: string }) => <Text color="secondary">{text}</Text>;

function HourName({ row, href, timezone }: { row: ExplainedHour; href: string; timezone: string }) {
  return (
    <Stack gap={1} alignItems="center">
      <TextLink href={href} inline={false}>
        {formatHourSpan(row.hour, timezone)}
      </TextLink>
      {row.estimated && <Badge color="orange" text="estimated" tooltip={ESTIMATED} />}
      {!row.estimated && row.coverage < WELL_COVERED && (
        <Badge
          color="blue"
          text={`${Math.floor(row.coverage * 100)} % of samples`}
          tooltip="Share of the hour for which there are samples, weighted by usage"
        />
      )}
    </Stack>
  );
}

function HourSteps({
  row,
  price,
  unit,
}: {
  row: ExplainedHour;
  price?: ExplainedDays['prices'][number];
  unit: string;
}) {
  return (
    <>
      {(price ? hourSteps(row, price, unit) : ['No price was in force: it is in no total']).map((step) => (
        <div key={step}>{step}</div>
      ))}
    </>
  );
}
