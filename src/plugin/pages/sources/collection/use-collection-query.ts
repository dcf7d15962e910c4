import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { isPeriod, periodOf } from '../../../format/period';

/** What the tab Collection shows, as it stands in its address. */
export interface CollectionQuery {
  /** Whose hours are shown; the first meter when absent. */
  meter: string | undefined;
  /** `YYYY-MM` */
  period: string;
  /** The backfill that is followed. */
  job: string | undefined;
}

export interface CollectionQueryControl extends CollectionQuery {
  set: (change: Partial<CollectionQuery>) => void;
}

/** The tab's state, kept in the address. What is not understood there is ignored. */
export function useCollectionQuery(timeZone: string): CollectionQueryControl {
  const [params, setParams] = useSearchParams();
  const current = periodOf(new Date(), timeZone);
  const state = useMemo<CollectionQuery>(() => {
    const period = params.get('period');
    return {
      meter: params.get('meter') ?? undefined,
      period: isPeriod(period) ? period : current,
      job: params.get('job') ?? undefined,
    };
  }, [params, current]);
  const set = useCallback(
    (change: Partial<CollectionQuery>) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const name of ['meter', 'period', 'job'] as const) {
            if (name in change) {
              const value = change[name];
              if (value === undefined || (name === 'period' && value === current)) {
                next.delete(name);
              } else {
                next.set(name, value);
              }
            }
          }
          return next;
        },
        // A job that was asked for is not a step one goes back from.
        { replace: 'job' in change },
      ),
    [setParams, current],
  );
  return { ...state, set };
}
