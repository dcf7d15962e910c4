import { Button, Stack, Text } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { RateCard } from '../../../api/rate-cards';
import { HistoryList } from '../../components/history/HistoryList';
import { seesEverything } from '../../billing/use-billing';
import { cardRows } from './card-rows';
import { cardSpans } from './card-spans';
import { CardFacts } from './CardFacts';
import { CardPrices } from './CardPrices';
import { CardStateBadge } from './CardStateBadge';
import { DeleteRateCard } from './DeleteRateCard';
import { LockedCard } from './LockedCard';
import { isLocked, mayEdit, type RatesData } from './rates-data';
import { Timeline } from './timeline/Timeline';
import { timelineWindow } from './timeline/timeline-window';
import type { RatesQuery } from './use-rates-query';

interface Props {
  card: RateCard;
  data: RatesData;
  query: RatesQuery;
  onDeleted: () => void;
}

/** One version of a rate card: what it says, its place among the versions, and who changed it. */
export function RateCardView({ card, data, query: { go, linkTo }, onDeleted }: Props) {
  const [now] = useState(() => Date.now());
  const spans = useMemo(() => cardSpans(data.cards), [data.cards]);
  const span = spans.get(card.id);
  const rows = useMemo(
    () => cardRows(data.cards.filter(({ name, workspace }) => name === card.name && workspace === card.workspace)),
    [data.cards, card],
  );
  const starts = rows.flatMap(({ versions }) => versions.map(({ valid_from: validFrom }) => Date.parse(validFrom)));
  const locked = isLocked(card.valid_from, data);
  const editable = mayEdit(data);

  return (
    <Stack direction="column" gap={3}>
      <div>
        <Button variant="secondary" fill="text" icon="arrow-left" onClick={() => go({ show: 'list' })}>
          All rate cards
        </Button>
      </div>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={2}>
        <Stack alignItems="center" gap={1} wrap="wrap">
          <Text element="h2" variant="h3">
            {card.name}
          </Text>
          {span && <CardStateBadge span={span} now={now} />}
        </Stack>
        {editable && (
          <Stack gap={1}>
            {!locked && (
              <Button icon="pen" onClick={() => go({ show: 'edit', id: card.id })}>
                Edit
              </Button>
            )}
            <Button
              icon="copy"
              variant={locked ? 'primary' : 'secondary'}
              onClick={() => go({ show: 'new', from: card.id })}
            >
              New version
            </Button>
            {!locked && <DeleteRateCard card={card} timeZone={data.me.timezone} onDeleted={onDeleted} />}
          </Stack>
        )}
      </Stack>
      {locked && (
        <LockedCard
          data={data}
          onNewVersion={editable ? (validFrom) => go({ show: 'new', from: card.id, validFrom }) : undefined}
        />
      )}
      {!editable && <Text color="secondary">Only administrators can change rate cards.</Text>}
      <CardFacts card={card} span={span} timeZone={data.me.timezone} />
      <CardPrices card={card} span={span} now={now} data={data} />
      <Stack direction="column" gap={1}>
        <Text element="h3" variant="h5">
          Versions
        </Text>
        <Timeline
          label={`Versions of ${card.name}`}
          rows={rows}
          data={data}
          spans={spans}
          window={timelineWindow(starts, now, true)}
          now={now}
          current={card.id}
          linkTo={(id) => ({ search: linkTo({ show: 'card', id }) })}
        />
      </Stack>
      {(seesEverything(data.me) || card.workspace !== '') && (
        <Stack direction="column" gap={1}>
          <Text element="h3" variant="h5">
            {`History of every card called ${card.name}`}
          </Text>
          <HistoryList filter={{ object: 'rate-card', subject: card.name }} timeZone={data.me.timezone} />
        </Stack>
      )}
    </Stack>
  );
}
