import { dateTime, rangeUtil } from '@grafana/data';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { HistoryFilter } from '../../../api/history';
import {
  ANY_CHANGE,
  readHistoryQuery,
  writeHistoryQuery,
  type HistoryQueryState,
} from '../../components/history/history-query';

export interface HistoryPageQuery {
  query: HistoryQueryState;
  /** What is asked of the collector; a range relative to now is that of the moment when it was chosen. */
  filter: HistoryFilter;
  filtered: boolean;
  refine: (change: Partial<HistoryQueryState>) => void;
  clear: () => void;
}

/** The page's state, all of it in the address: `?object=budget&actor=ann&from=now-7d&to=now`. */
export function useHistoryQuery(timeZone: string): HistoryPageQuery {
  const [params, setParams] = useSearchParams();
  const query = useMemo(() => readHistoryQuery(params), [params]);
  const filter = useMemo(() => filterOf(query, timeZone), [query, timeZone]);
  const refine = useCallback(
    (change: Partial<HistoryQueryState>) =>
      setParams((now) => writeHistoryQuery(now, { ...readHistoryQuery(now), ...change })),
    [setParams],
  );
  const clear = useCallback(() => refine(ANY_CHANGE), [refine]);
  return { query, filter, filtered: Object.keys(filter).length > 0, refine, clear };
}

/** Only what is asked for, so that the same question is always written alike. */
function filterOf(
  { object, id, subject, actor, workspace, from, to }: HistoryQueryState,
  timeZone: string,
): HistoryFilter {
  return {
    ...(object !== '' && { object }),
    ...(id !== '' && { object_id: id }),
    ...(subject !== '' && { subject }),
    ...(actor !== '' && { actor }),
    ...(workspace !== '' && { workspace }),
    ...rangeOf(from, to, timeZone),
  };
}

/** The moments of a range as Grafana writes it; none when nothing lies in it, or it is none. */
function rangeOf(from: string, to: string, timeZone: string): Pick<HistoryFilter, 'from_ts' | 'to_ts'> {
  if (from === '') {
    return {};
  }
  const time = (text: string) => (text.startsWith('now') ? text : dateTime(text));
  const range = rangeUtil.convertRawToRange({ from: time(from), to: time(to) }, timeZone);
  return range.from.valueOf() < range.to.valueOf()
    ? { from_ts: range.from.toISOString(), to_ts: range.to.toISOString() }
    : {};
}
