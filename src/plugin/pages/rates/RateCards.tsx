import { Alert, Button } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { forkJoin, map, type Observable } from 'rxjs';
import type { Me } from '../../../api/me';
import { PageSkeleton } from '../../components/PageSkeleton';
import { RequestProblem } from '../../components/RequestProblem';
import { listMeters } from '../../data/meters';
import { listRateCards } from '../../data/rate-cards';
import { useResource } from '../../data/use-resource';
import { RateCardEditor } from './editor/RateCardEditor';
import { RateCardList } from './RateCardList';
import { RateCardView } from './RateCardView';
import { isLocked, mayEdit, type RatesData } from './rates-data';
import { useRatesQuery } from './use-rates-query';

const loadRates = (): Observable<Omit<RatesData, 'me'>> =>
  forkJoin({ meters: listMeters(), list: listRateCards() }).pipe(
    map(({ meters, list }) => ({ meters, cards: list.data, closedUntil: list.closed_until })),
  );

/** Rate cards: all of them, one of them, or the editor. Administrators write, everybody else reads. */
export function RateCards({ me }: { me: Me }) {
  const query = useRatesQuery();
  const { view, go } = query;
  const rates = useResource(loadRates);
  const { reload } = rates;
  const onSaved = useCallback(
    (id: number) => {
      reload();
      go({ show: 'card', id });
    },
    [reload, go],
  );
  const onDeleted = useCallback(() => {
    reload();
    go({ show: 'list' });
  }, [reload, go]);
  const loaded = rates.state === 'loaded' ? rates.value : undefined;
  const data = useMemo(() => loaded && { me, ...loaded }, [me, loaded]);

  if (rates.state === 'failed') {
    return <RequestProblem what="The rate cards" error={rates.error} onRetry={reload} />;
  }
  if (!data) {
    return <PageSkeleton />;
  }
  if (view.show === 'list') {
    return <RateCardList data={data} query={query} />;
  }
  const id = view.show === 'new' ? view.from : view.id;
  const card = data.cards.find((one) => one.id === id);
  if (id !== undefined && !card) {
    return (
      <Alert severity="warning" title="There is no such rate card">
        It was deleted, or it is one of a workspace that you do not see.{' '}
        <Button variant="secondary" size="sm" onClick={() => go({ show: 'list' })}>
          All rate cards
        </Button>
      </Alert>
    );
  }
  const editable = mayEdit(data);
  if (card && (view.show === 'card' || !editable || (view.show === 'edit' && isLocked(card.valid_from, data)))) {
    return <RateCardView card={card} data={data} query={query} onDeleted={onDeleted} />;
  }
  if (!editable) {
    return (
      <>
        <Alert severity="info" title="Only administrators can change rate cards">
          You can read all of them below.
        </Alert>
        <RateCardList data={data} query={query} />
      </>
    );
  }
  return (
    <RateCardEditor
      key={JSON.stringify(view)}
      data={data}
      card={card}
      asNewVersion={view.show === 'new'}
      validFrom={view.show === 'new' ? view.validFrom : undefined}
      onSaved={onSaved}
      onCancel={() => go(card ? { show: 'card', id: card.id } : { show: 'list' })}
    />
  );
}
