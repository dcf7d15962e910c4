import { Text, TextLink } from '@grafana/ui';
import { PlainTable } from '../../components/PlainTable';
import { formatInstant, formatValidFrom } from '../../format/time';
import type { RateCard } from '../../../api/rate-cards';
import type { CardSpan } from './card-spans';
import { CardStateBadge } from './CardStateBadge';
import { everyWorkspace } from './every-workspace';
import { PriceList } from './PriceList';
import type { RatesData } from './rates-data';

interface Props {
  title: string;
  cards: RateCard[];
  data: RatesData;
  spans: ReadonlyMap<number, CardSpan>;
  now: number;
  hrefOf: (id: number) => string;
}

/** Versions with their prices written out. */
export function RateCardTable({ title, cards, data, spans, now, hrefOf }: Props) {
  const { timezone } = data.me;
  return (
    <PlainTable
      caption={title}
      columns={[
        { title: 'Rate card', width: '22%' },
        { title: 'For', width: '12%' },
        { title: 'Valid from', width: '9%', tight: true },
        { title: 'Until', width: '8%', tight: true },
        { title: 'State', width: '9%', tight: true },
        { title: 'Prices' },
      ]}
      rows={cards.map((card) => {
        const span = spans.get(card.id);
        const until = span && span.end !== Infinity ? new Date(span.end).toISOString() : undefined;
        return {
          key: String(card.id),
          cells: [
            <div key="name" style={{ overflowWrap: 'anywhere' }}>
              <TextLink href={hrefOf(card.id)} weight="medium">
                {card.name}
              </TextLink>
              {card.notes !== '' && (
                <Text element="p" color="secondary">
                  {card.notes}
                </Text>
              )}
              <Text element="p" color="secondary" variant="bodySmall">
                {`Changed ${formatInstant(card.updated_at, timezone)}${card.updated_by === '' ? '' : ` by ${card.updated_by}`}`}
              </Text>
            </div>,
            <span key="workspace" style={{ overflowWrap: 'anywhere' }}>
              {everyWorkspace(card.workspace)}
            </span>,
            formatValidFrom(card.valid_from, timezone),
            until === undefined ? 'open' : formatValidFrom(until, timezone),
            span && <CardStateBadge key="state" span={span} now={now} />,
            <PriceList key="prices" card={card} meters={data.meters} />,
          ],
        };
      })}
    />
  );
}
