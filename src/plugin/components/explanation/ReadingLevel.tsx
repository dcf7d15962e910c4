import { EmptyState, Pagination, Stack, Text, TextLink } from '@grafana/ui';
import type { ExplainedDays, ExplainedHours, ExplainedReading, ExplainedReadings } from '../../../api/explanations';
import type { z } from 'zod';
import { Decimal } from '../../../domain/decimal';
import { exactQuantity } from '../../format/quantity';
import { PlainTable } from '../PlainTable';
import { describeReading } from './describe-reading';
import { ExactQuantity } from './Exact';
import { exploreLink } from './explore-link';
import { MeterQuery } from './MeterQuery';
import { hourSteps } from './price-arithmetic';
import { seriesSelector } from './series-selector';
import { SumProof } from './SumProof';

/** Readings that are asked for at once. */
export const READINGS_PER_PAGE = 50;

type Reading = z.infer<typeof ExplainedReading>;

interface Props {
  value: ExplainedReadings;
  days: ExplainedDays;
  hours: ExplainedHours;
  page: number;
  onPage: (page: number) => void;
  onReload: () => void;
}

/** What every series said in an hour, and how its usage was counted: the samples' side of a cost. */
export function ReadingLevel({ value, days, hours, page, onPage, onReload }: Props) {
  const { kind, query, hour, unit, found, offset, total, data, unexplained } = value;
  const { timezone } = hours;
  const rows = hours.hours.filter((row) => Date.parse(row.hour) === Date.parse(hour));
  const shown = data.reduce((sum, { usage }) => sum.plus(usage), new Decimal(0)).toFixed();
  const quantityAbove = rows.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0)).toFixed();
  const pages = Math.max(1, Math.ceil(found / READINGS_PER_PAGE));
  return (
    <>
      <SumProof
        of={found === 1 ? '1 reading' : `${found} readings`}
        parts={
          found === data.length ? [...data.map(({ usage }) => usage), unexplained?.quantity ?? '0'] : [total.quantity]
        }
        whole={{ amount: quantityAbove, name: 'the usage of the hour' }}
        unit={unit}
        onReload={onReload}
      />
      {rows.map((row) => {
        const price = days.prices.find(({ price_id }) => price_id === row.price_id);
        return (
          price && (
            <div key={row.price_id}>
              {hourSteps(row, price, unit).map((step) => (
                <div key={step}>{step}</div>
              ))}
            </div>
          )
        );
      })}
      <MeterQuery query={query} hour={hour} />
      {data.length === 0 ? (
        <EmptyState variant="not-found" message={found === 0 ? 'No readings of this hour' : 'No readings on this page'}>
          {unexplained?.reason ?? 'Choose another page or hour.'}
        </EmptyState>
      ) : (
        <PlainTable
          caption="Readings of the hour"
          columns={[
            { title: 'Series', width: '35%' },
            { title: 'How its usage was counted' },
            { title: 'Samples', figure: true },
            { title: 'Usage', figure: true },
          ]}
          rows={data.map((reading) => ({
            key: JSON.stringify(reading.labels),
            cells: [
              <SeriesName key="series" reading={reading} query={query} hour={hour} />,
              describeReading(reading, kind, timezone).map((line) => <div key={line}>{line}</div>),
              reading.samples,
              <ExactQuantity key="usage" quantity={reading.usage} unit={unit} />,
            ],
          }))}
        />
      )}
      {found > READINGS_PER_PAGE && (
        <Stack justifyContent="space-between" alignItems="center" wrap="wrap">
          <Text color="secondary">
            Readings {offset + 1} to {offset + data.length} of {found}; Σ of this page{' '}
            <ExactQuantity quantity={shown} unit={unit} />
          </Text>
          <Pagination currentPage={page} numberOfPages={pages} onNavigate={onPage} />
        </Stack>
      )}
      {unexplained && data.length > 0 && (
        <Text color="warning">
          {exactQuantity(unexplained.quantity, unit)} come from no reading. {unexplained.reason}
        </Text>
      )}
    </>
  );
}

function SeriesName({ reading: { labels, resource }, query, hour }: { reading: Reading; query: string; hour: string }) {
  const named = seriesSelector(query, labels);
  const href = named && exploreLink(named, hour);
  const owner = [resource.workspace, resource.application, resource.topic, resource.principal]
    .filter(Boolean)
    .join(' · ');
  return (
    <>
      <div style={{ overflowWrap: 'anywhere' }}>
        <Text variant="code">
          {Object.entries(labels)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([label, text]) => `${label}="${text}"`)
            .join(', ') || '{}'}
        </Text>
      </div>
      {owner !== '' && <Text color="secondary">{owner} </Text>}
      {href && (
        <TextLink href={href} variant="bodySmall">
          Samples in Explore
        </TextLink>
      )}
    </>
  );
}
