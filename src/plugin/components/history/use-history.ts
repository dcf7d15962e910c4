import { useCallback, useMemo, useState } from 'react';
import { catchError, forkJoin, of, type Observable } from 'rxjs';
import type { History, HistoryEntry, HistoryFilter } from '../../../api/history';
import type { Meter } from '../../../api/meters';
import { getHistory } from '../../data/history';
import { listMeters } from '../../data/meters';
import { useResource, type Resource } from '../../data/use-resource';
import { useSend } from '../../data/use-send';

/** Changes, and the meters, by whose units prices are told. */
export interface ToldHistory {
  entries: HistoryEntry[];
  meters: Meter[];
}

type FirstPage = { page: History; meters: Meter[] };

function ask(filter: HistoryFilter, limit: number): Observable<FirstPage> {
  const priced = filter.object === undefined || filter.object === 'rate-card';
  return forkJoin({
    page: getHistory({ ...filter, limit }),
    // Without the units a price is still told.
    meters: priced ? listMeters().pipe(catchError(() => of([]))) : of([]),
  });
}

/** Changes, newest first: the first `limit`, then what `loadMore` adds. Another filter begins anew. */
export function useHistory(filter: HistoryFilter, limit: number) {
  const asked = JSON.stringify(filter);
  const question = useMemo(() => JSON.parse(asked) as HistoryFilter, [asked]);
  const load = useCallback(() => ask(question, limit), [question, limit]);
  const first = useResource(load);
  const [older, setOlder] = useState<{ of: FirstPage; entries: HistoryEntry[]; cursor: string | null }>();
  const { state: more, send, reset } = useSend<History>();
  const start = first.state === 'loaded' ? first.value : undefined;
  // What was added to another question's answer, or to an older one of this question, is not part of this one.
  const added = older !== undefined && older.of === start ? older : undefined;
  const cursor = added ? added.cursor : (start?.page.next_cursor ?? null);
  const told: Resource<ToldHistory> =
    first.state === 'loaded'
      ? {
          state: 'loaded',
          value: { entries: [...first.value.page.data, ...(added?.entries ?? [])], meters: first.value.meters },
        }
      : first;

  const loadMore = useCallback(() => {
    if (start && cursor !== null) {
      send(getHistory({ ...question, limit, cursor }), ({ data, next_cursor }) =>
        setOlder({ of: start, entries: [...(added?.entries ?? []), ...data], cursor: next_cursor }),
      );
    }
  }, [start, cursor, added, question, limit, send]);
  const { reload } = first;
  const retry = useCallback(() => {
    reset();
    reload();
  }, [reset, reload]);
  return { told, hasMore: cursor !== null, more, loadMore, reload: retry };
}
