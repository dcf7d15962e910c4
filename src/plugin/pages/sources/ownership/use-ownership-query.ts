import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { isPeriod, periodOf } from '../../../format/period';

/** What the tab Ownership shows, as it stands in its address. */
export interface OwnershipQuery {
  /** The month whose costs are shown, `YYYY-MM`. */
  period: string;
  /** Search and page (from 1) of the rules, and of the resources that nobody owns. */
  rules: string;
  rulesPage: number;
  unmatched: string;
  unmatchedPage: number;
  history: boolean;
}

export interface OwnershipQueryControl extends OwnershipQuery {
  /** The month, the history and pages are steps one can go back from, a search is not. */
  set: (change: Partial<OwnershipQuery>) => void;
}

const pageOf = (text: string | null) => (text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1);

/** The tab's state, kept in the address. What is not understood there is ignored. */
export function useOwnershipQuery(timeZone: string): OwnershipQueryControl {
  const [params, setParams] = useSearchParams();
  const current = periodOf(new Date(), timeZone);
  const state = useMemo<OwnershipQuery>(() => {
    const period = params.get('period');
    return {
      period: isPeriod(period) ? period : current,
      rules: params.get('rules') ?? '',
      rulesPage: pageOf(params.get('rulesPage')),
      unmatched: params.get('unmatched') ?? '',
      unmatchedPage: pageOf(params.get('unmatchedPage')),
      history: params.get('history') === 'open',
    };
  }, [params, current]);

  const set = useCallback(
    (change: Partial<OwnershipQuery>) => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          const write = (name: keyof OwnershipQuery, value: string, standard: string) => {
            if (name in change) {
              return value === standard ? next.delete(name) : next.set(name, value);
            }
            return undefined;
          };
          write('period', change.period ?? current, current);
          write('rules', change.rules ?? '', '');
          write('unmatched', change.unmatched ?? '', '');
          write('rulesPage', String(change.rulesPage ?? 1), '1');
          write('unmatchedPage', String(change.unmatchedPage ?? 1), '1');
          write('history', change.history ? 'open' : '', '');
          return next;
        },
        { replace: 'rules' in change || 'unmatched' in change },
      );
    },
    [setParams, current],
  );
  return { ...state, set };
}
