import { LoadingPlaceholder } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { forkJoin, type Observable } from 'rxjs';
import { getMe } from '../../data/me';
import { listMeters } from '../../data/meters';
import { listRateCards } from '../../data/rate-cards';
import { useResource } from '../../data/use-resource';
import { RequestProblem } from '../../components/RequestProblem';
import { RateCardEditor } from './RateCardEditor';
import { RateCardList } from './RateCardList';
import type { RatesData } from './rates-data';
import { useRatesQuery } from './use-rates-query';

const loadRates = (): Observable<RatesData> => forkJoin({ me: getMe(), meters: listMeters(), cards: listRateCards() });

/** Rate cards: the list, or the editor of one of them. Administrators write, everybody else reads. */
export function RateCards() {
  const [view, go] = useRatesQuery();
  const rates = useResource(loadRates);
  const { reload } = rates;
  const backToList = useCallback(() => go({ show: 'list' }), [go]);
  const onSaved = useCallback(() => {
    reload();
    backToList();
  }, [reload, backToList]);
  const edited = view.show === 'card' ? view.id : view.show === 'new' ? view.from : undefined;
  const cards = rates.state === 'loaded' ? rates.value.cards : undefined;
  const card = useMemo(() => cards?.find(({ id }) => id === edited), [cards, edited]);

  if (rates.state === 'loading') {
    return <LoadingPlaceholder text="Loading the rate cards…" />;
  }
  if (rates.state === 'failed') {
    return <RequestProblem what="The rate cards" error={rates.error} onRetry={reload} />;
  }
  const editable = rates.value.me.role === 'admin';
  if (view.show === 'list' || !editable || (edited !== undefined && !card)) {
    return <RateCardList data={rates.value} editable={editable} onOpen={go} onChanged={reload} />;
  }
  return (
    <RateCardEditor
      key={`${view.show} ${card?.id} ${card?.version}`}
      data={rates.value}
      card={card}
      asNewVersion={view.show === 'new'}
      onSaved={onSaved}
      onCancel={backToList}
      onReload={reload}
    />
  );
}
