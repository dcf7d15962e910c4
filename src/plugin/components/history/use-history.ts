import { useCallback, useState } from 'react';
import type { History, HistoryEntry, HISTORY_OBJECTS } from '../../../api/history';
import { getHistory } from '../../data/history';
import { useResource, type Resource } from '../../data/use-resource';
import { useSend } from '../../data/use-send';

/** Which changes: of all things of a kind, or of the one called `subject`. */
export interface HistoryQuestion {
  object: (typeof HISTORY_OBJECTS)[number];
  subject?: string;
}

const PAGE_SIZE = 25;

/** Changes, newest first: the first page, then what `loadMore` adds. Another question begins anew. */
export function useHistory({ object, subject }: HistoryQuestion) {
  const load = useCallback(() => getHistory({ object, subject, limit: PAGE_SIZE }), [object, subject]);
  const first = useResource(load);
  const [older, setOlder] = useState<{ of: History; entries: HistoryEntry[]; cursor: string | null }>();
  const { state: more, send, reset } = useSend<History>();
  const start = first.state === 'loaded' ? first.value : undefined;
  // What was added to another question's answer, or to an older one of this question, is not part of this one.
  const added = older !== undefined && older.of === start ? older : undefined;
  const cursor = added ? added.cursor : (start?.next_cursor ?? null);
  const entries: Resource<HistoryEntry[]> =
    first.state === 'loaded' ? { state: 'loaded', value: [...first.value.data, ...(added?.entries ?? [])] } : first;

  const loadMore = useCallback(() => {
    if (start && cursor !== null) {
      send(getHistory({ object, subject, limit: PAGE_SIZE, cursor }), ({ data, next_cursor }) =>
        setOlder({ of: start, entries: [...(added?.entries ?? []), ...data], cursor: next_cursor }),
      );
    }
  }, [start, cursor, added, object, subject, send]);
  const { reload } = first;
  const retry = useCallback(() => {
    reset();
    reload();
  }, [reset, reload]);
  return { entries, hasMore: cursor !== null, more, loadMore, reload: retry };
}
