import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { isPeriod, periodOf } from '../../format/period';
import { isColumnKey, type ColumnKey } from './columns';

/** What the page Chargeback shows, as it stands in its address. */
export interface ChargebackQueryState {
  period: string;
  currency?: string;
  search: string;
  sort: { column: ColumnKey; descending: boolean };
  page: number;
}

export interface ChargebackQueryControl extends ChargebackQueryState {
  /** Changes a part of the state. Period and currency are steps one can go back from, the rest is not. */
  set: (change: Partial<ChargebackQueryState>) => void;
}

const DEFAULT_SORT = '-total_cost';

function readSort(text: string): ChargebackQueryState['sort'] {
  const descending = text.startsWith('-');
  const column = descending ? text.slice(1) : text;
  return isColumnKey(column) ? { column, descending } : { column: 'total_cost', descending: true };
}

/** The page's state, kept in the address so that it can be sent to a colleague. What is not understood there is ignored. */
export function useChargebackQuery(): ChargebackQueryControl {
  const [params, setParams] = useSearchParams();
  const state = useMemo<ChargebackQueryState>(() => {
    const period = params.get('period');
    const page = Number(params.get('page') ?? 1);
    return {
      period: isPeriod(period) ? period : periodOf(new Date(), 'UTC'),
      currency: params.get('currency') ?? undefined,
      search: params.get('search') ?? '',
      sort: readSort(params.get('sort') ?? DEFAULT_SORT),
      page: Number.isInteger(page) && page > 0 ? page : 1,
    };
  }, [params]);

  const set = useCallback(
    (change: Partial<ChargebackQueryState>) => {
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
          const write = (name: string, value: string | undefined, standard?: string) =>
            value === undefined || value === '' || value === standard ? next.delete(name) : next.set(name, value);
          if ('period' in change) {
            write('period', change.period);
          }
          if ('currency' in change) {
            write('currency', change.currency);
          }
          if ('search' in change) {
            write('search', change.search);
          }
          if (change.sort) {
            write('sort', `${change.sort.descending ? '-' : ''}${change.sort.column}`, DEFAULT_SORT);
          }
          // Another question or another order begins on its first page.
          write('page', String(change.page ?? 1), '1');
          return next;
        },
        { replace: !('period' in change || 'currency' in change) },
      );
    },
    [setParams],
  );
  return { ...state, set };
}
