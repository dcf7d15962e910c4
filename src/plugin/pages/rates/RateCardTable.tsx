import { IconButton, Stack, Text } from '@grafana/ui';
import type { RateCard } from '../../../api/rate-cards';
import { formatInstant, formatValidFrom } from '../../format/time';
import { PlainTable } from '../../components/PlainTable';
import { CardStateBadge } from './CardStateBadge';
import { DeleteRateCard } from './DeleteRateCard';
import { PriceList } from './PriceList';
import type { RatesData } from './rates-data';
import type { RatesView } from './use-rates-query';

interface Props {
  title: string;
  cards: RateCard[];
  data: RatesData;
  editable: boolean;
  onOpen: (view: RatesView) => void;
  onChanged: () => void;
}

/** The versions of one group, with their prices written out. */
export function RateCardTable({ title, cards, data, editable, onOpen, onChanged }: Props) {
  const { timezone } = data.me;
  const columns = [
    { title: 'Rate card', width: '26%' },
    { title: 'Valid from', width: '10%', tight: true },
    { title: 'State', width: '10%', tight: true },
    { title: 'Prices' },
  ];
  return (
    <PlainTable
      caption={title}
      columns={editable ? [...columns, { title: 'Actions', width: '7%', tight: true }] : columns}
      rows={cards.map((card) => ({
        key: String(card.id),
        cells: [
          <Stack key="name" direction="column" gap={0.5}>
            <Text weight="medium">{card.name}</Text>
            {card.notes !== '' && <Text color="secondary">{card.notes}</Text>}
            <Text color="secondary" variant="bodySmall">
              {`Changed ${formatInstant(card.updated_at, timezone)}${card.updated_by === '' ? '' : ` by ${card.updated_by}`}`}
            </Text>
          </Stack>,
          formatValidFrom(card.valid_from, timezone),
          <CardStateBadge key="state" card={card} cards={data.cards} />,
          <PriceList key="prices" card={card} meters={data.meters} />,
          editable && (
            <Stack key="actions" gap={1}>
              <IconButton
                name="pen"
                tooltip={`Edit ${card.name}, valid from ${formatValidFrom(card.valid_from, timezone)}`}
                onClick={() => onOpen({ show: 'card', id: card.id })}
              />
              <IconButton
                name="copy"
                tooltip={`New version of ${card.name}, valid from ${formatValidFrom(card.valid_from, timezone)}`}
                onClick={() => onOpen({ show: 'new', from: card.id })}
              />
              <DeleteRateCard
                card={card}
                validFrom={formatValidFrom(card.valid_from, timezone)}
                onDeleted={onChanged}
              />
            </Stack>
          ),
        ].slice(0, editable ? 5 : 4),
      }))}
    />
  );
}
