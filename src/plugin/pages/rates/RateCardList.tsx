import { EmptyState, Pagination, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { createPath, useLocation } from 'react-router-dom';
import { HistoryList } from '../../components/history/HistoryList';
import { cardRows, matchesSearch } from './card-rows';
import { cardSpans } from './card-spans';
import { cardState } from './card-state';
import { ListControls } from './ListControls';
import { NewCardButton } from './NewCardButton';
import { RateCardTable } from './RateCardTable';
import { mayEdit, type RatesData } from './rates-data';
import { Timeline } from './timeline/Timeline';
import { timelineWindow } from './timeline/timeline-window';
import type { RatesQuery } from './use-rates-query';

/** Rows of the timeline, or versions of the list, a page. */
const PAGE_SIZE = 25;
const YEAR = 365 * 86_400_000;

interface Props {
  data: RatesData;
  query: RatesQuery;
}

/** All rate cards: on a timeline, as a list, or what was changed of them. */
export function RateCardList({ data, query }: Props) {
  const { list, linkTo, go, refine } = query;
  const { pathname } = useLocation();
  const [now] = useState(() => Date.now());
  const spans = useMemo(() => cardSpans(data.cards), [data.cards]);
  const found = useMemo(
    () =>
      data.cards.filter((card) => {
        const span = spans.get(card.id);
        const inState = list.state === 'all' || (span && cardState(span, now).state === list.state);
        return inState && matchesSearch(card, list.search);
      }),
    [data.cards, spans, list.search, list.state, now],
  );
  const rows = useMemo(() => cardRows(found), [found]);
  const starts = useMemo(() => data.cards.map(({ valid_from: validFrom }) => Date.parse(validFrom)), [data.cards]);
  const editable = mayEdit(data);

  if (data.cards.length === 0) {
    return (
      <EmptyState
        variant="call-to-action"
        message="There is no rate card yet"
        button={editable ? <NewCardButton onClick={() => go({ show: 'new' })} /> : undefined}
      >
        Nothing that is metered has a price. A rate card gives meters their prices from a date on
        {editable ? '.' : '; an administrator can make one.'}
      </EmptyState>
    );
  }

  const versions = rows.flatMap((row) => row.versions);
  const items = list.form === 'list' ? versions.length : rows.length;
  const pages = Math.max(1, Math.ceil(items / PAGE_SIZE));
  const page = Math.min(list.page, pages);
  const slice = <T,>(of: T[]) => of.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const first = (page - 1) * PAGE_SIZE + 1;
  const unit = list.form === 'list' ? 'versions' : 'rate cards';

  return (
    <Stack direction="column" gap={2}>
      <ListControls
        list={list}
        refine={refine}
        newCard={editable ? <NewCardButton onClick={() => go({ show: 'new' })} /> : undefined}
      />
      <Text color="secondary">
        Of each meter the newest price at or before an hour applies; a workspace’s own price comes first.
        {editable ? '' : ' Only administrators can change rate cards.'}
      </Text>
      {list.form === 'history' ? (
        <HistoryList filter={{ object: 'rate-card' }} timeZone={data.me.timezone} />
      ) : items === 0 ? (
        <EmptyState variant="not-found" message="No rate card is like that">
          Look for another word, or for cards in any state.
        </EmptyState>
      ) : (
        <>
          <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={1}>
            <Text color="secondary">
              <span role="status">
                {items > PAGE_SIZE
                  ? `${unit} ${first}–${Math.min(items, page * PAGE_SIZE)} of ${items}`
                  : `${items} ${items === 1 ? unit.slice(0, -1) : unit}`}
              </span>
            </Text>
            {list.form === 'timeline' && Math.min(...starts) < now - YEAR && (
              <RadioButtonGroup
                size="sm"
                aria-label="Stretch of time"
                options={[
                  { label: 'Last year', value: false },
                  { label: 'From the first version', value: true },
                ]}
                value={list.fromFirst}
                onChange={(fromFirst) => refine({ fromFirst, page })}
              />
            )}
          </Stack>
          {list.form === 'list' ? (
            <RateCardTable
              title="Versions of rate cards"
              cards={slice(versions)}
              data={data}
              spans={spans}
              now={now}
              hrefOf={(id) => createPath({ pathname, search: `?${linkTo({ show: 'card', id })}` })}
            />
          ) : (
            <Timeline
              label="Rate cards and their versions"
              rows={slice(rows)}
              data={data}
              spans={spans}
              window={timelineWindow(starts, now, list.fromFirst)}
              now={now}
              linkTo={(id) => ({ search: linkTo({ show: 'card', id }) })}
            />
          )}
          <Pagination
            currentPage={page}
            numberOfPages={pages}
            onNavigate={(to) => refine({ page: to })}
            hideWhenSinglePage
          />
        </>
      )}
    </Stack>
  );
}
